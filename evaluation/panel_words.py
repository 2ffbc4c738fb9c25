"""The panel in words: heading, lead and rows. Looks at no clock, asks nothing that its caller has not loaded but the approver."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.number_words import number_word
from accounts.page_parts import Cell, Column
from accounts.roles import Role
from evaluation.models import PanelSeat
from evaluation.queries import either
from tenders.models import Approval, Tender
from tenders.phases import TenderPhase
from tenders.queries import assigned_people


def panel_heading(seats: Sequence[PanelSeat], waiting: Approval | None) -> str:
    """What the state is."""
    if waiting is not None:
        return _("The panel waits to be confirmed") if not seats else _("A new panel waits to be confirmed")
    chair = next((seat.user.name for seat in seats if seat.role == Role.CHAIR), "")
    if not chair:
        return _("Nobody is appointed to judge yet")
    scorers = sum(seat.role != Role.OBSERVER for seat in seats)
    text = ngettext(
        "%(name)s leads the panel, and %(count)s person judges", "%(name)s leads the panel, and %(count)s people judge", scorers
    )
    return text % {"name": chair, "count": number_word(scorers)}


def panel_lead(tender: Tender, seats: Sequence[PanelSeat], waiting: Approval | None, *, at: datetime) -> str:
    """What comes next."""
    if waiting is not None:
        names = [person.name for person in assigned_people(tender, Role.APPROVER) if person.pk != waiting.proposed_by_id]
        return _("%(name)s proposed it. It takes effect when %(names)s has confirmed it.") % {
            "name": waiting.proposed_by.name,
            "names": either(names) if names else _("another person"),
        }
    if not seats and tender.phase == TenderPhase.ANNOUNCED:
        return _(
            "The officer appoints a panel, and the approver confirms it. Do it before the deadline, so that judging can begin at once."
        )
    if not seats:
        return _("The panel is appointed when the tender is announced.")
    return _("When the stage is opened, each of them first declares to whom they have a tie. Then they read and give points, each alone.")


def seat_columns() -> list[Column]:
    return [Column(_("Name")), Column(_("Task"))]


def seat_rows(seats: Sequence[tuple[str, str]]) -> list[list[Cell]]:
    """Of role and name."""
    return [[Cell(name), Cell(str(Role(role).label), note=_task_of(Role(role)))] for role, name in seats]


def _task_of(role: Role) -> str:
    return {
        Role.CHAIR: _("Gives points, closes the scoring and proposes who is selected"),
        Role.EVALUATOR: _("Reads and gives points"),
        Role.OBSERVER: _("Follows, and gives no points"),
    }[role]
