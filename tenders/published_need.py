"""What a market dialogue makes public of a draft, and how far it stands behind what is written now. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.refused import Refused
from accounts.words import clean_text
from tenders.models import MarketDialogue, Tender
from tenders.readiness import Missing, NotReady, missing_in_public_need

PUBLISHED = ("heading", "summary", "need", "target_group", "wanted_effect")


@dataclass(frozen=True)
class Invitation:
    """What the market is asked, whom it can contact, and until when input is taken."""

    purpose: str
    contact_name: str
    contact_email: str
    contact_phone: str
    input_until: datetime

    def cleaned(self) -> dict[str, str | datetime]:
        words = {name: clean_text(getattr(self, name)).strip() for name in ("purpose", "contact_name", "contact_email", "contact_phone")}
        return {**words, "input_until": self.input_until}


def publish(tender: Tender, dialogue: MarketDialogue, invitation: Invitation, *, at: datetime) -> None:
    """Put on `dialogue` what shall be public now; the caller saves. `NotReady` with all that is missing."""
    missing = list(missing_in_public_need(tender))
    if invitation.input_until <= at:
        missing.append(Missing("dialogue", "input_until", _("The day has passed. Choose a later one, so that the market gets time.")))
    if missing:
        raise NotReady(missing)
    values = invitation.cleaned()
    if not (values["purpose"] and values["contact_name"] and values["contact_email"]):
        raise Refused(_("Say what you want to learn, and whom the market can contact."))
    for name, value in values.items():
        setattr(dialogue, name, value)
    for name in PUBLISHED:
        setattr(dialogue, name, getattr(tender, name))


def is_behind(tender: Tender, dialogue: MarketDialogue) -> bool:
    """Whether something is written that everybody can't read yet."""
    written = {county.pk for county in tender.counties.all()}
    differs = any(getattr(tender, name) != getattr(dialogue, name) for name in PUBLISHED)
    return differs or written != {county.pk for county in dialogue.counties.all()}
