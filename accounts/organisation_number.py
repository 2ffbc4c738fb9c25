"""Norwegian organisation numbers: how they are written. Whether one exists, only the register can say.

Nine digits, the last a check digit by modulus 11 with the weights 3 2 7 6 5 4 3 2. Real numbers begin with 8 or 9;
those that begin with 2 or 3 are the synthetic ones made for testing, which no organisation has.
"""

import re

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
REAL_SERIES = "89"
SYNTHETIC_SERIES = "23"

_NINE_DIGITS = re.compile("[0-9]{9}")


def without_spaces(text: str) -> str:
    """What was written without any kind of space in it."""
    return "".join(text.split())


def has_nine_digits(number: str) -> bool:
    return _NINE_DIGITS.fullmatch(number) is not None


def has_right_series(number: str, *, allow_synthetic: bool) -> bool:
    """Whether the first digit is one that is given out: 8 or 9, and 2 or 3 where synthetic ones are allowed."""
    return number[:1] != "" and number[0] in (REAL_SERIES + SYNTHETIC_SERIES if allow_synthetic else REAL_SERIES)


def has_right_check_digit(number: str) -> bool:
    """Whether the ninth digit follows from the eight before it. `number` is nine digits."""
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False)) % 11
    return rest != 1 and int(number[8]) == (11 - rest) % 11


def is_well_formed(number: str, *, allow_synthetic: bool) -> bool:
    """Whether this can be an organisation number. It does not say that it is one."""
    return has_nine_digits(number) and has_right_series(number, allow_synthetic=allow_synthetic) and has_right_check_digit(number)


def in_threes(number: str) -> str:
    """The number as people read it: «889 640 782», with spaces that do not break."""
    return "\u00a0".join((number[:3], number[3:6], number[6:]))
