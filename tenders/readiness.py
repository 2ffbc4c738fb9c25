"""What is missing before a tender can be announced, thing by thing, so that a page can lead to each."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import keep_lazy_text
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.local_time import oslo_day
from accounts.refused import Refused
from tenders.models import MarketContact, Meeting, Stage, TeamMember, Tender
from tenders.models.tender import FOUR_YEARS
from tenders.value_gaps import lacking_in_value
from tenders.working_days import is_working_day

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# A criterion on climate and environment counts at least this much, in per cent (anskaffelsesforskriften § 7-9)
CLIMATE_WEIGHT = Decimal(30)
SHORTEST_NOTICE = timedelta(hours=24)
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Missing:
    """One thing to mend: in which section of the announcement, in which field («» for the section as a whole), and what."""

    section: str
    field: str
    text: "_StrOrPromise"


class NotReady(Refused):
    """Refused because of what `missing` lists; the sentence names all of it."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(format_lazy("{} {}", _("This must be mended first:"), _joined(*(one.text for one in missing))))


@keep_lazy_text
def _joined(*texts: "_StrOrPromise") -> str:
    return " ".join(map(str, texts))


def missing_in(tender: Tender, *, at: datetime) -> list[Missing]:
    """Everything that keeps the tender from being announced at `at`, in the order of the announcement."""
    stages = list(tender.stages.prefetch_related("criteria__levels", "fields"))
    return [
        *_missing_in_need(tender),
        *_missing_in_subject(tender),
        *_missing_in_money(tender, stages),
        *missing_in_framework(tender),
        *(Missing("value", field, text) for field, text in lacking_in_value(tender)),
        *missing_in_dates(tender, stages, at=at),
        *_missing_in_asked(stages),
        *missing_in_weights(stages),
        *_missing_in_terms(tender),
        *_missing_in_climate(tender, stages),
        *_missing_in_team(tender),
        *_missing_in_market(tender),
    ]


_IN_PUBLIC_NEED = {
    "heading": _("Write the need in one sentence: it is the heading of the tender."),
    "need": _("Describe the need."),
    "target_group": _("Say who it is about."),
    "wanted_effect": _("Say what you hope will be different."),
}
_IN_NEED = {
    **_IN_PUBLIC_NEED,
    "not_prescribed": _("Say what those who answer decide for themselves."),
    "adopter": _("Say who will put the solution to use."),
    "adoption_budget": _("Say from which budget it will be paid when it is put to use."),
}


def missing_in_public_need(tender: Tender) -> Iterator[Missing]:
    """What the market must be able to read before it is asked."""
    return _missing_texts(tender, _IN_PUBLIC_NEED)


def _missing_in_need(tender: Tender) -> Iterator[Missing]:
    yield from _missing_texts(tender, _IN_NEED)
    if not tender.groups.exists():
        yield Missing("need", "groups", _("Tick at least one target group, so that those who can help find the tender."))
    if tender.places is None and not tender.places_unknown.strip():
        yield Missing("need", "places", _("Say how many places or people it is about, or why that is not known yet."))


def _missing_texts(tender: Tender, wanted: "Mapping[str, _StrOrPromise]") -> Iterator[Missing]:
    for name, text in wanted.items():
        if not getattr(tender, name).strip():
            yield Missing("need", name, text)


def _missing_in_subject(tender: Tender) -> Iterator[Missing]:
    if not tender.cpv_choices.exists():
        yield Missing("subject", "cpv", _("Choose a CPV code. It says what is bought, and suppliers find the tender by it."))


def _missing_in_money(tender: Tender, stages: Iterable[Stage]) -> Iterator[Missing]:
    if tender.budget.amount <= 0:
        yield Missing("money", "amount", _("Set the budget."))
    for stage in stages:
        if stage.price_criterion and not stage.pays_each:
            text = _("Price counts in «{stage}», so set the most that each of those chosen can be paid.")
            yield Missing("money", f"pays_each_{stage.no}", format_lazy(text, stage=stage.name))


def missing_in_framework(tender: Tender) -> Iterator[Missing]:
    """A framework agreement says how long it lasts; more than four years takes a ground (anskaffelsesforskriften § 11-1)."""
    if tender.procedure != Tender.Procedure.FRAMEWORK:
        return
    if not tender.months:
        yield Missing("money", "months", _("Say how many months the framework agreement lasts."))
    elif tender.months > FOUR_YEARS and not tender.months_ground.strip():
        yield Missing("money", "months_ground", _("A framework agreement lasts at most 48 months, unless you say why it must last longer."))


