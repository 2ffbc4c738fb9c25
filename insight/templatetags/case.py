"""The header that every page of a tender shares."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import clock
from insight.cases import LinksAndRoad, links_and_road
from insight.road import road
from tenders.models import Tender
from tenders.offers import dialogue_tag, state_tag
from tenders.queries.market import latest_dialogue_of
from tenders.queries.visibility import sees_draft

register = template.Library()


@register.inclusion_tag("insight/_case_header.html", takes_context=True)
def case_header(
    context: Context,
    tender: Tender,
    here: str,
    heading: str = "",
    lead: str = "",
    crumb: str = "",
    show_road: bool = False,
    known: LinksAndRoad | None = None,
) -> dict[str, Any]:
    """Path, side pages, state and reference of a tender; with `heading` also the page's h1 and lead.

    `here` is the key of the page's own link («questions», «overview»); `crumb` names a page that has no link of its own;
    `known` is what `links_and_road` said, when the view has asked already.
    `{% case_header tender "questions" heading=heading lead=lead show_road=True %}`
    """
    at, cover = clock.now(), reverse("insight:tender", args=[tender.reference])
    user = getattr(context.get("request"), "user", AnonymousUser())
    talked = latest_dialogue_of(tender) if tender.announced_at is None else None
    hidden = talked is not None and not sees_draft(user, tender, at=at)
    links, steps = known or links_and_road(tender, user, at=at)
    items = [(_("Overview"), cover, here == "overview"), *((str(link.label), link.url, link.key == here) for link in links)]
    name = crumb or next((label for label, _url, current in items if current), "")
    crumbs = [(_("Tenders"), reverse("tenders:list")), (tender.name, cover)]
    return {
        "crumbs": crumbs if here == "overview" or not name else [*crumbs, (name, "")],
        "items": items if len(items) > 1 else [],
        "tag": dialogue_tag(talked) if hidden and talked else state_tag(tender, list(tender.stages.all()), at=at),
        # Nothing is decided of a need that is only talked about, nor how it will be bought
        "kind": _("Need") if talked else tender.get_procedure_display(),
        "tender": tender,
        "heading": heading,
        "lead": lead,
        "road": road(steps) if show_road else [],
    }
