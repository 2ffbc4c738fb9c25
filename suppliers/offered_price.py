"""The price that is offered: one amount in kroner on the tender's VAT basis, and a line on what it covers.

While it is written it stands among the answers, as typed. What is handed in has it in a sealed part of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.fields import MoneyField
from tenders.models import Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

PRICE, COVERS = "price", "price_covers"
_ABOVE = _("The price is above %(cap)s, which is the most that this tender can pay. Offer %(cap)s or less.")


def _above_text(cap: Decimal) -> str:
    return str(_ABOVE) % {"cap": wording.money(cap)}


_above = lazy(_above_text, str)


@dataclass(frozen=True)
class PriceAsked:
    """What the stage asks: the most that may be offered, and whether amounts are with VAT or without."""

    cap: Decimal
    vat: str


def price_asked(stage: Stage) -> PriceAsked | None:
    """None where price does not count."""
    return PriceAsked(stage.pays_each, stage.tender.get_vat_basis_display()) if stage.price_criterion else None


def amount_of(answers: Mapping[str, str]) -> Decimal:
    """The amount, two decimals and above 0. ValidationError of what is no such amount, with the sentence for it."""
    return Decimal(MoneyField().clean(answers.get(PRICE, "")))


def wrong_with_price(asked: PriceAsked, answers: Mapping[str, str]) -> "_StrOrPromise":
    """What keeps the price from being handed in, as a sentence; «» when nothing does."""
    try:
        amount = amount_of(answers)
    except ValidationError as wrong:
        return str(wrong.messages[0])
    return _above(asked.cap) if amount > asked.cap else ""


def without_price(answers: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in answers.items() if key not in {PRICE, COVERS}}


def price_part(answers: Mapping[str, str]) -> dict[str, str]:
    """What is sealed as the price, however the amount was typed; empty where none is offered."""
    return {PRICE: str(amount_of(answers)), COVERS: answers.get(COVERS, "")} if answers.get(PRICE) else {}


def price_said(answers: Mapping[str, str], vat: str) -> str:
    """«420 000 kr eks. mva.», and what it covers; what was typed when it is no amount yet."""
    try:
        said = f"{wording.money(amount_of(answers))} {vat}"
    except ValidationError:
        said = answers.get(PRICE, "")
    return "\n\n".join(part for part in (said, answers.get(COVERS, "")) if part)
