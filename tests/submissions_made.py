"""Sketches of the tests, written and handed in by the real commands."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Organisation, User
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.completeness import TITLE
from suppliers.models import Receipt, Submission
from tenders.models import Stage, Tender
from tests.conftest import NOON

TITLE_WRITTEN = "Tre prøveuker i ekte jobber"
LATER = NOON + timedelta(days=1)


def stage_of(tender: Tender) -> Stage:
    return Stage.objects.select_related("tender").get(tender=tender, no=1)


def answers_for(stage: Stage, text: str = "Vi lar unge prøve tre ulike jobber på tre uker.", **changes: str) -> dict[str, str]:
    """A whole answer to everything the stage asks."""
    written = {TITLE: TITLE_WRITTEN, **{field.key: f"{text} Svar {field.no}." for field in stage.fields.all()}}
    return written | changes


def drafted(user: User, organisation: Organisation, tender: Tender, at: datetime = LATER, **changes: Any) -> Submission:
    """A complete draft that `user` has written for the organisation."""
    stage = stage_of(tender)
    submission = start_submission(stage_id=stage.pk, organisation_id=organisation.pk, by=user, at=at)
    save_draft(submission_id=submission.pk, answers=answers_for(stage, **changes), draft_no=0, by=user, at=at)
    submission.refresh_from_db()
    return submission


def submitted(user: User, organisation: Organisation, tender: Tender, at: datetime = LATER, **changes: Any) -> Receipt:
    """A sketch that `user` has handed in for the organisation."""
    submission = drafted(user, organisation, tender, at, **changes)
    return submit_submission(submission_id=submission.pk, by=user, at=at)
