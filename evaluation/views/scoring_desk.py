"""Where a person stands among the score sheets: tender, stage, what they are in it, and the addresses from there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from accounts.http import SignedIn
from accounts.roles import Role
from evaluation.blind import BlindSubmission, blinded
from evaluation.models import ScoreSheet
from evaluation.queries.opening import opened_stage_of
from evaluation.queries.panel import SCORERS, panel_roles
from evaluation.queries.ranking import is_ranked, judged_submissions
from evaluation.queries.scores import own_sheet, with_number
from evaluation.views.stages import stage_asked, tender_asked
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tenders.queries.visibility import sees_preparing


@dataclass(frozen=True)
class Addresses:
    """Pages of the scores. The stage is named in them only when it is not the one that was opened last."""

    reference: str
    query: str

    def to(self, name: str, *more: int | str | UUID) -> str:
        return reverse(f"evaluation:{name}", args=[self.reference, *more]) + self.query

    @property
    def scores(self) -> str:
        return self.to("scores")

    @property
    def close(self) -> str:
        return self.to("close_scoring")

    @property
    def ranking(self) -> str:
        return self.to("ranking")

    @property
    def declarations(self) -> str:
        return self.to("declarations")


def addresses_of(stage: Stage, tender: Tender) -> Addresses:
    latest = opened_stage_of(tender)
    return Addresses(tender.reference, "" if latest is None or latest.pk == stage.pk else f"?stage={stage.no}")


@dataclass
class Desk:
    """What the views of the scores share. `member`, `scorer` and `chair` say what the person is in the panel; staff are none of it."""

    tender: Tender
    stage: Stage
    at: datetime
    to: Addresses
    member: bool
    scorer: bool
    chair: bool

    @property
    def ranked(self) -> bool:
        return is_ranked(self.stage)


def desk_of(request: SignedIn, reference: str, *, at: datetime) -> Desk:
    """For the panel, officer, approver and auditor from the opening on; Http404 to all others, and before it."""
    tender = tender_asked(request, reference, at=at)
    stage = stage_asked(request, tender)
    if stage is None:
        raise Http404
    roles = panel_roles(request.user, tender, at=at)
    if not roles and not sees_preparing(request.user, tender, at=at):
        raise Http404
    return Desk(
        tender,
        stage,
        at,
        addresses_of(stage, tender),
        member=bool(roles),
        scorer=bool(set(roles) & set(SCORERS)),
        chair=Role.CHAIR in roles,
    )


@dataclass
class SheetDesk(Desk):
    """One sketch on the desk. What is handed to pages is `sketch`; `row` stays here."""

    row: Submission
    sketch: BlindSubmission
    sheet: ScoreSheet | None

    @property
    def number(self) -> int:
        return self.sketch.number

    @property
    def form_url(self) -> str:
        return self.to.to("sheet", self.number)

    @property
    def save_url(self) -> str:
        return self.to.to("save_sheet", self.number)

    @property
    def state_url(self) -> str:
        return self.to.to("sheet_state", self.number)

    @property
    def unlock_url(self) -> str:
        return self.to.to("ask_unlock", self.number)


def sheet_desk_of(request: SignedIn, reference: str, number: int, *, at: datetime) -> SheetDesk:
    """The sketch with that code number, when the person may know of it now; Http404 else, the same for what is not there.

    Officer, approver and auditor come in when the scoring is closed; before that they have their own page of the sketches.
    """
    desk = desk_of(request, reference, at=at)
    row = with_number(judged_submissions(request.user, desk.stage, at=at), number)
    if row is None or not (desk.member or desk.ranked):
        raise Http404
    return SheetDesk(**vars(desk), row=row, sketch=blinded(row, desk.stage), sheet=own_sheet(request.user, row))
