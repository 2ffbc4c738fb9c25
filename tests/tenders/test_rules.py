"""Thresholds as dated data, and which part of the rules a value reaches. The vectors of the requirements, on each side of each limit."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.refused import Refused
from tenders.cpv import cpv_codes
from tenders.estimated_value import excluding_vat
from tenders.law import Research, split_of
from tenders.models import ServiceKind
from tenders.rules import DATA, Part, Rung, reached, rules_on, versions

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)


def part(value, kind="ordinary", day=AFTER, *, state=True):
    return reached(Decimal(value), rules_on(day).ladder(kind, state=state)).rung.part


def test_every_version_has_its_sources_and_the_file_is_named_for_its_first_day():
    assert [f"{one.name}.json" for one in versions()] == sorted(path.name for path in DATA.iterdir())
    for one in versions():
        assert one.sources
        for source in one.sources:
            assert source.law and "§" in source.paragraph and source.address.startswith("https://")


def test_versions_neither_overlap_nor_leave_a_gap_and_the_last_holds_on():
    for earlier, later in zip(versions(), versions()[1:], strict=False):
        assert earlier.until is not None and later.first == earlier.until + timedelta(days=1)
    assert versions()[-1].until is None


def test_every_version_is_whole():
    for one in versions():
        assert set(ServiceKind.values) <= set(one.ladders)
        for rungs in one.ladders.values():
            limits = [rung.least for rung in rungs]
            assert limits == sorted(set(limits)) and limits[0] == 0 and all("§" in rung.paragraph for rung in rungs)
        assert {rung.part for rungs in one.ladders.values() for rung in rungs} | {Part.RESEARCH} == set(one.sentences)
        assert one.research_codes <= set(cpv_codes()) and one.vat_rate == 25


def test_a_day_before_all_versions_is_refused():
    with pytest.raises(Refused, match="The limits of the procurement rules are not known for this day"):
        rules_on(versions()[0].first - timedelta(days=1))


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        ("600000", AFTER, Part.PART_1),
        ("480000", AFTER, Part.OUTSIDE),
        ("480000", BEFORE, Part.PART_1),
        ("499999.99", AFTER, Part.OUTSIDE),
        ("500000", AFTER, Part.PART_1),
        ("499999.99", BEFORE, Part.PART_1),
        ("99999.99", BEFORE, Part.OUTSIDE),
        ("100000", BEFORE, Part.PART_1),
        ("1299999.99", AFTER, Part.PART_1),
        ("1300000", AFTER, Part.PART_2),
        ("1300000", BEFORE, Part.PART_2),
        ("1629999.99", AFTER, Part.PART_2),
        ("1630000", AFTER, Part.PART_3),
        ("1630000", BEFORE, Part.PART_3),
        ("1489999.99", date(2025, 12, 31), Part.PART_2),
        ("1490000", date(2025, 12, 31), Part.PART_3),
        ("1490000", date(2026, 1, 1), Part.PART_2),
        ("99000000", AFTER, Part.PART_3),
    ],
)
def test_an_ordinary_service_of_the_state(value, day, expected):
    assert part(value, day=day) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("499999.99", Part.OUTSIDE), ("1300000", Part.PART_1), ("8699999.99", Part.PART_1), ("8700000", Part.PART_4)],
)
def test_a_health_or_social_service(value, expected):
    assert part(value, "health_social") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("499999.99", Part.OUTSIDE),
        ("1299999.99", Part.PART_1),
        ("1300000", Part.PART_2),
        ("1630000", Part.PART_2),
        ("8700000", Part.PART_2),
    ],
)
def test_a_special_service(value, expected):
    assert part(value, "special") == expected


def test_a_special_service_from_the_high_limit_follows_some_of_part_three_too():
    ladder = rules_on(AFTER).ladder("special", state=True)
    assert "§ 10-2 (2)" not in reached(Decimal("8699999.99"), ladder).rung.paragraph
    assert "§ 10-2 (2)" in reached(Decimal("8700000"), ladder).rung.paragraph


def test_a_municipality_reaches_part_three_later_than_the_state():
    assert (part("2499999.99", state=False), part("2500000", state=False)) == (Part.PART_2, Part.PART_3)


@pytest.mark.parametrize(
    ("amount", "basis", "expected"),
    [
        ("600000", "excluding", "600000"),
        ("600000", "including", "480000"),
        ("625000", "including", "500000"),
        ("0.01", "including", "0.01"),
        ("100", "including", "80"),
        ("99.99", "including", "79.99"),
    ],
)
def test_vat_is_taken_out_at_the_rate(amount, basis, expected):
    assert excluding_vat(Decimal(amount), basis, Decimal(25)) == Decimal(expected)


def test_an_amount_without_a_basis_is_refused():
    with pytest.raises(ValueError, match="VatBasis"):
        excluding_vat(Decimal(1), "", Decimal(25))


def test_the_list_of_research_codes():
    for one in versions():
        assert "73200000" not in one.research_codes and "73110000" in one.research_codes


@pytest.mark.parametrize(
    ("listed", "sole", "paid", "exempt", "why"),
    [
        ((), "yes", "yes", True, "None of the chosen codes"),
        ((), "no", "no", True, "None of the chosen codes"),
        (("73110000",), "yes", "yes", False, "so the rules apply"),
        (("73110000",), "no", "yes", True, "others get the benefit too"),
        (("73110000",), "yes", "no", True, "Nav does not pay for all"),
        (("73110000",), "", "yes", False, "the two other questions decide"),
        (("73110000",), "yes", "", False, "the two other questions decide"),
    ],
)
def test_the_three_questions_on_research(listed, sole, paid, exempt, why):
    asked = Research(listed, sole, paid)
    assert asked.exempt == exempt and why in str(asked.why)


LADDER = (Rung(Decimal(0), Part.OUTSIDE, "§"), Rung(Decimal(500), Part.PART_1, "§"), Rung(Decimal(1300), Part.PART_2, "§"))


@pytest.mark.parametrize(
    ("own", "others", "limit"),
    [
        (400, [400], 500),
        (400, [100], 500),
        (400, [99], None),
        (400, [500], None),
        (500, [400], None),
        (700, [600], 1300),
        (400, [400, 500], 1300),
        (400, [400, 1300], 500),
        (1300, [1299], None),
        (400, [], None),
    ],
)
def test_a_split_is_each_below_a_limit_and_together_not(own, others, limit):
    found = split_of(Decimal(own), [(f"nr. {no}", Decimal(value)) for no, value in enumerate(others)], LADDER)
    assert (found.limit if found else None) == limit
