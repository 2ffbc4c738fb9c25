"""What those who follow a need are told when the dialogue leads on, and when it does not. In the active language."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import wording
from tenders.follower_notices import Words
from tenders.models import Tender


def tender_path(tender: Tender) -> str:
    return reverse("insight:tender", args=[tender.reference])


def _address(tender: Tender) -> str:
    return f"{settings.SITE_URL}{tender_path(tender)}"


def ended_words(tender: Tender, reason: str) -> Words:
    title = _("The market dialogue about «%(name)s» has ended") % {"name": tender.name}
    body = _("We have ended it without announcing a tender. The reason:\n%(reason)s\n\nIf we announce one later, we write to you.") % {
        "reason": reason
    }
    return title, body


def announced_words(tender: Tender) -> Words:
    title = _("«%(name)s» has been announced") % {"name": tender.name}
    closes_at = next((stage.closes_at for stage in tender.stages.all() if stage.closes_at), None)
    parts = [
        _("The need that we talked to the market about is now a tender, and everybody can take part."),
        _("The deadline is %(deadline)s.") % {"deadline": wording.deadline(closes_at)} if closes_at else "",
        _("Read the announcement: %(address)s") % {"address": _address(tender)},
    ]
    return title, "\n\n".join(part for part in parts if part)
