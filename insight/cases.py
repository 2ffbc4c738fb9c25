"""The pages and the road of a tender, as one person sees them."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.work import CaseLink, RoadStep
from insight import queries
from insight.policies import ReadCaseJournalPolicy
from tenders.models import Tender

LinksAndRoad = tuple[list[CaseLink], list[RoadStep]]


def links_and_road(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> LinksAndRoad:
    """The side pages this person may open, in the order the case goes, and the stops of the road."""
    facts = queries.facts_for(tender, user, at=at)
    links = [link for each in facts for link in each.links]
    if isinstance(user, User) and not ReadCaseJournalPolicy(tender, at).refusal(user):
        links.append(CaseLink("journal", _("Journal"), reverse("insight:case_journal", args=[tender.reference])))
    return links, [step for each in facts for step in each.road]
