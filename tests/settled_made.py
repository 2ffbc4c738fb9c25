"""Stages settled, closed and begun in the tests, by the real commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.local_time import oslo
from accounts.models import Organisation, User
from accounts.roles import Role
from contracts.commands.cancel_tender import cancel_tender
from contracts.commands.propose_cancellation import propose_cancellation
from evaluation.commands.press_opening import press_opening
from evaluation.commands.propose_settlement import propose_settlement
from evaluation.commands.settle_stage import settle_stage
from evaluation.queries.selection import standstill_of
from evaluation.queries.settlement import going_on, next_stage_of
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.completeness import TITLE
from suppliers.models import Submission
from tenders.models import Approval, Stage, Tender
from tenders.procedures import DEADLINE_HOUR
from tenders.stage_dates import suggested_stage_dates
from tests.panel_made import admitted, all_declared, seated
from tests.scores_made import closed, scored
from tests.selections_made import released, selected
from tests.stages_made import from_when, handed_in, open_together

CANCELLED_WHY = "Pengene ble borte i statsbudsjettet."


@dataclass(frozen=True)
class Cast:
    """Those who take a tender from the announcement to its end."""

    ingrid: User
    arne: User
    cecilie: User
    scorers: tuple[User, ...]

    @property
    def everybody(self) -> tuple[User, ...]:
        return (self.ingrid, self.arne, *self.scorers)


def cast_of(ingrid: User, arne: User, with_role: Any) -> Cast:
    """Ingrid and Arne with Cecilie as chair, and Emre and Eva as evaluators."""

    def person(name: str, role: Role) -> User:
        return User.objects.filter(name=name).first() or with_role(name, role)

    cecilie = person("Cecilie Bakke", Role.CHAIR)
    return Cast(ingrid, arne, cecilie, (cecilie, person("Emre Demir", Role.EVALUATOR), person("Eva Holm", Role.EVALUATOR)))


def stage_no(tender: Tender, no: int) -> Stage:
    return Stage.objects.select_related("tender__unit").get(tender=tender, no=no)


def first_stage_opened(tender: Tender, cast: Cast, count: int = 4) -> Stage:
    """So many sketches handed in and opened, with a panel that sits and has declared."""
    handed_in(tender, count)
    seated(tender, cast.ingrid, cast.arne, cast.cecilie, cast.scorers[1:])
    open_together(tender, cast.ingrid, cast.arne, from_when(tender))
    stage = stage_no(tender, 1)
    all_declared(stage, *cast.everybody)
    return stage


def judged(stage: Stage, cast: Cast) -> Stage:
    """Everything admitted and scored, and the scoring closed."""
    admitted(stage, cast.ingrid)
    scored(stage, cast.scorers)
    closed(stage, cast.cecilie)
    return stage_no(stage.tender, stage.no)


def answered(stage: Stage, cast: Cast, count: int | None = None) -> Stage:
    """Selected, approved, and every letter that there is out half an hour after the approval."""
    selection = selected(stage, cast.cecilie, cast.ingrid, cast.arne, count)
    if selection.batch is not None:
        released(selection.batch, selection.approved_at + timedelta(minutes=30))
    return stage_no(stage.tender, stage.no)


def first_stage_answered(tender: Tender, cast: Cast, count: int = 4) -> Stage:
    return answered(judged(first_stage_opened(tender, cast, count), cast), cast)


def settling_moment(stage: Stage) -> datetime:
    """Noon on the first day after the standstill."""
    standstill = standstill_of(stage)
    assert standstill is not None
    return oslo(standstill.first_signing_day, DEADLINE_HOUR)


def dates_for(stage: Stage, at: datetime) -> dict[str, Any]:
    """The dates that are suggested for the next stage, as `propose_settlement` takes them; none after the last stage."""
    following = next_stage_of(stage)
    return suggested_stage_dates(following, at=at).as_content() if following else {}


def proposed_settlement(stage: Stage, ingrid: User, at: datetime | None = None, **changes: Any) -> Approval:
    at = at or settling_moment(stage)
    return propose_settlement(stage_id=stage.pk, by=ingrid, at=at, **(dates_for(stage, at) | changes))


def settled(stage: Stage, ingrid: User, arne: User, at: datetime | None = None) -> Stage:
    """Settled an hour after it was proposed, on the first day it can be. The next stage then takes submissions."""
    approval = proposed_settlement(stage, ingrid, at)
    settle_stage(approval_id=approval.pk, by=arne, at=approval.proposed_at + timedelta(hours=1))
    return stage_no(stage.tender, stage.no)


def first_stage_settled(tender: Tender, cast: Cast, count: int = 4) -> Stage:
    return settled(first_stage_answered(tender, cast, count), cast.ingrid, cast.arne)


def representative_of(organisation: Organisation) -> User:
    return User.objects.get(memberships__organisation=organisation, memberships__part="representative")


def written(stage: Stage, organisation: Organisation, at: datetime | None = None, **more: str) -> Submission:
    """A whole draft of the developed sketch, three days after the stage opened."""
    user, at = representative_of(organisation), at or stage.opens_at + timedelta(days=3)
    submission = start_submission(stage_id=stage.pk, organisation_id=organisation.pk, by=user, at=at)
    answers = {TITLE: "Utviklet", **{field.key: f"Vi har prøvd med tre kontorer. Svar {field.no}." for field in stage.fields.all()}, **more}
    save_draft(submission_id=submission.pk, answers=answers, draft_no=0, by=user, at=at)
    return submission


def developed(stage: Stage, organisations: Sequence[Organisation], at: datetime | None = None, **more: str) -> list[Submission]:
    """Each of them has handed in its developed sketch."""
    made = []
    for organisation in organisations:
        submission = written(stage, organisation, at, **more)
        user, handed_in_at = representative_of(organisation), submission.started_at + timedelta(hours=1)
        submit_submission(submission_id=submission.pk, by=user, at=handed_in_at)
        submission.refresh_from_db()
        made.append(submission)
    return made


def opened_stage(tender: Tender, no: int, first: User, second: User) -> Stage:
    """Pressed by both at the first moment there is."""
    stage = stage_no(tender, no)
    at = stage.may_be_opened_from
    assert at is not None
    assert press_opening(stage_id=stage.pk, by=first, at=at) is False
    assert press_opening(stage_id=stage.pk, by=second, at=at + timedelta(seconds=20)) is True
    return stage_no(tender, no)


def second_stage_opened(tender: Tender, ingrid: User, arne: User, handed_in: int | None = None) -> Stage:
    """The finalists (or the first so many of them) have handed in to stage 2, and it is opened."""
    organisations = going_on(stage_no(tender, 1))
    developed(stage_no(tender, 2), organisations[:handed_in])
    return opened_stage(tender, 2, ingrid, arne)


def second_stage_answered(tender: Tender, cast: Cast) -> Stage:
    """From a settled stage 1 to a winner with everybody's letters out."""
    stage = second_stage_opened(tender, cast.ingrid, cast.arne)
    all_declared(stage, *cast.everybody)
    return answered(judged(stage, cast), cast)


def cancelled(tender: Tender, ingrid: User, arne: User, at: datetime, *, again: bool = False) -> Tender:
    """Cancelled an hour after it was proposed."""
    approval = propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=again, by=ingrid, at=at)
    cancel_tender(approval_id=approval.pk, by=arne, at=at + timedelta(hours=1))
    tender.refresh_from_db()
    return tender
