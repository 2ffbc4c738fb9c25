"""What those who follow a need are told when the dialogue leads on, and when it does not. In the active language."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import wording
from tenders.follower_notices import Words
from tenders.models import Tender


def tender_path(tender: Tender) -> str:
    return reverse("insight:tender", args=[tender.reference])


def ended_words(tender: Tender, reason: str) -> Words:
    title = _("The market dialogue about «%(name)s» has ended") % {"name": tender.name}
    body = _(
        "We have ended the dialogue without announcing a tender. The reason:\n%(reason)s\n\n"
        "What we asked and answered still stands on the page. If we announce a tender later, we write to you."
    ) % {"reason": reason}
    return title, body


def announced_words(tender: Tender) -> Words:
    title = _("«%(name)s» has been announced") % {"name": tender.name}
    closes_at = next((stage.closes_at for stage in tender.stages.all() if stage.closes_at), None)
    parts = [
        _("The need that we talked to the market about is now a tender, and everybody can take part."),
        _("The deadline is %(deadline)s.") % {"deadline": wording.deadline(closes_at)} if closes_at else "",
    ]
    return title, "\n\n".join(part for part in parts if part)
