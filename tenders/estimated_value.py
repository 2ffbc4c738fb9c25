"""What a tender is worth by the rules: everything it may pay, options and later purchase included (anskaffelsesforskriften § 5-4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from accounts import wording
from tenders.models import Tender

ORE = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """One amount on the tender's VAT basis, and what it is for: a stage by its name, how many are chosen and what each is paid."""

    what: str
    amount: Decimal
    name: str = ""
    selects: int = 0
    each: Decimal = Decimal(0)

    @property
    def label(self) -> str:
        return f"{self.name}: {self.selects} × {wording.money(self.each)}" if self.what == "stage" else str(_WHAT[self.what])


_WHAT = {
    "highest": _("Highest value of all call-offs, for as long as it lasts"),
    "options": _("Options"),
    "later": _("Later purchase"),
}


@dataclass(frozen=True)
class EstimatedValue:
    """`stated` is the sum of the lines; `excluding` the same without VAT, at `rate` per cent when the lines include it."""

    lines: tuple[Line, ...]
    stated: Decimal
    rate: Decimal | None
    excluding: Decimal


def estimated_value(tender: Tender, *, rate: Decimal) -> EstimatedValue:
    """With the arithmetic. Of a call-off it is that of its framework agreement, within which it counts."""
    counted = tender.framework or tender
    stated = _stated(counted)
    included = counted.vat_basis == Tender.VatBasis.INCLUDING
    return EstimatedValue(tuple(_lines(counted)), stated, rate if included else None, excluding_vat(stated, counted.vat_basis, rate))


def value_excluding_vat(tender: Tender, *, rate: Decimal) -> Decimal:
    """The sum alone. Reads the tender and its budget only."""
    return excluding_vat(_stated(tender), tender.vat_basis, rate)


def excluding_vat(amount: Decimal, basis: str, rate: Decimal) -> Decimal:
    """Kroner without VAT. ValueError for an amount whose basis nobody has stated."""
    if Tender.VatBasis(basis) == Tender.VatBasis.EXCLUDING:
        return amount
    return (amount / (1 + rate / 100)).quantize(ORE, ROUND_HALF_UP)


def _stated(tender: Tender) -> Decimal:
    paid = tender.budget.amount if tender.procedure == Tender.Procedure.FRAMEWORK else tender.budget.planned
    return paid + tender.options_amount + tender.later_amount


def _lines(tender: Tender) -> Iterable[Line]:
    if tender.procedure == Tender.Procedure.FRAMEWORK:
        yield Line("highest", tender.budget.amount)
    else:
        for stage in tender.stages.order_by("no"):
            yield Line("stage", stage.pays_in_all, stage.name, stage.selects, stage.pays_each)
    if tender.options_amount:
        yield Line("options", tender.options_amount)
    if tender.later_amount:
        yield Line("later", tender.later_amount)
