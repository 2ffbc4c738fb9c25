"""What those who follow a theme are told when something new fits it: the same words to all, in their language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from letters.drafts import NewLetter, letter_to
from tenders.models import Tender
from tenders.offers import current_stage, place
from tenders.queries.themes import to_tell_of


def theme_notices(tender: Tender) -> list[NewLetter]:
    """One for each organisation and person with a theme that the tender fits, for the command that makes it public to send."""
    recipients, path = to_tell_of(tender), reverse("insight:tender", args=[tender.reference])
    made: dict[str, tuple[str, str]] = {}
    for language in sorted({one.language for one in recipients}):
        with translation.override(language):
            made[language] = _words(tender)
    return [letter_to(one, title=made[one.language][0], body=made[one.language][1], path=path) for one in recipients]


def _words(tender: Tender) -> tuple[str, str]:
    """Title and text in the active language."""
    stage = current_stage(list(tender.stages.all()))
    closes_at = stage.closes_at if stage else None
    deadline = _("Deadline: %(deadline)s") % {"deadline": wording.deadline(closes_at)} if closes_at else ""
    paragraphs = [
        [_("Nav has something new that fits what you follow.")],
        [tender.heading or tender.name, tender.summary],
        [_("Where: %(place)s") % {"place": place(tender)}, deadline],
        [_("See what you follow, or stop: %(address)s") % {"address": settings.SITE_URL + reverse("tenders:themes")}],
    ]
    body = "\n\n".join("\n".join(line for line in lines if line) for lines in paragraphs)
    return _("New from Nav: %(name)s") % {"name": tender.name}, body
