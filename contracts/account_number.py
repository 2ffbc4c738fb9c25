"""Norwegian bank account numbers: eleven digits, the last one by modulus 11. Pure."""

WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
LENGTH = 11


def without_signs(written: str) -> str:
    """«1234 56 78903» and «1234.56.78903» as eleven digits; what is no digit, space or full stop stays and is refused."""
    return "".join(written.split()).replace(".", "")


def is_well_formed(number: str) -> bool:
    """Whether the digits fit each other. Says nothing about whether the account exists, or whose it is."""
    if len(number) != LENGTH or not number.isascii() or not number.isdigit() or not number.strip("0"):
        return False
    digits = [int(sign) for sign in number]
    rest = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=False)) % 11
    # A rest of 1 would need the control digit 10, so no such number is given out
    return digits[-1] == (11 - rest) % 11


def in_groups(number: str) -> str:
    """«1234 56 78903», with spaces that do not break."""
    return "\N{NO-BREAK SPACE}".join((number[:4], number[4:6], number[6:]))
