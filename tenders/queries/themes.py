"""Who follows which theme, as sentences. Shown to the followers themselves and to nobody else."""

from django.db.models import Q, QuerySet

from accounts import queries as people
from accounts.models import Membership, Organisation, User
from tenders.models import Tender, ThemeFollower


def own_themes(user: User) -> QuerySet[ThemeFollower]:
    """What the person follows, for themselves and for the organisations they act for; the newest first."""
    mine = Q(user=user) | Q(organisation__in=people.own_organisations(user))
    return ThemeFollower.objects.filter(mine).select_related("organisation", "county").order_by("-since", "pk")


def to_tell_of(tender: Tender) -> list[Organisation | User]:
    """Everybody with a theme that the tender fits, once each; a person who acts for an organisation among them is told through it.

    A tender that can be anywhere in the country fits every county. The number of statements does not grow with those who follow.
    """
    fits = ThemeFollower.objects.filter(Q(group="") | Q(group__in=tender.groups.values("group")))
    if counties := list(tender.counties.all()):
        fits = fits.filter(Q(county=None) | Q(county__in=counties))
    organisations = Organisation.objects.filter(pk__in=fits.values("organisation"))
    told_through_one = Membership.objects.filter(organisation__in=organisations, ended_at=None).values("user")
    users = User.objects.filter(pk__in=fits.values("user"), is_active=True).exclude(pk__in=told_through_one)
    # Ordered by key, so that the order tells nothing
    return [*organisations.order_by("pk"), *users.order_by("pk")]
