"""The formal check in words: a tag in the list, and the facts beside one sketch."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts import wording
from accounts.page_parts import Cell, Fact, Tag
from evaluation.models import FormalCheck
from evaluation.rejection_grounds import GROUNDS


def check_tag(check: FormalCheck | None) -> Tag:
    if check is None:
        return Tag(_("Not checked yet"), "neutral", "Hourglass")
    return Tag(_("Let in"), "success", "Checkmark") if check.admitted else Tag(_("Rejected"), "danger", "XMark")


def check_cell(check: FormalCheck | None) -> Cell:
    """State, and for a rejection its ground."""
    note = str(GROUNDS[check.ground].name) if check is not None and not check.admitted else ""
    return Cell("", note=note, tag=check_tag(check))


def check_facts(check: FormalCheck | None) -> Sequence[Fact]:
    """Who decided what and when, and why it was rejected."""
    if check is None:
        return []
    done = _("%(name)s, %(when)s") % {"name": check.checked_by.name, "when": wording.moment(check.checked_at)}
    if check.admitted:
        return [Fact(_("Formal check"), _("Let in"), done)]
    ground = GROUNDS[check.ground]
    facts = [
        Fact(_("Formal check"), _("Rejected"), done),
        Fact(_("Ground"), str(ground.name), ground.rule),
        Fact(_("Reason"), check.reason),
    ]
    return [*facts, Fact(_("The supplier was heard"), check.heard)] if check.heard else facts
