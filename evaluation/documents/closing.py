"""The letter to everybody in a stage that is closed without selection."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.organisation_number import in_threes
from accounts.roles import Role
from evaluation.models import FormalCheck
from evaluation.queries.selection import rejections
from evaluation.queries.submissions import opened_submissions
from evaluation.rejection_grounds import GROUNDS
from letters.drafts import NewLetter
from suppliers.models import Submission
from tenders.models import Stage
from tenders.queries import assigned_people


def closing_letters(stage: Stage, reason: str, *, at: datetime) -> list[NewLetter]:
    """One to each who took part, in their language: why nobody was selected, and for those who were rejected, why they were."""
    checks = rejections(stage)
    officer = assigned_people(stage.tender, Role.OFFICER).first()
    shared = {
        "tender": stage.tender,
        "stage": stage,
        "reason": reason,
        "officer": officer,
        "sender": [stage.tender.unit.name],
        "reference": stage.tender.case_number or stage.tender.reference,
    }
    return [_letter(submission, checks.get(submission.pk), shared, at=at) for submission in opened_submissions(stage)]


def _letter(submission: Submission, rejection: FormalCheck | None, shared: dict[str, Any], *, at: datetime) -> NewLetter:
    organisation = submission.organisation
    with translation.override(organisation.language):
        title = _("Nobody was selected: %(name)s") % {"name": shared["tender"].name}
        context = {
            **shared,
            "language": organisation.language,
            "title": title,
            "recipient": [organisation.name, *organisation.address.splitlines(), in_threes(organisation.number)],
            "place_and_date": wording.day(at),
            "rejection": rejection,
            "ground": GROUNDS[rejection.ground] if rejection else None,
        }
        body = render_to_string("pdf/closing_letter.html", context)
    path = reverse("insight:tender", args=[shared["tender"].reference])
    return NewLetter(title=title, body=body, language=organisation.language, organisation=organisation, path=path)
