"""What the cover page of a framework agreement shows of its call-offs."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts import wording
from accounts.models import User
from accounts.page_parts import Cell, Column, Fact
from accounts.roles import Role
from contracts.contract_words import left_fact
from contracts.policies.call_offs import MayStartCallOffPolicy
from contracts.queries.contracts import works_with_contracts
from contracts.queries.frameworks import announced_call_offs
from tenders.models import Tender
from tenders.offers import state_tag
from tenders.phases import PUBLIC_PHASES


@dataclass(frozen=True)
class CallOffs:
    """`left` is for those who work with it; `start_url` for the officers of the unit, with why not."""

    columns: list[Column]
    rows: list[list[Cell]]
    left: list[Fact]
    start_url: str = ""
    refusal: str = ""


def call_offs_of(framework: Tender, user: User | AnonymousUser, *, at: datetime) -> CallOffs | None:
    """None for other tenders, and before it is announced."""
    if framework.procedure != Tender.Procedure.FRAMEWORK or framework.phase not in PUBLIC_PHASES:
        return None
    columns = [Column(_("Call-off"), wide=True), Column(_("State")), Column(_("Amount"), number=True)]
    rows = [_row(one, at) for one in announced_call_offs(framework)]
    starts = isinstance(user, User) and people.has_role(user, Role.OFFICER, framework.unit, at=at)
    left = [left_fact(framework)] if starts or works_with_contracts(user, framework, at=at) else []
    if not isinstance(user, User) or not starts:
        return CallOffs(columns, rows, left)
    refusal = MayStartCallOffPolicy(framework, at).refusal(user)
    return CallOffs(columns, rows, left, reverse("contracts:start_call_off", args=[framework.reference]), refusal)


def _row(one: Tender, at: datetime) -> list[Cell]:
    tag = state_tag(one, list(one.stages.all()), at=at)
    link = reverse("insight:tender", args=[one.reference])
    return [Cell(one.heading or one.name, href=link, note=one.reference), Cell("", tag=tag), Cell(wording.money(one.budget.amount))]
