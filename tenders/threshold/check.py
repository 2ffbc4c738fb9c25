"""The check of one tender: what was found, what was decided on it, and what still keeps it from being announced."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tenders.documents import Content
from tenders.models import Tender, ThresholdFinding
from tenders.queries.threshold import decided_findings
from tenders.readiness import Missing
from tenders.threshold.draft import Draft, Finding
from tenders.threshold.rules import findings_in

_UNANSWERED = _("{title}: mend it, or write why it must stand.")


@dataclass(frozen=True)
class Check:
    """`kept` are findings that stand with a reason; `mended` what was mended with a click."""

    draft: Draft
    unanswered: list[Finding]
    kept: list[tuple[Finding, ThresholdFinding]]
    mended: list[ThresholdFinding]
    # By rule: the last reason, given for other words than those that stand now
    fallen: dict[str, ThresholdFinding]

    @property
    def missing(self) -> list[Missing]:
        """Each finding that has neither been mended nor been given a reason."""
        return [Missing("threshold", one.key, format_lazy(_UNANSWERED, title=one.rule.title)) for one in self.unanswered]

    @property
    def mended_content(self) -> Content:
        """The announcement without the requirements that a click can take out, and with the limits that a click can shorten."""
        mends = [one.spot.mend for one in self.unanswered if one.spot.mend]
        gone = {name for mend in mends if mend.section == "requirements" for name in mend.values}
        limits = [sum(mend.values.values()) for mend in mends if mend.section == "asked"]
        first, *later = self.draft.content["stages"]
        return {
            **self.draft.content,
            "stages": [{**first, "words": min([first["words"], *limits])}, *later],
            "requirements": [one for one in self.draft.requirements if f"kind_{one['no']}" not in gone],
        }

    def finding(self, key: str) -> Finding | None:
        """The finding as the page named it, while it still is one."""
        found = [*self.unanswered, *(one for one, _row in self.kept)]
        return next((one for one in found if one.key == key), None)


def check_of(tender: Tender, content: Content, *, at: datetime) -> Check:
    """One statement besides what made `content`. A reason counts only for the very text it was given for."""
    rows = list(decided_findings(tender))
    reasons = {(row.rule, row.judged): row for row in rows if row.outcome == ThresholdFinding.Outcome.KEPT}
    draft = Draft(content, at)
    kept, unanswered = [], []
    for one in findings_in(draft):
        if row := reasons.get((one.rule.key, one.judged)):
            kept.append((one, row))
        else:
            unanswered.append(one)
    standing = {row.pk for _one, row in kept}
    fallen = {row.rule: row for row in rows if row.outcome == ThresholdFinding.Outcome.KEPT and row.pk not in standing}
    return Check(draft, unanswered, kept, [row for row in rows if row.outcome == ThresholdFinding.Outcome.MENDED], fallen)
