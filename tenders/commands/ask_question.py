"""Somebody asks about a tender."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.words import clean_text
from tenders.models import Question, Tender
from tenders.policies.dialogue import AskPolicy
from tenders.queries.dialogue import questions_until


@command
def ask_question(*, tender_id: UUID, text: str, by: User, at: datetime) -> Question:
    """Ask. Who asked is on the asker's own stream only. Refused after the deadline, or when `by` works with the tender.

    A question that comes after the cut-off is kept and marked: the officer may answer it to everybody, or leave it.
    """
    tender = Tender.objects.select_for_update(of=("self",)).get(pk=tender_id)
    AskPolicy(tender, at).check(by)
    text = clean_text(text).strip()
    if not text:
        raise Refused(_("Write what you want to know."))
    until = questions_until(tender)
    late = until is not None and at >= until
    question = Question.objects.create(tender=tender, text=text, asked_at=at, asked_by=by, late=late)
    journal.record("tenders.question_asked", by=by, at=at, stream=by, about=[question, tender])
    return question
