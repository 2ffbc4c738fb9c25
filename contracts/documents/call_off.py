"""What everybody in a framework agreement is told when a mini-competition is announced."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Organisation
from letters.drafts import NewLetter, letter_to
from tenders.models import Stage, Tender


def call_off_ground(framework: Tender) -> str:
    """Why they are let in; stands in the journal, in the language of the office."""
    with translation.override("nb"):
        return _("In the framework agreement %(reference)s") % {"reference": framework.reference}


def call_off_invitations(stage: Stage, invited: Sequence[Organisation]) -> list[NewLetter]:
    """One to each of them, in the organisation's language. `stage` has its dates."""
    return [_invitation(stage, organisation) for organisation in invited]


def _invitation(stage: Stage, organisation: Organisation) -> NewLetter:
    with translation.override(organisation.language):
        title = _("You are invited to the mini-competition «%(name)s»") % {"name": stage.tender.name}
        body = _(
            "Everybody in the framework agreement is invited. You can hand in until %(deadline)s."
            " What you hand in is sealed until two people open it after the deadline."
        ) % {"deadline": wording.deadline(stage.closes_at) if stage.closes_at else ""}
    return letter_to(organisation, title=title, body=body, path=reverse("insight:tender", args=[stage.tender.reference]))
