"""Needs that Nav talks to the market about before anything is announced, as sentences."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from tenders.models import MarketContact, MarketDialogue, Meeting, Tender
from tenders.phases import TenderPhase
from tenders.queries.public import State, Wanted
from tenders.queries.visibility import visible_tenders

_SEARCHED = ("tender__reference", "tender__name", "heading", "summary", "need", "target_group")


def open_dialogues() -> QuerySet[MarketDialogue]:
    """Those that go on, with all that a list shows; the one that takes input for the shortest time first."""
    going_on = MarketDialogue.objects.filter(ended_at=None).select_related("tender__unit").prefetch_related("counties")
    return going_on.order_by("input_until", "pk")


def found_dialogues(wanted: Wanted) -> QuerySet[MarketDialogue]:
    """Those that fit, seen in what is published. Budget and procedure are not settled yet, so asking for one finds none."""
    found = open_dialogues()
    unsettled = wanted.least or wanted.procedure
    if unsettled or wanted.state not in (None, State.DIALOGUE):
        return found.none()
    if wanted.group:
        found = found.filter(tender__in=Tender.objects.filter(groups__group=wanted.group))
    if wanted.county:
        found = found.filter(Q(pk__in=MarketDialogue.objects.filter(counties=wanted.county).values("pk")) | Q(counties=None))
    if wanted.text:
        anywhere = Q()
        for field in _SEARCHED:
            anywhere |= Q(**{f"{field}__icontains": wanted.text})
        found = found.filter(anywhere)
    return found


def open_dialogue_of(tender: Tender) -> MarketDialogue | None:
    """The one that goes on; None when none does."""
    return MarketDialogue.objects.filter(tender=tender, ended_at=None).select_related("published_by").first()


def latest_dialogue_of(tender: Tender) -> MarketDialogue | None:
    """The one that goes on, or went on last; None when there was none."""
    return MarketDialogue.objects.filter(tender=tender).order_by("-opened_at").first()


def has_asked_market(tender: Tender) -> bool:
    """Whether there is something for everybody on the page of the market dialogue."""
    asked = _talked_about() | Exists(Meeting.objects.filter(tender=OuterRef("pk")))
    told = Exists(MarketContact.objects.filter(tender=OuterRef("pk"), published_at__isnull=False))
    return Tender.objects.filter(asked | told, pk=tender.pk).exists()


def has_been_in_dialogue(tender: Tender) -> bool:
    """Whether everybody has read the need, under the name that it has."""
    return MarketDialogue.objects.filter(tender=tender).exists()


def readable_tenders(user: User | AnonymousUser, *, at: datetime) -> QuerySet[Tender]:
    """Visible tenders, and for everybody those that are or have been in market dialogue.

    Of the latter only what is published may be shown: the need in `MarketDialogue`, questions, meetings. Pages that show
    what stands on the tender itself ask `visible_tenders`.
    """
    return Tender.objects.filter(Q(pk__in=visible_tenders(user, at=at).values("pk")) | Q(_talked_about()))


def tenders_to_follow() -> QuerySet[Tender]:
    """Those that something more may be told of: announced, or talked to the market about and not announced yet."""
    return Tender.objects.filter(Q(phase=TenderPhase.ANNOUNCED) | Q(_talked_about(), announced_at=None))


def _talked_about() -> Exists:
    return Exists(MarketDialogue.objects.filter(tender=OuterRef("pk")))


def dialogue_url(tender: Tender) -> str:
    return reverse("tenders:market", args=[tender.reference])
