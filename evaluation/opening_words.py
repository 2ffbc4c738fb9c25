"""The opening in words: heading, lead and the road of two people. Looks at no clock, asks no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.number_words import number_word
from accounts.page_parts import Fact, RoadStep
from accounts.roles import Role
from evaluation.models import OpeningPress
from evaluation.queries import OPENERS, PRESS_COUNTS_FOR, Opening, either
from tenders.handed_in import worded
from tenders.models import Amendment, Stage, Tender


@dataclass(frozen=True)
class Openers:
    """Names of those assigned, by role, and the presses that count."""

    names: dict[Role, list[str]]
    presses: Sequence[OpeningPress]

    def others(self, name: str) -> list[str]:
        """Who the person named can open together with: whoever has pressed, else those in the role the person hasn't."""
        pressed = [press.pressed_by.name for press in self.presses]
        if pressed and name not in pressed:
            return pressed
        mine = {role for role in OPENERS if name in self.names[role]}
        return [one for role in OPENERS if mine != {role} for one in self.names[role] if one != name]


def sealed_heading(stage: Stage, openers: Openers, *, at: datetime) -> str:
    """What the state is, before the opening."""
    if not may_open(stage, at=at):
        return worded(stage.tender, _("The sketches are sealed"), _("The offers are sealed"))
    if openers.presses:
        return _("%(name)s has said open") % {"name": openers.presses[0].pressed_by.name}
    return worded(stage.tender, _("The sketches can be opened now"), _("The offers can be opened now"))


def sealed_lead(stage: Stage, openers: Openers, *, at: datetime) -> str:
    """When it can be opened, or what it takes now."""
    opened_from = stage.may_be_opened_from
    if opened_from is not None and at < opened_from:
        return _(
            "Two people open them together, from %(from)s. Until then nobody sees what has come in, from whom, or how many there are."
        ) % {"from": wording.moment(opened_from)}
    if openers.presses:
        until = openers.presses[0].pressed_at + PRESS_COUNTS_FOR
        return _("One more person must do the same before %(until)s. After that they both start again.") % {
            "until": wording.moment_seconds(until)
        }
    return _("It takes two people, each from their own log-in, within fifteen minutes of each other.")


def may_open(stage: Stage, *, at: datetime) -> bool:
    opened_from = stage.may_be_opened_from
    return opened_from is not None and at >= opened_from


def two_people(stage: Stage, openers: Openers, *, at: datetime) -> list[RoadStep]:
    """Who has pressed, and who is needed."""
    pressed = {press.role: press for press in openers.presses}
    behind = [_pressed(press) for press in openers.presses]
    ahead = [_needed(role, openers.names[role]) for role in OPENERS if role.value not in pressed]
    if not ahead or not may_open(stage, at=at):
        return [*behind, *ahead]
    first, *rest = ahead
    return [*behind, RoadStep(first.label, first.note, "now"), *rest]


def _pressed(press: OpeningPress) -> RoadStep:
    note = _("pressed %(when)s") % {"when": wording.moment_seconds(press.pressed_at)}
    return RoadStep(f"{press.pressed_by.name}, {str(Role(press.role).label).lower()}", note, "done")


def _needed(role: Role, names: list[str]) -> RoadStep:
    who = either(names) if names else _("Nobody is assigned")
    return RoadStep(f"{who}, {str(role.label).lower()}", _("has not pressed"), "next")


def opened_heading(tender: Tender, opening: Opening) -> str:
    """«56 skisser er åpnet»."""
    if not opening.count:
        return worded(tender, _("No sketches came in"), _("No offers came in"))
    text = worded(
        tender,
        ngettext("One sketch has been opened", "%(number)s sketches have been opened", opening.count),
        ngettext("One offer has been opened", "%(number)s offers have been opened", opening.count),
    )
    filled = text % {"number": number_word(opening.count)}
    return filled[0].upper() + filled[1:]


def opened_lead(opening: Opening, presses: Sequence[OpeningPress]) -> str:
    """Names for those who may see them (`presses`); for everybody else: two people."""
    if not presses:
        return _("Two people opened the stage together %(when)s.") % {"when": wording.moment_seconds(opening.at)}
    names = [press.pressed_by.name for press in presses]
    return _("%(first)s and %(second)s opened the stage together %(when)s.") % {
        "first": names[0],
        "second": names[-1],
        "when": wording.moment_seconds(opening.at),
    }


def protocol_facts(stage: Stage, opening: Opening, presses: Sequence[OpeningPress], amendments: Sequence[Amendment]) -> list[Fact]:
    """What the protocol says; without `presses` no names. `amendments`: those that came while the stage took submissions."""
    tender = stage.tender
    deadline = [Fact(_("Deadline"), wording.deadline(stage.closes_at))] if stage.closes_at else []
    by = [Fact(str(Role(press.role).label), press.pressed_by.name, _pressed(press).note) for press in presses]
    return [
        Fact(_("Tender"), f"{tender.name} ({tender.reference})", stage.name),
        *deadline,
        *(_amended(one) for one in amendments),
        Fact(_("Opened"), wording.moment_seconds(opening.at)),
        *by,
        Fact(worded(tender, _("Sketches"), _("Offers")), str(opening.count)),
        Fact(_("Compared with the receipts"), compared(opening)),
    ]


def _amended(amendment: Amendment) -> Fact:
    """What failed and from when to when, how the deadline moved, and why."""
    parts = []
    if amendment.failed_from and amendment.failed_until:
        since, until = wording.moment(amendment.failed_from), wording.moment(amendment.failed_until)
        parts.append(_("It failed from %(from)s until %(until)s.") % {"from": since, "until": until})
    for one in amendment.changes:
        if one["field"] == "closes_at":
            before, now = (wording.deadline(datetime.fromisoformat(one[name])) for name in ("before", "after"))
            parts.append(_("The deadline was moved from %(before)s to %(now)s.") % {"before": before, "now": now})
    label = _("Amendment %(no)d, %(kind)s") % {"no": amendment.no, "kind": amendment.get_kind_display().lower()}
    return Fact(label, wording.moment(amendment.announced_at), " ".join([*parts, amendment.reason]))


def compared(opening: Opening) -> str:
    """What the comparison has found, in one sentence."""
    if opening.verified_at:
        return _("Everything is as it was received. Finished %(when)s.") % {"when": wording.moment_seconds(opening.verified_at)}
    if opening.contradicted_at:
        return _("Something is not as it was received. Finished %(when)s.") % {"when": wording.moment_seconds(opening.contradicted_at)}
    return _("Going on now. It takes a few minutes.")
