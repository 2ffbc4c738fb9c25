"""A reviewer asks the applicant."""

from datetime import datetime
from uuid import UUID

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from letters.commands.send_notices import send_notices
from suppliers.documents.prequalification import question_notice
from suppliers.models import Prequalification, ReviewQuestion
from suppliers.phases import PREQUALIFICATION_STEPS, PrequalificationPhase
from suppliers.policies.prequalification import AskApplicantPolicy


@command
def ask_applicant(*, prequalification_id: UUID, text: str, by: User, at: datetime) -> ReviewQuestion:
    """Put a question to the applicant, who gets a notice. The application waits for the answer."""
    rows = Prequalification.objects.select_for_update(of=("self",)).select_related("organisation")
    prequalification = rows.get(pk=prequalification_id)
    AskApplicantPolicy(prequalification, at).check(by)
    question = ReviewQuestion.objects.create(prequalification=prequalification, text=text, asked_at=at, asked_by=by)
    organisation = prequalification.organisation
    take_step(
        prequalification,
        PrequalificationPhase.QUESTION,
        steps=PREQUALIFICATION_STEPS,
        event="suppliers.applicant_asked",
        by=by,
        at=at,
        stream=organisation,
        about=[question],
    )
    notices = [question_notice(organisation)]
    send_notices(kind="prequalification_question", about=prequalification, stream=organisation, notices=notices, by=by, at=at)
    return question
