"""«Slik har vi gjort det lettere å delta»: for suppliers, only what the announcement itself shows to be true."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import wording
from accounts.local_time import oslo_day
from tenders.documents import Content
from tenders.threshold.data import words_of, working_days_between
from tenders.threshold.demands import OWN_KINDS
from tenders.threshold.effort import effort_of
from tenders.threshold.phrases import phrases_in

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

ENOUGH_DAYS = 10
_number = lazy(wording.number, str)


def asked_of(content: Content) -> "_StrOrPromise":
    """How much is asked for, in one sentence: for everybody, whether it is little or much."""
    first = content["stages"][0]
    said = ngettext_lazy(
        "{asked} question and at most {words} words. We reckon with about {hours} hours of work in all.",
        "{asked} questions and at most {words} words. We reckon with about {hours} hours of work in all.",
        len(first["fields"]),
    )
    return format_lazy(said, asked=len(first["fields"]), words=_number(first["words"]), hours=_number(effort_of(content).about))


def made_easier(content: Content) -> "list[_StrOrPromise]":
    """Sentences, in the order that a newcomer asks. None where something that shuts newcomers out is required: that would be hollow."""
    if _has(content, *OWN_KINDS):
        return []
    return [*_required(content), *_given(content)]


def _required(content: Content) -> "Iterator[_StrOrPromise]":
    required = content.get("requirements", [])
    all_may = content["stages"][0]["entry"] == "open" and content["reservation"] == "open" and not content["prequalification_required"]
    if not required and all_may:
        yield _("All enterprises can take part. We require no turnover, no years in business, no references and no certificates.")
    else:
        yield _("We require no turnover, no years in business and no references.")
    if not _has(content, "attachment", "proof", "meeting") and not any(one["proof"] for one in required):
        yield _("You need attach nothing.")


def _given(content: Content) -> "Iterator[_StrOrPromise]":
    first = content["stages"][0]
    if first["opens_at"] and first["closes_at"]:
        days = working_days_between(oslo_day(first["opens_at"]), oslo_day(first["closes_at"]))
        if days >= ENOUGH_DAYS:
            yield format_lazy(_("You have {days} working days to answer, holidays not counted."), days=days)
    if first["blind"]:
        yield _("Those who give points do not see who has answered.")
    if len(content["stages"]) > 1 and Decimal(first["pays_each"]):
        yield _("Those who go on are paid for the work.")
    unclear = phrases_in(content["rights_text"], [*words_of("unclear_rights"), *words_of("rights_away")])
    if content["rights_regime"] == "supplier_owns" and not unclear:
        yield _("You keep the rights to what you make.")


def _has(content: Content, *kinds: str) -> bool:
    return any(one["kind"] in kinds for one in content.get("requirements", []))
