"""How many hours suppliers say they used, beside what was thought that it would take."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.models import User
from accounts.page_parts import Fact
from suppliers.hour_bands import HoursFigure
from suppliers.queries.hours import hours_in
from tenders.models import Tender
from tenders.queries.visibility import sees_preparing


@dataclass(frozen=True)
class StageHours:
    """`facts` are none when fewer than five have answered."""

    name: str
    facts: list[Fact]


def hours_of(tender: Tender, user: User | AnonymousUser, *, estimated: Decimal, at: datetime) -> list[StageHours]:
    """One for each stage that is opened, for officer and approver of the tender and auditors; nothing for all others.

    `estimated` are the hours that the first stage was thought to take.
    """
    opened = [stage for stage in tender.stages.all() if not stage.sealed]
    if not opened or not sees_preparing(user, tender, at=at):
        return []
    figures = hours_in(opened)
    return [StageHours(stage.name, _facts(figures[stage.pk], estimated if stage.no == 1 else None)) for stage in opened]


def _facts(figure: HoursFigure | None, estimate: Decimal | None) -> list[Fact]:
    if figure is None:
        return []
    answers = _("%(number)s answers") % {"number": wording.number(figure.answers)}
    facts = [Fact(_("In the middle"), _hours(figure.middle), answers, figure=True), Fact(_("Half of them"), str(figure.half))]
    return facts if estimate is None else [*facts, Fact(_("Estimated"), _hours(round(estimate)), _("By the threshold check"))]


def _hours(number: int) -> str:
    return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": wording.number(number)}
