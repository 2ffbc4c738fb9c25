import pytest

from accounts.organisation_number import in_threes, is_well_formed, without_spaces


@pytest.mark.parametrize("number", ["889640782", "974760673", "991825827"])
def test_numbers_in_the_register_are_well_formed(number):
    assert is_well_formed(number, allow_synthetic=False)


@pytest.mark.parametrize("number", ["", "88964078", "8896407822", "88964078a", "٨٨٩٦٤٠٧٨٢", "889 640 782", "-89640782"])
def test_what_is_not_nine_digits_is_not(number):
    assert not is_well_formed(number, allow_synthetic=True)


def test_every_other_last_digit_is_found():
    for digit in "013456789":
        assert not is_well_formed("88964078" + digit, allow_synthetic=False)


def test_two_neighbours_that_changed_places_are_found():
    assert not is_well_formed("889604782", allow_synthetic=False)


def test_synthetic_numbers_only_where_they_are_allowed():
    synthetic = [f"{stem}{digit}" for stem in ("31012345", "21012345") for digit in range(10)]
    assert sum(is_well_formed(number, allow_synthetic=True) for number in synthetic) == 2
    assert not any(is_well_formed(number, allow_synthetic=False) for number in synthetic)


def test_a_number_whose_check_digit_would_be_ten_does_not_exist():
    stems = (f"8{no:07}" for no in range(1000))
    found = [sum(is_well_formed(f"{stem}{digit}", allow_synthetic=False) for digit in range(10)) for stem in stems]
    assert set(found) == {0, 1}
    assert 70 < found.count(0) < 110


def test_spaces_of_every_kind_are_read_and_written():
    assert without_spaces(" 889\u00a0640\u2009782 ") == "889640782"
    assert without_spaces(in_threes("889640782")) == "889640782"