def missing_in_dates(tender: Tender, stages: list[Stage], *, at: datetime) -> Iterator[Missing]:
    """What is wrong with the dates, seen from `at`. The first stage must have them; later ones say when the answer is planned."""
    first, later = stages[0], stages[1:]
    yield from _missing_in_opening(first, at)
    yield from _missing_in_deadline(first, at)
    yield from _missing_in_questions(tender.questions_close_at, first.closes_at, at)
    after = oslo_day(first.closes_at) if first.closes_at else None
    for stage in [first, *later]:
        yield from _missing_in_weeks(stage, after)
        yield from _missing_in_answer(stage, after, first=stage.no == 1)
        after = stage.answer_by or after


def missing_in_amended_dates(
    stages: list[Stage], questions_close_at: datetime | None, changed: Container[str], *, at: datetime
) -> Iterator[Missing]:
    """The same for dates that are amended, seen from `at`: only what is `changed` must lie ahead, the rest has been announced.

    `stages` are the one that takes submissions, with its new deadline, and those after it.
    """
    current = stages[0]
    if "closes_at" in changed:
        yield from _missing_in_deadline(current, at)
    if "questions_close_at" in changed:
        yield from _missing_in_questions(questions_close_at, current.closes_at, at)
    after = oslo_day(current.closes_at) if current.closes_at else None
    for stage in stages:
        if stage != current:
            yield from _missing_in_weeks(stage, after)
        yield from _missing_in_answer(stage, after, first=stage == current)
        after = stage.answer_by or after


def _missing_in_opening(stage: Stage, at: datetime) -> Iterator[Missing]:
    if stage.opens_at and stage.opens_at < at:
        yield Missing("dates", "opens_at", _("The day it opens has passed. Leave it empty to open when the tender is announced."))


def _missing_in_deadline(stage: Stage, at: datetime) -> Iterator[Missing]:
    if stage.closes_at is None:
        yield Missing("dates", "closes_at", _("Set the deadline."))
    elif stage.closes_at <= at:
        yield Missing("dates", "closes_at", _("The deadline has passed. Choose a later day."))
    elif stage.closes_at < at + SHORTEST_NOTICE:
        yield Missing("dates", "closes_at", _("The deadline is less than 24 hours ahead. Choose a later day."))
    elif not is_working_day(oslo_day(stage.closes_at)):
        yield Missing("dates", "closes_at", _("The deadline is not on a working day. Choose a working day."))
    elif stage.opens_at and stage.opens_at >= stage.closes_at:
        yield Missing("dates", "opens_at", _("The deadline must be after the day the stage opens."))


def _missing_in_questions(until: datetime | None, closes_at: datetime | None, at: datetime) -> Iterator[Missing]:
    if until is None:
        yield Missing("dates", "questions_close_at", _("Say until when questions can be asked."))
    elif until <= at:
        yield Missing("dates", "questions_close_at", _("The time for questions has passed. Choose a later day."))
    elif closes_at and until >= closes_at:
        yield Missing("dates", "questions_close_at", _("The time for questions must end before the deadline."))
    elif not is_working_day(oslo_day(until)):
        yield Missing("dates", "questions_close_at", _("The time for questions does not end on a working day. Choose a working day."))


def _missing_in_weeks(stage: Stage, after: date | None) -> Iterator[Missing]:
    """How long those who are invited get is announced, so that it can be held."""
    if stage.entry != Stage.Entry.INVITED or stage.no == 1:
        return
    if not stage.weeks:
        text = _("Say how many weeks those who are chosen get to write «{stage}».")
        yield Missing("dates", f"weeks_{stage.no}", format_lazy(text, stage=stage.name))
    elif after and stage.answer_by and after < stage.answer_by <= after + timedelta(weeks=stage.weeks):
        text = _("The answer in «{stage}» leaves no time for the weeks that those who are chosen get. Choose a later day.")
        yield Missing("dates", f"answer_by_{stage.no}", format_lazy(text, stage=stage.name))


def _missing_in_answer(stage: Stage, after: date | None, *, first: bool) -> Iterator[Missing]:
    name = f"answer_by_{stage.no}"
    if stage.answer_by is None:
        if first:
            yield Missing("dates", name, _("Say when those who take part get their answer."))
    elif after and stage.answer_by <= after:
        of_first, later = _("The answer must come after the deadline."), _("This answer must come after the answer in the stage before.")
        yield Missing("dates", name, of_first if first else later)
    elif not is_working_day(stage.answer_by):
        yield Missing("dates", name, _("The day of the answer is not a working day. Choose a working day."))


