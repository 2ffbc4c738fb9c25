"""What those who go on are told when the next stage begins."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Organisation
from letters.drafts import NewLetter
from tenders.models import Stage
from tenders.stage_dates import StageDates


def invitation_ground(before: Stage) -> str:
    """Why they are let in; stands in the journal."""
    return f"Selected in stage {before.no}"


def invitation_notices(stage: Stage, dates: StageDates, invited: Sequence[Organisation]) -> list[NewLetter]:
    """One to each who is invited, in the organisation's language."""
    return [_notice(stage, dates, organisation) for organisation in invited]


def _notice(stage: Stage, dates: StageDates, organisation: Organisation) -> NewLetter:
    with translation.override(organisation.language):
        title = _("You are invited to «%(stage)s» in «%(name)s»") % {"stage": stage.name, "name": stage.tender.name}
        opens = wording.moment(dates.opens_at) if dates.opens_at else ""
        body = _(
            "You can write from %(opens)s, and must hand in %(deadline)s. You get the answer by %(answer)s."
            " What you hand in is sealed until two people open the stage after the deadline."
        ) % {"opens": opens, "deadline": wording.deadline(dates.closes_at), "answer": wording.day(dates.answer_by)}
    path = reverse("suppliers:submission", args=[stage.tender.reference, stage.no])
    return NewLetter(title=title, body=body, language=organisation.language, organisation=organisation, path=path)
