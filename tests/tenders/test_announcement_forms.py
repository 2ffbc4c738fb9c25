"""The forms of the announcement check text, keep what was typed and say what is wrong in plain words."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import translation

from accounts.local_time import OSLO
from tenders.forms.sections import SECTION_FORMS
from tests.tenders_made import describe


@pytest.fixture
def tender(ingrid):
    return describe(ingrid)


def typed(tender, section, **changes):
    """The form as the page sends it back, with `changes` typed in."""
    blank = SECTION_FORMS[section](None, tender=tender)
    data = QueryDict(mutable=True)
    for field in blank:
        value = field.value()
        if isinstance(value, datetime):
            local = value.astimezone(OSLO)
            data[f"{field.html_name}_date"], data[f"{field.html_name}_time"] = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
        elif isinstance(value, list):
            data.setlist(field.html_name, value)
        elif value not in (None, False):
            data[field.html_name] = str(field.field.prepare_value(value))
    for name, value in changes.items():
        data[name] = value
    return SECTION_FORMS[section](data, tender=tender)


@pytest.mark.parametrize("section", SECTION_FORMS)
def test_what_is_stored_is_what_is_typed_back(tender, section):
    form = typed(tender, section)
    assert form.is_valid(), form.errors
    stored = SECTION_FORMS[section](None, tender=tender)
    for name, value in form.values.items():
        assert value == stored[name].initial or (not value and not stored[name].initial), name


@pytest.mark.parametrize(
    ("written", "amount"),
    [("600 000", "600000"), ("600\N{NO-BREAK SPACE}000,00", "600000.00"), ("650000,50", "650000.50"), ("600 000 kr", "600000")],
)
def test_money_is_read_as_people_write_it(tender, written, amount):
    form = typed(tender, "money", amount=written)
    assert form.is_valid()
    assert form.values["amount"] == Decimal(amount)


@pytest.mark.parametrize("written", ["", "mange", "-1", "0", "1e9", "12,345", "9999999999"])
def test_money_that_is_no_amount_is_refused_and_stays(tender, written):
    form = typed(tender, "money", amount=written)
    assert "amount" in form.errors
    assert (form["amount"].value() or "") == written


@pytest.mark.parametrize(("written", "weight"), [("35", "35"), ("12,5", "12.5"), ("12.5", "12.5"), ("35 %", "35")])
def test_a_weight_takes_comma_and_point(tender, written, weight):
    form = typed(tender, "criteria", weight_1_1=written)
    assert form.is_valid()
    assert form.values["weight_1_1"] == Decimal(weight)


@pytest.mark.parametrize("written", ["", "0", "-5", "100,01", "1,234", "NaN", "Infinity", "mye"])
def test_a_weight_that_is_no_share_is_refused_and_the_sum_leaves_it_out(tender, written):
    form = typed(tender, "criteria", weight_1_1=written)
    assert form.errors["weight_1_1"] == ["Write a weight above 0 and at most 100, for example 25 or 12,5."]
    assert form.groups[0].total == Decimal(65)


def test_the_sum_of_the_weights_follows_what_is_typed(tender):
    form = typed(tender, "criteria", weight_1_1="40,5", weight_2_1="10")
    assert [(stage.name, stage.total) for stage in form.groups] == [("Idéskisse", Decimal("105.5")), ("Utviklet skisse", Decimal(75))]


def test_a_heading_that_is_too_long_is_refused_not_cut(tender):
    form = typed(tender, "need", heading="x" * 141)
    assert form.errors["heading"] == ["Cut it to at most 140 characters. It has 141 now."]
    assert form["heading"].value() == "x" * 141


def test_a_need_that_is_too_long_says_by_how_many_words(tender):
    form = typed(tender, "need", need="ord " * 405)
    assert form.errors["need"] == ["Cut 5 words. Everybody has the same limit, and we cannot take more."]


def test_a_place_that_is_no_county_is_refused(tender):
    assert "counties" in typed(tender, "need", counties="NO999").errors


@pytest.mark.parametrize(
    ("day", "hour", "word"),
    [
        ("2026-10-25", "02:30", "comes twice"),
        ("2027-03-28", "02:30", "does not exist"),
        ("2027-02-29", "12:00", "Write a date that exists"),
        ("2026-10-13", "23:59:60", "Write the time as hours and minutes"),
        ("9999-01-01", "12:00", "Write a year from 2000 to 2099"),
        ("2026-10-13", "", "Write both date and time"),
    ],
)
def test_an_hour_that_is_not_or_comes_twice_is_refused_and_stays(tender, day, hour, word):
    form = typed(tender, "dates", closes_at_date=day, closes_at_time=hour)
    assert word in form.errors["closes_at"][0]
    assert form["closes_at"].value() == [day, hour]


def test_the_answer_may_be_typed_with_points(tender):
    form = typed(tender, "dates", answer_by_1="17.11.2026")
    assert form.is_valid()
    assert f"{form.values['answer_by_1']:%Y-%m-%d}" == "2026-11-17"
    assert typed(tender, "dates", answer_by_1="31.11.2026").errors["answer_by_1"] == ["Write a date that exists, for example 13.10.2026."]


@pytest.mark.parametrize("selects", ["0", "-1", "", "tre", "51"])
def test_a_stage_selects_at_least_one(tender, selects):
    assert "selects_1" in typed(tender, "money", selects_1=selects).errors


def test_a_choice_that_is_none_is_refused(tender):
    assert "rights_regime" in typed(tender, "terms", rights_regime="nobody").errors
    assert "vat_basis" in typed(tender, "money", vat_basis="both").errors


def test_what_somebody_else_stored_is_shown_beside_what_was_typed(tender):
    form = typed(tender, "need", heading="Min overskrift", draft_no="1")
    form.show_newer()
    assert form.meanwhile == [("The need in one sentence", tender.heading)]
    assert form["draft_no"].value() == str(tender.draft_no)
    assert form["heading"].value() == "Min overskrift"


def test_labels_are_in_the_readers_language(tender):
    with translation.override("nn"):
        assert str(typed(tender, "need")["target_group"].label) == "Kven det gjeld"


def test_what_is_needed_to_announce_may_be_saved_empty_but_is_not_called_optional(tender):
    form = typed(tender, "need", heading="", need="")
    assert form.is_valid()
    assert [name for name, field in form.fields.items() if not field.required] == [
        *("summary", "known", "who_counts", "places_unknown", "adoption_from", "counties", "tried_at", "case_number")
    ]


@pytest.mark.parametrize(("procedure", "hint"), [("idea_competition", "Two weeks before"), ("small_tender", "One week before")])
def test_how_long_before_the_deadline_questions_end_is_as_the_template_has_it(ingrid, procedure, hint):
    form = typed(describe(ingrid, procedure=procedure), "dates")
    assert form["questions_close_at"].help_text == f"{hint} the deadline is usual."
