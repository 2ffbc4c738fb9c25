"""The log of the market dialogue, as sentences."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from tenders.models import MarketContact, Tender
from tenders.queries.visibility import sees_draft


def published_contacts(tender: Tender) -> QuerySet[MarketContact]:
    """What everybody has been told, in the order it happened. Pages show `kind`, `on` and `shared` of it, and no more."""
    return MarketContact.objects.filter(tender=tender, published_at__isnull=False).order_by("on", "recorded_at", "pk")


def contacts_seen_by(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> QuerySet[MarketContact]:
    """The whole log, for those who work on the tender and the auditors of its unit."""
    rows = MarketContact.objects.filter(tender=tender).order_by("on", "recorded_at", "pk")
    return rows if sees_draft(user, tender, at=at) else rows.none()


def competing_advisers(tender: Tender) -> QuerySet[MarketContact]:
    """Those who have advised and may compete, with how it is evened out. Public from the announcement on."""
    return MarketContact.objects.filter(tender=tender, may_compete=True).order_by("on", "recorded_at", "pk")
