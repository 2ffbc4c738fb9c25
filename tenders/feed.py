"""The list of tenders for programs that follow it: an Atom feed, the newest announcement first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import wording
from tenders import offers
from tenders.models import MarketDialogue, Tender
from tenders.phases import ENDED_PHASES
from tenders.queries.amendments import last_said_at

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
LONGEST = 50


class _Feed(Atom1Feed):
    """An empty feed is as new as the moment it is asked for, by our clock."""

    def __init__(self, at: datetime, **more: Any) -> None:
        super().__init__(**more)
        self.at = at

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.at


def atom_of(tenders: Iterable[Tender], dialogues: Iterable[MarketDialogue], *, address: str, list_address: str, at: datetime) -> str:
    """The feed at `address`, of the list at `list_address`; both are paths on this site. Tenders as `announced_tenders` gives them,
    with their amendments loaded; needs in market dialogue come first.
    """
    feed = _Feed(
        at,
        title=_("Tenders at Nav"),
        link=settings.SITE_URL + list_address,
        description=_("What Nav needs, and what you can get for solving it"),
        language=get_language(),
        feed_url=settings.SITE_URL + address,
        author_name="Nav",
    )
    for dialogue in dialogues:
        _add_dialogue(feed, dialogue, at)
    for tender in tenders:
        shown = offers.offer(tender, at=at)
        feed.add_item(
            title=shown.title,
            link=settings.SITE_URL + reverse("insight:tender", args=[tender.reference]),
            description=" ".join(part for part in (shown.text, _terms(tender)) if part),
            unique_id=f"urn:uuid:{tender.pk}",
            pubdate=tender.announced_at,
            updateddate=last_said_at(tender),
            categories=[county.name for county in tender.counties.all()],
        )
    return feed.writeString("utf-8")


def _add_dialogue(feed: Atom1Feed, dialogue: MarketDialogue, at: datetime) -> None:
    shown = offers.dialogue_offer(dialogue, at=at)
    until = _("Say what you think by %(moment)s. Nothing is announced yet.") % {"moment": wording.moment(dialogue.input_until)}
    feed.add_item(
        title=shown.title,
        link=settings.SITE_URL + shown.href,
        description=f"{shown.text} {until}",
        unique_id=f"urn:uuid:{dialogue.pk}",
        pubdate=dialogue.opened_at,
        updateddate=dialogue.published_at,
        categories=[county.name for county in dialogue.counties.all()],
    )


def _terms(tender: Tender) -> str:
    """Money and deadline, in words that hold for as long as the entry is kept: never how long is left."""
    stages = list(tender.stages.all())
    stage = None if tender.phase in ENDED_PHASES else offers.current_stage(stages)
    prize = offers.prize_fact(tender, stages)
    deadline = wording.deadline(stage.closes_at) if stage and stage.closes_at else ""
    rows = ((offers.prize_label(tender), prize.note if prize else ""), (_("Deadline"), deadline))
    return " ".join(f"{label}: {text.rstrip('.')}." for label, text in rows if text)
