from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from accounts.fields import LocalMomentField, MoneyField, OrganisationNumberField
from accounts.local_time import LocalTimeRefused, oslo


def refusal_of(field, value):
    """The code of the first refusal."""
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)
    error = refused.value.error_list[0]
    return error.code


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("50000", "50000.00"),
        ("50 000,00", "50000.00"),
        ("50\u00a0000,00", "50000.00"),
        ("50\u2009000\u202f", "50000.00"),
        ("50000.5", "50000.50"),
        ("0,01", "0.01"),
        ("50 000 kr", "50000.00"),
        ("kr 50 000,-", "50000.00"),
        ("999 999 999,99", "999999999.99"),
        ("007", "7.00"),
    ],
)
def test_amounts_are_read_as_people_write_them(written, amount):
    read = MoneyField().clean(written)
    assert read == Decimal(amount)
    assert read.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "required"),
        ("   ", "not_an_amount"),
        ("-1", "negative"),
        ("−1", "negative"),
        ("0", "zero"),
        ("0,00", "zero"),
        ("50000.005", "decimals"),
        ("50.000", "decimals"),
        ("1e9", "not_an_amount"),
        ("1 000 000 000", "too_large"),
        ("1" + "0" * 18, "too_large"),
        ("NaN", "not_an_amount"),
        ("Infinity", "not_an_amount"),
        ("٣", "not_an_amount"),
        ("1,2,3", "not_an_amount"),
        ("femti", "not_an_amount"),
        ("--1", "not_an_amount"),
    ],
)
def test_other_amounts_are_refused_with_what_to_write(written, code):
    assert refusal_of(MoneyField(), written) == code


def test_zero_and_nothing_only_where_they_are_allowed():
    assert MoneyField(zero_allowed=True).clean("0") == Decimal("0.00")
    assert MoneyField(required=False).clean("") is None


def test_an_amount_is_shown_as_it_can_be_written_again():
    field = MoneyField()
    assert field.prepare_value(Decimal("50000.00")) == "50\u00a0000"
    assert field.prepare_value(Decimal("1234567.50")) == "1\u00a0234\u00a0567,50"
    assert field.clean(field.prepare_value(Decimal("1234567.50"))) == Decimal("1234567.50")
    assert field.prepare_value("12x") == "12x"
    assert not field.has_changed(Decimal("50000.00"), "50 000,-")
    assert field.has_changed(Decimal("50000.00"), "50 001")
    assert field.has_changed(Decimal("50000.00"), "mye")


@pytest.mark.parametrize("written", ["889640782", " 889 640 782 ", "889\u00a0640\u00a0782"])
def test_an_organisation_number_is_read_with_spaces(written):
    assert OrganisationNumberField().clean(written) == "889640782"


@pytest.mark.parametrize(
    ("written", "code"),
    [("", "required"), ("12345", "digits"), ("NO889640782", "digits"), ("123456785", "series"), ("889640783", "check_digit")],
)
def test_other_numbers_are_refused_with_what_to_check(settings, written, code):
    settings.DEMO = False
    assert refusal_of(OrganisationNumberField(), written) == code


def test_synthetic_numbers_are_read_in_the_demo_only(settings):
    number = next(f"31012345{digit}" for digit in range(10) if _reads(settings, f"31012345{digit}"))
    settings.DEMO = False
    assert refusal_of(OrganisationNumberField(), number) == "series"


def _reads(settings, number):
    settings.DEMO = True
    try:
        return OrganisationNumberField().clean(number) == number
    except forms.ValidationError:
        return False


def test_an_organisation_number_is_shown_in_threes_and_says_what_it_does_not_mean():
    field = OrganisationNumberField(required=False)
    assert field.prepare_value("889640782") == "889\u00a0640\u00a0782"
    assert field.prepare_value("12") == "12"
    assert field.clean("") == ""
    assert not field.has_changed("889640782", "889 640 782")
    assert field.help_text


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2026, 10, 13), time(12), datetime(2026, 10, 13, 10, tzinfo=UTC)),
        (date(2026, 12, 1), time(12), datetime(2026, 12, 1, 11, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 25), time(3), datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (date(2027, 3, 28), time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(3), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ],
)
def test_local_time_is_one_moment(day, at, moment):
    assert oslo(day, at) == moment


@pytest.mark.parametrize(
    ("day", "at", "word"),
    [
        (date(2026, 10, 25), time(2), "twice"),
        (date(2026, 10, 25), time(2, 30), "twice"),
        (date(2026, 10, 25), time(2, 30, fold=1), "twice"),
        (date(2027, 3, 28), time(2, 30), "does not exist"),
        (date(2027, 3, 28), time(2), "does not exist"),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_is_refused(day, at, word):
    with translation.override("en"), pytest.raises(LocalTimeRefused, match=word):
        oslo(day, at)


def test_a_moment_is_read_from_two_fields():
    field = LocalMomentField()
    assert field.clean(["2026-10-13", "12:00"]) == datetime(2026, 10, 13, 10, tzinfo=UTC)
    assert field.clean(["13.10.2026", "12.00"]) == datetime(2026, 10, 13, 10, tzinfo=UTC)
    assert LocalMomentField(required=False).clean(["", ""]) is None


@pytest.mark.parametrize(
    ("day", "at", "code"),
    [
        ("", "", "required"),
        ("2026-10-13", "", "required"),
        ("2027-02-29", "12:00", "invalid"),
        ("2026-10-13", "23:59:60", "invalid"),
        ("2026-10-13", "24:00", "invalid"),
        ("9999-12-31", "12:00", "year"),
        ("0001-01-01", "12:00", "year"),
        ("2026-10-25", "02:30", "clock_change"),
        ("2027-03-28", "02:30", "clock_change"),
    ],
)
def test_other_moments_are_refused_with_what_to_write(day, at, code):
    assert refusal_of(LocalMomentField(), [day, at]) == code


@pytest.mark.parametrize("half", [["2026-10-13", ""], ["", "12:00"], ["", "00:00"]])
def test_half_a_moment_is_refused_also_where_none_is_needed(half):
    assert refusal_of(LocalMomentField(required=False), half) == "incomplete"


class MomentForm(forms.Form):
    closes = LocalMomentField()


def test_the_two_fields_show_local_time_and_carry_their_own_names():
    form = MomentForm(initial={"closes": datetime(2026, 10, 13, 10, tzinfo=UTC)})
    parts = form["closes"].subwidgets[0].data["subwidgets"]
    assert [(part["name"], part["value"], part["attrs"]["type"] if "type" in part["attrs"] else part["type"]) for part in parts] == [
        ("closes_date", "2026-10-13", "date"),
        ("closes_time", "12:00", "time"),
    ]
    assert len({str(part["label"]) for part in parts}) == 2
    assert MomentForm({"closes_date": " 2026-10-13", "closes_time": "12:00 "}).is_valid()
