"""What came of a tender, as everybody may see it: who was selected, or how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from evaluation.queries.selection import Result, public_results
from tenders.models import Approval, Stage, Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.queries.approvals import approved_proposal


@dataclass
class StageResults:
    """The selected of one stage, the best first."""

    name: str
    selected: list[Result] = field(default_factory=list)


def results_of(tender: Tender) -> list[StageResults]:
    """The last stage first; nothing before everybody has the answer."""
    found: dict[int, StageResults] = {}
    for result in public_results(tender):
        found.setdefault(result.stage_no, StageResults(result.stage_name)).selected.append(result)
    return [found[no] for no in sorted(found, reverse=True)]


@dataclass(frozen=True)
class Ending:
    """A tender that came to nothing: what happened, why when it is everybody's to know, and when."""

    heading: str
    text: str
    at: datetime | None = None


def ending_of(tender: Tender, stages: Sequence[Stage]) -> Ending | None:
    if tender.phase == TenderPhase.CANCELLED:
        approval = approved_proposal(tender, Approval.What.CANCELLATION)
        reason = str(approval.content["reason"]) if approval else ""
        again = _("We plan to announce the need again.") if approval and approval.content["again"] else ""
        return Ending(_("The tender is cancelled"), f"{reason} {again}".strip(), approval.approved_at if approval else None)
    if tender.phase == TenderPhase.SHELVED:
        return Ending(_("This draft is laid aside"), tender.shelved_reason, tender.shelved_at)
    closed = next((stage for stage in stages if stage.phase == StagePhase.UNSELECTED), None)
    if closed is None:
        return None
    text = _("«%(stage)s» was closed without selection, and the tender has ended. Those who took part got the reason in a letter.")
    return Ending(_("Nobody was selected"), text % {"stage": closed.name})
