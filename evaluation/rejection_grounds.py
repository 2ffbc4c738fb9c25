"""Why something is not let in to be judged: each ground with its paragraph, whether we shall or may, and who is heard first.

Part I of the procurement regulation has no list of its own. We hold ourselves to the list of part II, and to equal treatment
and foreseeability in the act (anskaffelsesloven § 4). Paragraphs and duties are data, so that they can follow the law.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

REGULATION = "anskaffelsesforskriften"

_NAMES = {
    "form": _("The form is not as we asked: too long, not in Norwegian, or not anonymous"),
    "not_qualified": _("The supplier does not meet the requirements that were announced"),
    "conflict_of_interest": _("A conflict of interest that no milder measure can mend"),
    "unfair_advantage": _("The supplier helped to prepare the tender and got an advantage that can't be evened out"),
    "crime": _("The supplier is convicted of a crime that the regulation names"),
    "unpaid_taxes": _("The supplier has not paid taxes or value added tax"),
    "integrity": _("Serious faults that make the supplier's integrity doubtful"),
    "not_binding": _("What was handed in does not bind the supplier"),
    "deviates": _("It departs from what was announced in a way that matters"),
}


@dataclass(frozen=True)
class Ground:
    """`must` is that we shall reject; otherwise we may. `needs_hearing`: the supplier is heard before we decide."""

    key: str
    name: "_StrOrPromise"
    paragraph: str
    must: bool
    needs_hearing: bool

    @property
    def rule(self) -> str:
        return f"{REGULATION} {self.paragraph}"

    @property
    def duty(self) -> "_StrOrPromise":
        return _("We shall reject") if self.must else _("We may reject")


def _loaded() -> dict[str, Ground]:
    rows = json.loads((Path(__file__).parent / "data" / "rejection_grounds.json").read_text(encoding="utf-8"))
    return {
        row["key"]: Ground(row["key"], _NAMES[row["key"]], row["paragraph"], row["duty"] == "shall", row["needs_hearing"]) for row in rows
    }


GROUNDS = _loaded()
