"""What a call-off takes over from its framework agreement."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from tenders.models import Criterion, CriterionLevel, Stage, Tender

WHOLE = Decimal(100)
# The supplier agreed to these when the framework agreement was signed
TERMS = ("target_group", "adopter", "vat_basis", "rights_regime", "rights_text", "climate", "climate_text")


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
        levels = []
        for no, (one, weight) in enumerate(zip(found, weights, strict=True), start=1):
            described = list(one.levels.all())
            _copy(one, pk=uuid.uuid4(), stage=stage, no=no, weight=weight)
            levels += [_copy(level, pk=None, criterion=one) for level in described]
        return found, levels


def _copy(row: Any, **changes: Any) -> Any:
    """The same row to be saved as a new one."""
    for name, value in changes.items():
        setattr(row, name, value)
    row._state.adding = True
    return row


def _whole(weights: list[Decimal]) -> list[Decimal]:
    """In the same proportions, and 100 together; what rounding leaves goes to the first."""
    total = sum(weights, Decimal(0))
    scaled = [(weight * WHOLE / total).quantize(Decimal("0.01"), ROUND_DOWN) for weight in weights]
    return [weight + (WHOLE - sum(scaled) if no == 0 else 0) for no, weight in enumerate(scaled)]
