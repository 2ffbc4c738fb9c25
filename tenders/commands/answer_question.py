"""The officer answers a question to everybody."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from letters.commands.send_notices import send_notices
from letters.drafts import NewLetter
from tenders.follower_notices import Words, notices_to, recipients_of
from tenders.models import Question, Tender
from tenders.policies.dialogue import AnswerPolicy
from tenders.queries.dialogue import followers_to_tell


@command
def answer_question(*, question_id: UUID, answer: str, by: User, at: datetime) -> None:
    """Answer once. The asker and everybody who follows are told in the same words. Refused without text."""
    tender = Tender.objects.select_for_update(of=("self",)).get(questions=question_id)
    question = Question.objects.select_related("tender", "asked_by").select_for_update(of=("self",)).get(pk=question_id)
    AnswerPolicy(question, at).check(by)
    question.answer = clean_text(answer).strip()
    if not question.answer:
        raise Refused(_("Write an answer."))
    question.answered_at, question.answered_by = at, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    notices = _notices(question)
    send_notices(kind="question_answered", about=question, stream=tender, notices=notices, by=by, at=at)
    journal.record("tenders.question_answered", by=by, at=at, stream=tender, about=[question], role=Role.OFFICER)


def _notices(question: Question) -> list[NewLetter]:
    """One for each organisation and person; the asker's differs in nothing from the others'."""
    to = recipients_of(followers_to_tell(question.tender)) | {question.asked_by}
    path = reverse("tenders:questions", args=[question.tender.reference])
    return notices_to(to, lambda: _words(question), path=path)


def _words(question: Question) -> Words:
    title = _("New answer in «%(name)s»") % {"name": question.tender.name}
    asked = _("The question:") if question.tender.announced_at else _("The question or the comment:")
    answered = _("The answer:")
    body = f"{asked}\n{question.text}\n\n{answered}\n{question.answer}"
    return title, body
