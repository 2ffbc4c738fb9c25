"""What those who follow a theme are told when something new fits it: the same words to all, in their language."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import wording
from letters.drafts import NewLetter
from tenders.follower_notices import Words, notices_to, recipients_of
from tenders.models import Tender
from tenders.offers import current_stage, place
from tenders.phases import TenderPhase
from tenders.queries.dialogue import followers_to_tell
from tenders.queries.themes import to_tell_of


def theme_notices(tender: Tender) -> list[NewLetter]:
    """For the command that makes the tender public to send: one to each with a theme that it fits, but those who follow it already."""
    to = set(to_tell_of(tender)) - recipients_of(followers_to_tell(tender))
    return notices_to(to, lambda: _words(tender), path=reverse("insight:tender", args=[tender.reference]))


def _words(tender: Tender) -> Words:
    """Title and text in the active language."""
    stage = current_stage(list(tender.stages.all()))
    closes_at = stage.closes_at if stage else None
    deadline = _("Deadline: %(deadline)s") % {"deadline": wording.deadline(closes_at)} if closes_at else ""
    if tender.phase == TenderPhase.IN_DIALOGUE:
        fits = _("Nav thinks about something that fits what you follow. Nothing is announced yet: tell what you think first.")
    else:
        fits = _("Nav has something new that fits what you follow.")
    paragraphs = [
        [fits],
        [tender.heading or tender.name, tender.summary],
        [_("Where: %(place)s") % {"place": place(tender)}, deadline],
        [_("See what you follow, or stop: %(address)s") % {"address": settings.SITE_URL + reverse("tenders:themes")}],
    ]
    body = "\n\n".join("\n".join(line for line in lines if line) for lines in paragraphs)
    return _("New from Nav: %(name)s") % {"name": tender.name}, body
