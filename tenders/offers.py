"""How a tender is shown in few words: its state, what it pays, its deadline. Reads only what is loaded; looks at no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.number_words import number_word
from accounts.page_parts import Fact, Tag
from tenders.handed_in import worded
from tenders.models import MarketDialogue, Stage, Tender
from tenders.phases import ENDED_PHASES, StagePhase, TenderPhase


@dataclass(frozen=True)
class Offer:
    """A tender as ui/offer.html shows it."""

    kind: str
    title: str
    href: str
    text: str
    items: list[Fact]
    tag: Tag


def offer(tender: Tender, *, at: datetime) -> Offer:
    """Needs `stages` with their criteria, and `counties`, loaded."""
    stages = list(tender.stages.all())
    return Offer(
        kind=" · ".join([str(tender.get_procedure_display()), place(tender), *([_("Reserved")] if tender.reserved else [])]),
        title=tender.heading or tender.name,
        href=reverse("insight:tender", args=[tender.reference]),
        text=" ".join(part for part in (f"{tender.name}.", tender.summary) if part),
        items=[
            fact for fact in (prize_fact(tender, stages), None if tender.phase in ENDED_PHASES else deadline_fact(stages, at=at)) if fact
        ],
        tag=state_tag(tender, stages, at=at),
    )


def dialogue_offer(dialogue: MarketDialogue, *, at: datetime) -> Offer:
    """A need that Nav talks to the market about, as it was last published. Needs `tender` and `counties` loaded."""
    return Offer(
        kind=" · ".join([_("Not announced yet"), place(dialogue)]),
        title=dialogue.heading,
        href=reverse("insight:tender", args=[dialogue.tender.reference]),
        text=" ".join(part for part in (f"{dialogue.tender.name}.", dialogue.summary) if part),
        items=[
            Fact(_("Say what you think by"), wording.day_without_year(dialogue.input_until), wording.time_left(dialogue.input_until, at))
        ],
        tag=dialogue_tag(dialogue),
    )


def dialogue_tag(dialogue: MarketDialogue) -> Tag:
    """What everybody is told of a need that is not announced, however far the officer has come with it."""
    return Tag(_("The dialogue has ended"), icon="CheckmarkCircle") if dialogue.ended_at else _going_on_tag()


def _going_on_tag() -> Tag:
    return Tag(_("Market dialogue"), "info", "Chat")


def place(told: Tender | MarketDialogue) -> str:
    """«Rogaland, Agder», or the whole country."""
    return ", ".join(county.name for county in told.counties.all()) or _("The whole country")


def current_stage(stages: Sequence[Stage]) -> Stage | None:
    """The stage that is under way: the first one that takes submissions, else the last one opened. None before the announcement."""
    unopened = [stage for stage in stages if stage.phase == StagePhase.ANNOUNCED]
    opened = [stage for stage in stages if not stage.sealed or stage.phase == StagePhase.CANCELLED]
    return unopened[0] if unopened else opened[-1] if opened else None


def state_tag(tender: Tender, stages: Sequence[Stage], *, at: datetime) -> Tag:
    """The state in a word or two."""
    if tender.phase == TenderPhase.DRAFT:
        return Tag(_("Draft"), icon="PencilLine")
    if tender.phase == TenderPhase.AWAITING_APPROVAL:
        return Tag(_("Awaiting approval"), "warning", "Hourglass")
    if tender.phase == TenderPhase.SHELVED:
        return Tag(_("Laid aside"), icon="Archive")
    if tender.phase == TenderPhase.IN_DIALOGUE:
        return _going_on_tag()
    if tender.phase in ENDED_PHASES:
        return _end_tag(tender, stages)
    stage = current_stage(stages)
    if stage and stage.entry == Stage.Entry.INVITED and stage.is_open_at(at):
        return Tag(_("Open for those invited"), "info", "PadlockUnlocked")
    tags = {
        Stage.State.WAITING: Tag(_("Opens soon"), icon="Clock"),
        Stage.State.OPEN: Tag(worded(tender, _("Open for sketches"), _("Open for offers")), "success", "PadlockUnlocked"),
        Stage.State.CLOSED: Tag(_("Sealed"), icon="PadlockLocked"),
        Stage.State.OPENED: Tag(_("Being judged"), "info", "FileSearch"),
        Stage.State.SCORED: Tag(_("Being judged"), "info", "FileSearch"),
        Stage.State.PROPOSED: Tag(_("Being judged"), "info", "FileSearch"),
        Stage.State.APPROVED: Tag(_("Decided"), "success", "CheckmarkCircle"),
        Stage.State.SETTLED: Tag(_("Decided"), "success", "CheckmarkCircle"),
    }
    return tags.get(stage.state_at(at), Tag(_("Announced"))) if stage else Tag(_("Announced"))


def _end_tag(tender: Tender, stages: Sequence[Stage]) -> Tag:
    if tender.phase == TenderPhase.CANCELLED:
        return Tag(_("Cancelled"), "danger", "XMarkOctagon")
    if any(stage.phase == StagePhase.UNSELECTED for stage in stages):
        return Tag(_("Nobody was selected"), icon="CheckmarkCircle")
    if tender.phase == TenderPhase.CLOSED:
        return Tag(_("Ended"), icon="CheckmarkCircle")
    return Tag(_("Decided"), "success", "CheckmarkCircle")


def prize_fact(tender: Tender, stages: Sequence[Stage]) -> Fact | None:
    """What one can get, each stage in words; None when nothing is planned."""
    if not stages:
        return None
    if tender.procedure == Tender.Procedure.FRAMEWORK:
        return Fact(prize_label(tender), str(Tender.Procedure.FRAMEWORK.label), ", ".join(prizes(stages)))
    basis = str(tender.get_vat_basis_display())
    if len(stages) == 1:
        whom = ngettext("to one winner", "to each of %(number)s winners", stages[0].selects) % {"number": number_word(stages[0].selects)}
        return Fact(prize_label(tender), _amount(stages[0]), f"{whom}, {basis}")
    short = " + ".join(_amount(stage) for stage in stages)
    return Fact(prize_label(tender), short, f"{', '.join(prizes(stages))}, {basis}")


def prize_label(tender: Tender) -> str:
    """Nobody can get anything any more in a tender that has ended; in a framework agreement the call-offs come then."""
    over = tender.phase in ENDED_PHASES and tender.procedure != Tender.Procedure.FRAMEWORK
    return _("Set aside") if over else _("You can get")


def prizes(stages: Sequence[Stage]) -> list[str]:
    """«50 000 kr til hver av tre finalister», «450 000 kr til én vinner»."""
    return [_prize(stage, last=stage.no == stages[-1].no) for stage in stages]


def _prize(stage: Stage, *, last: bool) -> str:
    if last and not stage.pays_each:
        text = ngettext("a framework agreement with one supplier", "a framework agreement with each of %(number)s suppliers", stage.selects)
        return text % {"number": number_word(stage.selects)}
    sentence = (
        ngettext("%(money)s to one winner", "%(money)s to each of %(number)s winners", stage.selects)
        if last
        else ngettext("%(money)s to one finalist", "%(money)s to each of %(number)s finalists", stage.selects)
    )
    return sentence % {"money": _amount(stage), "number": number_word(stage.selects)}


def _amount(stage: Stage) -> str:
    """What the stage pays each; where price counts, the most that one can offer."""
    money = wording.money(stage.pays_each)
    return _("up to %(money)s") % {"money": money} if stage.price_criterion else money


def deadline_fact(stages: Sequence[Stage], *, at: datetime) -> Fact | None:
    """The deadline of the stage under way, and how far off it is."""
    stage = current_stage(stages)
    if stage is None or stage.closes_at is None:
        return None
    label = _("Deadline") if stage.entry == Stage.Entry.OPEN else _("Deadline for those invited")
    note = _("before %(time)s, %(left)s") % {
        "time": wording.clock_time(stage.closes_at),
        "left": wording.time_left(stage.closes_at, at),
    }
    return Fact(label, wording.day_without_year(stage.closes_at), note)