def _missing_in_asked(stages: Iterable[Stage]) -> Iterator[Missing]:
    """What was added to a stage is written before it is announced."""
    for stage in stages:
        for asked in stage.fields.all():
            if not asked.label:
                text = _("Write question {no} of «{stage}», or remove it.")
                yield Missing("asked", f"label_{stage.no}_{asked.no}", format_lazy(text, no=asked.no, stage=stage.name))
        for criterion in stage.criteria.all():
            if not criterion.question or not all(level.text for level in criterion.levels.all()):
                text = _("Write what you ask yourselves in «{criterion}», and what gives how many points.")
                yield Missing("criteria", f"question_{stage.no}_{criterion.no}", format_lazy(text, criterion=criterion.name))


def missing_in_weights(stages: Iterable[Stage]) -> Iterator[Missing]:
    """The weights of every stage add up to exactly 100 per cent (anskaffelsesforskriften part I leaves it to us; we promise it)."""
    for stage in stages:
        total = sum((criterion.weight for criterion in stage.criteria.all()), Decimal(0))
        if total != WHOLE:
            text = _("The weights of «{stage}» add up to {total} per cent. They must add up to exactly 100.")
            yield Missing("criteria", f"weight_{stage.no}_1", format_lazy(text, stage=stage.name, total=_plain(total)))


def _plain(total: Decimal) -> str:
    return f"{total.normalize():f}".replace(".", ",")


def _missing_in_terms(tender: Tender) -> Iterator[Missing]:
    wanted = {
        "rights_regime": _("Choose who owns the solution."),
        "climate": _("Choose how climate and environment are taken care of."),
        "climate_text": _("Write the ground for what you chose on climate and environment. It is announced."),
        "contract_text": _("Write which agreement is made, when Nav pays, and how it can be ended."),
        "legal_basis": _("Write which rules the tender follows."),
    }
    if tender.has_clauses:
        wanted["sanctions_text"] = _("Write what happens when a requirement of the agreement is broken (anskaffelsesloven § 5p).")
    if tender.reserved:
        wanted["reservation_ground"] = _("Say why the tender is reserved. The ground is announced.")
    if tender.prequalification_required:
        wanted["prequalification_ground"] = _("Say which legal ground lets you require prequalification.")
    for name, text in wanted.items():
        if not getattr(tender, name).strip():
            yield Missing("terms", name, text)


def _missing_in_climate(tender: Tender, stages: Iterable[Stage]) -> Iterator[Missing]:
    """Whoever promises a criterion on climate has one that counts enough in every stage, as each of them selects."""
    if tender.climate != Tender.Climate.CRITERION:
        return
    for stage in stages:
        total = sum((criterion.weight for criterion in stage.criteria.all() if criterion.climate), Decimal(0))
        if total < CLIMATE_WEIGHT:
            text = _("What you have marked as climate and environment in «{stage}» counts {total} per cent. It must count at least 30.")
            yield Missing("terms", "climate_criteria", format_lazy(text, stage=stage.name, total=_plain(total)))


def _missing_in_team(tender: Tender) -> Iterator[Missing]:
    wanted = {
        TeamMember.Task.NEED_OWNER: _("Name the one who owns the need."),
        TeamMember.Task.PROJECT_LEAD: _("Name the project lead: suppliers see who it is."),
        TeamMember.Task.CONTRACT: _("Name the contact for contract and law."),
        TeamMember.Task.GUIDE: _("Name the start-up guide."),
    }
    # A start-up guide is part of StartOff; other procedures can have one
    if tender.procedure != Tender.Procedure.IDEA_COMPETITION:
        del wanted[TeamMember.Task.GUIDE]
    named = set(tender.team.values_list("task", flat=True))
    for task, text in wanted.items():
        if task not in named:
            yield Missing("team", f"{task.value}_name", text)


def _missing_in_market(tender: Tender) -> Iterator[Missing]:
    """Nobody competes on what only they were told (anskaffelsesforskriften § 8-2), and no meeting comes too late to be asked about."""
    for row in MarketContact.objects.filter(tender=tender, may_compete=True, published_at=None):
        text = _("«{adviser}» has advised and may compete. Publish what was shared, so that all know the same.")
        yield Missing("market", "", format_lazy(text, adviser=row.adviser))
    cut_off = tender.questions_close_at
    if cut_off and Meeting.objects.filter(tender=tender, cancelled_at=None, ends_at__gt=cut_off).exists():
        yield Missing("market", "", _("A meeting is held after the time for questions. Move or cancel it."))
