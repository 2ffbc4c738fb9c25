"""Time, money and figures as people read them, in three languages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.utils import translation

from accounts import wording

NOON = datetime(2026, 10, 14, 10, 0, tzinfo=UTC)
EVENING = datetime(2026, 10, 12, 19, 7, 43, tzinfo=UTC)


def plain(text):
    """The text with ordinary spaces, so that an expectation can be read."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def shown(source, **values):
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "onsdag 14. oktober 2026 kl. 12.00"),
        ("nn", "onsdag 14. oktober 2026 kl. 12.00"),
        ("en", "Wednesday 14 October 2026 at 12:00"),
    ],
)
def test_a_moment_is_shown_as_clocks_in_oslo_show_it(language, expected):
    with translation.override(language):
        assert plain(wording.moment(NOON)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "tirsdag 13. oktober 2026 før kl. 12.00"),
        ("nn", "tysdag 13. oktober 2026 før kl. 12.00"),
        ("en", "Tuesday 13 October 2026 before 12:00"),
    ],
)
def test_a_deadline_says_that_the_minute_itself_is_too_late(language, expected):
    with translation.override(language):
        assert plain(wording.deadline(datetime(2026, 10, 13, 10, 0, tzinfo=UTC))) == expected


def test_the_hour_never_leaves_its_kl():
    with translation.override("nb"):
        assert wording.moment(NOON).endswith("kl.\N{NO-BREAK SPACE}12.00")


@pytest.mark.parametrize(
    ("at", "hour"), [(datetime(2026, 7, 1, 10, tzinfo=UTC), "12.00"), (datetime(2026, 12, 1, 10, tzinfo=UTC), "11.00")]
)
def test_summer_and_winter_time_differ(at, hour):
    with translation.override("nb"):
        assert wording.clock_time(at) == hour


def test_a_receipt_shows_the_second():
    with translation.override("nb"):
        assert plain(wording.moment_seconds(EVENING)) == "12. oktober 2026 kl. 21.07.43"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        wording.moment(datetime(2026, 10, 14, 12, 0))  # noqa: DTZ001  the very thing that must not pass


def test_late_in_the_evening_utc_is_the_next_day_in_oslo():
    with translation.override("nb"):
        assert wording.day(datetime(2026, 10, 12, 22, 30, tzinfo=UTC)) == "tirsdag 13. oktober 2026"
        assert wording.day(date(2026, 10, 12)) == "mandag 12. oktober 2026"


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(days=22, hours=5), "om 22 dager"),
        (timedelta(days=3, hours=15, minutes=59), "om 3 dager og 15 timer"),
        (timedelta(days=1, minutes=10), "om 1 dag"),
        (timedelta(hours=5, minutes=50), "om 5 timer"),
        (timedelta(hours=1), "om 1 time"),
        (timedelta(minutes=40), "om 40 minutter"),
        (timedelta(seconds=20), "om under ett minutt"),
        (timedelta(seconds=0), "for under ett minutt siden"),
        (timedelta(days=-2), "for 2 dager siden"),
    ],
)
def test_time_left_is_coarse_far_away_and_fine_close_by(length, expected):
    with translation.override("nb"):
        assert wording.time_left(NOON + length, NOON) == expected


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("nb", Decimal("50000.00"), "50 000 kr"),
        ("nb", Decimal("1234567.50"), "1 234 567,50 kr"),
        ("nn", 450000, "450 000 kr"),
        ("en", Decimal("50000.00"), "NOK 50,000"),
        ("nb", Decimal("-300.00"), "\N{MINUS SIGN}300 kr"),
    ],
)
def test_money_has_spaces_that_never_break_and_no_needless_decimals(language, amount, expected):
    with translation.override(language):
        assert plain(wording.money(amount)) == expected
        assert " " not in wording.money(amount)


def test_scores_keep_their_decimals_and_round_halves_up():
    with translation.override("nb"):
        assert wording.number(Decimal("7.145"), 2) == "7,15"
        assert wording.number(Decimal("8"), 2) == "8,00"


def test_percent_and_size():
    with translation.override("nb"):
        assert plain(wording.percent(35)) == "35 %"
        assert plain(wording.size(1_200_000)) == "1,2 MB"
        assert plain(wording.size(340_100)) == "341 kB"
    with translation.override("en"):
        assert wording.percent(Decimal("7.5"), 1) == "7.5%"


def test_a_fingerprint_stands_in_fours():
    value = "8f3a91c04be72d15a6c870f2e91b5d34"
    assert wording.fingerprint_lines(value) == ["8f3a 91c0 4be7 2d15", "a6c8 70f2 e91b 5d34"]
    assert shown("{{ value|fingerprint }}", value=value) == "8f3a 91c0 4be7 2d15<br>a6c8 70f2 e91b 5d34"


def test_a_fingerprint_is_text_and_never_markup():
    assert "<b>" not in shown("{{ value|fingerprint }}", value="<b>x</b>")


def test_an_icon_is_drawn_and_hidden_from_screen_readers():
    html = shown("{% icon 'PadlockLocked' 'nv-ok' %}")
    assert html.startswith('<svg class="nv-icon nv-ok" viewBox="0 0 24 24" aria-hidden="true"><path ')
    assert 'fill="currentColor"' in html


@pytest.mark.parametrize("name", ["NoSuchIcon", "../../config/settings", "", "A<b>"])
def test_an_icon_that_is_not_there_stops_the_page_with_its_name(name):
    with pytest.raises(ImproperlyConfigured, match="icon"):
        shown("{% icon name %}", name=name)


def test_the_road_in_lists_counts_from_one():
    assert Template("{% load ui %}{{ done|steps:total|join:' ' }}").render(Context({"done": 2, "total": 4})) == "done now next next"


def test_captured_markup_stays_markup_and_captured_text_stays_text():
    html = shown("{% capture part %}<b>{{ name }}</b>{% endcapture %}{{ part }}", name="<i>Per</i>")
    assert html == "<b>&lt;i&gt;Per&lt;/i&gt;</b>"
