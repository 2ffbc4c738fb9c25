"""The officer lets everybody read what was shared in a contact with the market."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from tenders.models import MarketContact, Tender
from tenders.policies.market import LogContactPolicy


@command
def publish_contact(*, contact_id: UUID, shared: str, by: User, at: datetime) -> None:
    """Publish `shared`, once; it cannot be changed afterwards. Who took part is never published."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(market_contacts=contact_id)
    LogContactPolicy(tender, at).check(by)
    row = MarketContact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    if row.published_at is not None:
        raise Refused(_("This has been published already."))
    row.shared = clean_text(shared).strip()
    if not row.shared:
        raise Refused(_("Write what all are told before you publish it."))
    row.published_at, row.published_by = at, by
    row.save(update_fields=["shared", "published_at", "published_by"])
    journal.record("tenders.contact_published", by=by, at=at, stream=tender, about=[row], role=Role.OFFICER, facts={"kind": row.kind})
