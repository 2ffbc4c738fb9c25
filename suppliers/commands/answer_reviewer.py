"""The applicant answers the reviewer."""

from datetime import datetime

from accounts.command import command
from accounts.models import User
from accounts.steps import take_step
from letters.commands.send_notices import send_notices
from suppliers.documents.prequalification import answer_notice
from suppliers.models import Prequalification, ReviewQuestion
from suppliers.phases import PREQUALIFICATION_STEPS, PrequalificationPhase
from suppliers.policies.prequalification import AnswerReviewerPolicy


@command
def answer_reviewer(*, question_id: int, answer: str, by: User, at: datetime) -> ReviewQuestion:
    """Answer a question. The application waits for a decision again, and the one who asked gets a notice."""
    asked = ReviewQuestion.objects.values_list("prequalification_id", flat=True).get(pk=question_id)
    rows = Prequalification.objects.select_for_update(of=("self",)).select_related("organisation")
    prequalification = rows.get(pk=asked)
    question = ReviewQuestion.objects.select_related("prequalification__organisation", "asked_by").get(pk=question_id)
    AnswerReviewerPolicy(question).check(by)
    question.answer, question.answered_at, question.answered_by = answer, at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    organisation = prequalification.organisation
    take_step(
        prequalification,
        PrequalificationPhase.SUBMITTED,
        steps=PREQUALIFICATION_STEPS,
        event="suppliers.reviewer_answered",
        by=by,
        at=at,
        stream=organisation,
        about=[question],
    )
    notices = [answer_notice(question)]
    send_notices(kind="prequalification_answer", about=prequalification, stream=organisation, notices=notices, by=by, at=at)
    return question
