"""The list of tenders for programs that follow it: an Atom feed, the newest announcement first."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tenders import offers
from tenders.models import Tender
from tenders.queries.amendments import last_said_at

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
LONGEST = 50


def atom_of(tenders: Iterable[Tender], *, address: str, list_address: str, at: datetime) -> str:
    """The feed at `address`, of the list at `list_address`; both are paths on this site. Tenders as `announced_tenders` gives them,
    with their amendments loaded.
    """
    feed = Atom1Feed(
        title=_("Tenders at Nav"),
        link=settings.SITE_URL + list_address,
        description=_("What Nav needs, and what you can get for solving it"),
        language=get_language(),
        feed_url=settings.SITE_URL + address,
        author_name="Nav",
    )
    for tender in tenders:
        shown = offers.offer(tender, at=at)
        facts = ". ".join(" ".join(part for part in (fact.label + ":", fact.value, fact.note) if part) for fact in shown.items)
        feed.add_item(
            title=shown.title,
            link=settings.SITE_URL + reverse("insight:tender", args=[tender.reference]),
            description=" ".join(part for part in (shown.text, facts and facts + ".") if part),
            unique_id=f"urn:uuid:{tender.pk}",
            pubdate=tender.announced_at,
            updateddate=last_said_at(tender),
            categories=[county.name for county in tender.counties.all()],
        )
    return feed.writeString("utf-8")
