"""How an application for prequalification is shown, to the applicant and to the reviewer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.local_time import oslo_day
from accounts.page_parts import Cell, Check, Column, RoadStep, Tag, WorkItem
from accounts.wording import day, day_without_year, moment, short_day_with_year
from suppliers.forms.prequalification import DeclarationForm
from suppliers.models import Prequalification, PrequalificationDecision, SelfDeclaration
from suppliers.phases import PrequalificationPhase as Phase
from suppliers.queries.prequalification import STATEMENTS, missing_in

SOON_DAYS = 3


@dataclass(frozen=True)
class Statement:
    """One of the four, and whether the organisation stands for it."""

    text: str
    holds: bool


def statements_of(declaration: SelfDeclaration) -> list[Statement]:
    fields = DeclarationForm.base_fields
    return [Statement(str(fields[name].label), getattr(declaration, name) is True) for name in STATEMENTS]


def missing_shown(declaration: SelfDeclaration, form: DeclarationForm) -> list[Check]:
    """What is saved but not whole, in few words, with the way to each field."""
    names = missing_in(declaration)
    return [Check(str(form.short_labels.get(name, form[name].label)), "warn", href=f"#{form[name].auto_id}") for name in names]


def tag_of(row: Prequalification | None) -> Tag | None:
    """The state in a word or two; None before anything has been started."""
    if row is None:
        return None
    tags = {
        Phase.DRAFT: Tag(_("Draft"), "neutral", "Pencil"),
        Phase.SUBMITTED: Tag(_("Sent"), "info", "Hourglass"),
        Phase.QUESTION: Tag(_("Question from Nav"), "warning", "Chat"),
        Phase.QUALIFIED: Tag(_("Prequalified"), "success", "CheckmarkCircle"),
        Phase.REFUSED: Tag(_("Not qualified"), "neutral"),
    }
    return tags[Phase(row.phase)]


def answer_of(row: Prequalification | None, *, held: PrequalificationDecision | None, due: date | None) -> tuple[str, str]:
    """The heading and the lead of the applicant's page: what is so now, and what comes."""
    phase = Phase(row.phase) if row else None
    if phase == Phase.DRAFT:
        return _("You have started to apply"), _("What you have written is saved. Send it when it is whole.")
    if phase == Phase.QUESTION:
        return _("Nav asks you a question"), _("Answer it here. Then Nav can decide.")
    if phase == Phase.SUBMITTED and due:
        return _("Nav is looking at the application"), _("You get an answer by %(day)s at the latest.") % {"day": day(due)}
    if held and held.valid_until:
        lead = _("It holds up to and including %(day)s, in every tender.") % {"day": short_day_with_year(held.valid_until)}
        return _("You are prequalified"), lead
    if phase == Phase.REFUSED:
        return _("You are not prequalified"), _("The grounds stand below. You can apply again whenever you like.")
    if phase == Phase.QUALIFIED:
        return _("The prequalification has run out"), _("Apply again. Most of what you wrote last time can be used.")
    return _("Apply once, use it in every tender"), _(
        "Social entrepreneurs can be prequalified with Nav. You need it only where a tender says so."
    )


def road_of(row: Prequalification | None, *, due: date | None) -> list[RoadStep]:
    """Write, send, answer from Nav."""
    decision = getattr(row, "decision", None)
    sent_at: datetime | None = row.submitted_at if row else None
    written = RoadStep(_("You describe yourselves"), "" if sent_at else _("It takes about half an hour"), "done" if sent_at else "now")
    promised = _("by %(day)s at the latest") % {"day": day_without_year(due)} if due and not decision else ""
    looking = RoadStep(_("Nav's reviewer reads the application"), promised or _("within ten working days"), _state(sent_at, decision))
    answer = RoadStep(
        _("You get a letter with the grounds"), moment(decision.decided_at) if decision else "", "done" if decision else "next"
    )
    return [written, looking, answer]


def _state(sent_at: datetime | None, decision: PrequalificationDecision | None) -> Literal["done", "now", "next"]:
    if decision:
        return "done"
    return "now" if sent_at else "next"


def to_review(row: Prequalification, due: date, *, at: datetime) -> WorkItem:
    """A row of the reviewer's list."""
    supplier = row.organisation.supplier
    waits = row.phase == Phase.QUESTION
    return WorkItem(
        title=row.organisation.name,
        when=_("By %(day)s") % {"day": day_without_year(due)},
        soon=(due - oslo_day(at)).days <= SOON_DAYS,
        about=f"{supplier.get_kind_display()}, {supplier.county.name}",
        why=_("Waits for the applicant's answer.") if waits else "",
        action=_("Read") if waits else _("Review"),
        href=reverse("suppliers:review", args=[row.pk]),
    )


def decided_columns() -> list[Column]:
    return [Column(_("Name")), Column(_("Answer")), Column(_("Decided")), Column(_("By"))]


def decided_row(row: Prequalification) -> list[Cell]:
    decision = row.decision
    name = Cell(row.organisation.name, href=reverse("suppliers:review", args=[row.pk]))
    answer = Cell(_("Yes")) if decision.qualified else Cell(_("No"))
    return [name, answer, Cell(short_day_with_year(decision.decided_at)), Cell(decision.decided_by.name)]
