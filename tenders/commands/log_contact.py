"""The officer writes down what was said to or by the market."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.local_time import oslo_day
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from tenders.models import MarketContact, Tender
from tenders.policies.market import LogContactPolicy
from tenders.readiness import Missing, NotReady


@dataclass(frozen=True)
class Contact:
    """What is written down. `adviser` names an organisation; `remedy` is how it is evened out when that one may compete."""

    kind: str
    on: date
    who: str
    said: str
    shared: str = ""
    adviser: str = ""
    may_compete: bool = False
    remedy: str = ""


@command
def log_contact(*, tender_id: UUID, contact: Contact, by: User, at: datetime) -> MarketContact:
    """Add a line to the log. Nobody but the staff sees it before it is published (anskaffelsesforskriften §§ 8-1, 8-2)."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    LogContactPolicy(tender, at).check(by)
    if contact.on > oslo_day(at):
        raise NotReady([Missing("contact", "on", _("The day has not come yet. Write it down when it has happened."))])
    texts = {name: clean_text(getattr(contact, name)).strip() for name in ("who", "said", "shared", "adviser", "remedy")}
    if not (texts["who"] and texts["said"]):
        raise Refused(_("Write who took part and what was said."))
    _check_adviser(texts["adviser"], texts["remedy"], may_compete=contact.may_compete)
    texts["remedy"] = texts["remedy"] if contact.may_compete else ""
    row = MarketContact.objects.create(
        tender=tender, kind=contact.kind, on=contact.on, may_compete=contact.may_compete, recorded_at=at, recorded_by=by, **texts
    )
    facts = {"kind": row.kind, "on": row.on.isoformat(), "may_compete": row.may_compete}
    journal.record("tenders.contact_logged", by=by, at=at, stream=tender, about=[row], role=Role.OFFICER, facts=facts)
    return row


def _check_adviser(adviser: str, remedy: str, *, may_compete: bool) -> None:
    """Whoever has advised and may compete is named, and it is said how that is evened out."""
    missing = []
    if may_compete and not adviser:
        missing.append(Missing("contact", "adviser", _("Name the organisation that has advised and may compete.")))
    if may_compete and not remedy:
        missing.append(Missing("contact", "remedy", _("Say how it is evened out: what all are told, a longer deadline, or blind scoring.")))
    if missing:
        raise NotReady(missing)
