"""How a price becomes points, by a formula that is announced. Pure, and decimal all the way.

The cheapest of those that are judged gets the top of the scale. With a scale to 10 and 400 000 as the lowest price:

    price      linear: 10 - 10 x (price - lowest) / lowest      proportional: 10 x lowest / price
    400 000    10.00                                            10.00
    472 000    10 - 10 x 72 000 / 400 000 = 8.20                10 x 400 000 / 472 000 = 8.4745… -> 8.47
    480 020    10 - 10 x 80 020 / 400 000 = 7.9995 -> 8.00      10 x 400 000 / 480 020 = 8.3329… -> 8.33
    600 000    10 - 10 x 200 000 / 400 000 = 5.00               10 x 400 000 / 600 000 = 6.6666… -> 6.67
    800 000    10 - 10 x 400 000 / 400 000 = 0.00               10 x 400 000 / 800 000 = 5.00
    900 000    below 0, so 0.00                                 10 x 400 000 / 900 000 = 4.4444… -> 4.44

The points are rounded once, to two decimals, half up, when the scoring is closed; the ranking weighs them as rounded.
Equal prices get equal points. A single one, and all of those that are equal, get the top of the scale.
"""

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
# What the announcement shows as an example: invented, in parts of the most that may be offered
EXAMPLE = (Decimal("0.6"), Decimal("0.8"), Decimal(1))
NO_CAP_YET = Decimal(200_000)
_Key = TypeVar("_Key")


class PriceFormula(models.TextChoices):
    LINEAR = "linear", _("Linear: as many per cent dearer, as many per cent fewer points")
    PROPORTIONAL = "proportional", _("Proportional: half the points at double the price")


def price_points(formula: str, prices: Mapping[_Key, Decimal], *, scale: int) -> dict[_Key, Decimal]:
    """Points for each price, 0 to `scale`, two decimals. Prices are kroner, above 0; none gives none."""
    lowest = min(prices.values(), default=Decimal(0))
    return {key: _points(formula, price, lowest, Decimal(scale)) for key, price in prices.items()}


def _points(formula: str, price: Decimal, lowest: Decimal, top: Decimal) -> Decimal:
    if PriceFormula(formula) == PriceFormula.LINEAR:
        points = max(top - top * (price - lowest) / lowest, Decimal(0))
    else:
        points = top * lowest / price
    return points.quantize(CENT, rounding=ROUND_HALF_UP)


def example_of(formula: str, *, scale: int, cap: Decimal) -> list[tuple[Decimal, Decimal]]:
    """Invented prices with their points, for the announcement: none above `cap`, which is 0 until it is set."""
    prices = [max((part * (cap or NO_CAP_YET)).quantize(CENT, rounding=ROUND_DOWN), CENT) for part in EXAMPLE]
    points = price_points(formula, dict(enumerate(prices)), scale=scale)
    return [(price, points[no]) for no, price in enumerate(prices)]
