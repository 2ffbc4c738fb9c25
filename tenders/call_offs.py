"""What a call-off takes over from its framework agreement."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts import wording
from accounts.page_parts import Fact
from tenders.copying import anew
from tenders.models import Criterion, CriterionLevel, Stage, Tender

WHOLE = Decimal(100)
# The supplier agreed to these when the framework agreement was signed
TERMS = (
    *("target_group", "who_counts", "adopter", "adoption_budget", "places", "places_unknown", "adoption_from", "tried_at", "vat_basis"),
    *("service_kind", "rights_regime", "rights_text", "clauses", "sanctions_text", "climate", "climate_text"),
    *("reservation", "reservation_ground", "prequalification_required", "prequalification_ground"),
)


@dataclass(frozen=True)
class CallOff:
    """From which framework agreement, what it pays at most in kroner, and the numbers of the criteria it is judged by."""

    framework: Tender
    amount: Decimal
    criteria: Collection[int]

    @property
    def terms(self) -> dict[str, Any]:
        return {"framework": self.framework, **{name: getattr(self.framework, name) for name in TERMS}}

    def criteria_for(self, stage: Stage) -> tuple[list[Criterion], list[CriterionLevel]]:
        """Copies of those that were stated with the framework agreement, with weights that add up to 100 (§ 26-3)."""
        stated = Criterion.objects.filter(stage__tender=self.framework, stage__no=1, no__in=self.criteria)
        found = list(stated.prefetch_related("levels").order_by("no"))
        weights = _whole([one.weight for one in found])
        criteria: list[Criterion] = []
        levels: list[CriterionLevel] = []
        for no, (one, weight) in enumerate(zip(found, weights, strict=True), start=1):
            criteria.append(anew(one, stage=stage, no=no, weight=weight))
            levels += [anew(level, criterion=criteria[-1]) for level in one.levels.all()]
        return criteria, levels


def framework_use(call_off: Tender) -> list[Fact]:
    """How much of the framework agreement's highest value is taken, and what this call-off would leave. Needs both budgets loaded."""
    if call_off.framework is None:
        return []
    whole, own = call_off.framework.budget, call_off.budget.planned
    highest = _("of %(money)s, %(vat)s") % {"money": wording.money(whole.amount), "vat": call_off.framework.get_vat_basis_display()}
    return [
        Fact(_("Taken by earlier call-offs"), wording.money(whole.planned), highest),
        Fact(_("This call-off"), wording.money(own)),
        Fact(_("Left after this one"), wording.money(whole.amount - whole.planned - own)),
    ]


def _whole(weights: list[Decimal]) -> list[Decimal]:
    """In the same proportions, whole per cents that are 100 together; what rounding leaves goes to the first."""
    total = sum(weights, Decimal(0))
    scaled = [(weight * WHOLE / total).quantize(Decimal(1), ROUND_HALF_UP) for weight in weights]
    return [weight + (WHOLE - sum(scaled) if no == 0 else 0) for no, weight in enumerate(scaled)]
