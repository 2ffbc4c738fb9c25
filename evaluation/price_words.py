"""How a price gave its points, written out. Looks at no clock, asks no database."""

from decimal import Decimal

from django.utils.translation import gettext as _

from accounts import wording
from tenders.price_formula import PriceFormula

MINUS = "\N{MINUS SIGN}"


def arithmetic(formula: str, price: Decimal, lowest: Decimal, points: Decimal, *, scale: int) -> str:
    """«10 − 10 × (472 000 − 400 000) / 400 000 = 8,20»."""
    shown, least, got = _kroner(price), _kroner(lowest), wording.number(points, 2)
    if PriceFormula(formula) == PriceFormula.PROPORTIONAL:
        return f"{scale} × {least} / {shown} = {got}"
    if price >= 2 * lowest:
        return _("the price is at least twice the lowest, so %(points)s") % {"points": got}
    return f"{scale} {MINUS} {scale} × ({shown} {MINUS} {least}) / {least} = {got}"


def price_sentence(formula: str, price: Decimal, lowest: Decimal, points: Decimal, *, scale: int) -> str:
    """«Pris: 472 000 kr, 8,20 poeng av 10. Den laveste prisen var 400 000 kr: …»."""
    said = _("Price: %(price)s, %(points)s points of %(scale)s. The lowest price was %(lowest)s: %(how)s.")
    return said % {
        "price": wording.money(price),
        "points": wording.number(points, 2),
        "scale": scale,
        "lowest": wording.money(lowest),
        "how": arithmetic(formula, price, lowest, points, scale=scale),
    }


def _kroner(amount: Decimal) -> str:
    return wording.number(amount, 0 if amount == amount.to_integral_value() else 2)
