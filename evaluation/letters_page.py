"""The letters of a tender as officer, approver and auditor see them: state of each, progress, and what needs a person."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.page_parts import Cell, Color, Column, Tag
from evaluation.decision_letter import REJECTED, SELECTED
from evaluation.queries.selection import ANNULMENT_LETTERS, SELECTION_LETTERS
from letters.models import Letter, LetterBatch
from letters.phases import LetterPhase, MailState
from tenders.models import Tender

_COLORS: dict[LetterPhase, Color] = {LetterPhase.STUCK: "danger", LetterPhase.RELEASED: "success"}


@dataclass(frozen=True)
class BatchShown:
    """The letters of one act."""

    tender: Tender
    batch: LetterBatch
    letters: Sequence[Letter]

    @property
    def title(self) -> str:
        known = {
            SELECTION_LETTERS: _("Answers to those who took part"),
            ANNULMENT_LETTERS: _("The decision is annulled"),
            "closing": _("The stage ends without selection"),
        }
        what = known.get(self.batch.kind, _("Other letters"))
        stage = next((letter.facts["stage_name"] for letter in self.letters if "stage_name" in letter.facts), "")
        return f"{stage}: {what[0].lower()}{what[1:]}" if stage else what

    @property
    def state(self) -> str:
        if self.batch.released_at:
            return _("Released %(when)s") % {"when": wording.moment_seconds(self.batch.released_at)}
        if self.batch.approved_at:
            return _("Approved %(when)s, being made") % {"when": wording.moment(self.batch.approved_at)}
        return _("Drafts. Nobody outside sees them before somebody else has approved.")

    @property
    def columns(self) -> list[Column]:
        answer = [Column(_("Answer")), Column(_("Grounds"))] if self._answers else []
        return [Column(_("To")), *answer, Column(_("Letter")), Column(_("E-mail"))]

    @cached_property
    def _answers(self) -> bool:
        """Whether these say what became of what was handed in; a letter about an annulment does not."""
        return any("outcome" in letter.facts for letter in self.letters)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        # One reverse for all: none inside a row
        base = reverse("evaluation:letters", args=[self.tender.reference])
        return [self._row(letter, f"{base}{letter.pk}/") for letter in self.letters]

    def _row(self, letter: Letter, href: str) -> list[Cell]:
        phase = LetterPhase(letter.phase)
        answer = [Cell(outcome_of(letter)), _grounds(letter)] if self._answers else []
        return [
            Cell(letter.organisation.name if letter.organisation else "", href=href),
            *answer,
            Cell("", tag=Tag(str(phase.label), _COLORS.get(phase, "neutral"))),
            _mail(letter),
        ]

    @property
    def lacks_grounds(self) -> int:
        return sum(letter.facts.get("grounds", "—") == "" for letter in self.letters)

    @property
    def under_way(self) -> bool:
        return self.batch.approved_at is not None and self.mailed < len(self.letters)

    @property
    def made(self) -> int:
        return sum(letter.phase in {LetterPhase.RENDERED, LetterPhase.RELEASED} for letter in self.letters)

    @property
    def mailed(self) -> int:
        return sum(letter.mail == MailState.SENT for letter in self.letters)

    @property
    def done(self) -> int:
        return self.mailed if self.batch.released_at else self.made

    @property
    def progress(self) -> str:
        total = len(self.letters)
        if self.batch.released_at:
            text = ngettext(
                "%(done)d of one e-mail is sent. The letter is in Nyvei already.",
                "%(done)d of %(total)d e-mails are sent. All the letters are in Nyvei already.",
                total,
            )
        else:
            text = ngettext("%(done)d of one letter is made", "%(done)d of %(total)d letters are made", total)
        return text % {"done": self.done, "total": total}

    @property
    def trouble(self) -> str:
        number = sum(needs_a_person(letter) for letter in self.letters)
        text = ngettext("One letter needs you.", "%(number)d letters need you.", number) % {"number": number}
        return text if number else ""


def text_of(letter: Letter) -> str:
    """What the letter says below its heading, without its layout."""
    inner = letter.body.partition("</h1>")[2].partition("</main>")[0]
    lines = (line.strip() for line in html.unescape(strip_tags(inner)).splitlines())
    return "\n\n".join(line for line in lines if line)


def outcome_of(letter: Letter) -> str:
    outcome = letter.facts.get("outcome")
    if outcome is None:
        return ""
    return _("Selected") if outcome == SELECTED else _("Rejected") if outcome == REJECTED else _("Not selected")


def _grounds(letter: Letter) -> Cell:
    if "grounds" not in letter.facts:
        return Cell("")
    if not letter.facts["grounds"]:
        return Cell("", tag=Tag(_("Missing"), "warning", "ExclamationmarkTriangle"))
    return Cell(_("Gathered from the sheets")) if letter.facts.get("gathered") else Cell(_("Written"))


def _mail(letter: Letter) -> Cell:
    state = MailState(letter.mail)
    if state == MailState.SENT and letter.mailed_at:
        return Cell(_("Sent %(when)s") % {"when": wording.moment_seconds(letter.mailed_at)})
    return Cell("", tag=Tag(str(state.label), "warning")) if state == MailState.UNCLEAR else Cell(str(state.label))


def needs_a_person(letter: Letter) -> bool:
    return letter.phase == LetterPhase.STUCK or letter.mail == MailState.UNCLEAR


def by_batch(tender: Tender, letters: Sequence[Letter]) -> list[BatchShown]:
    """In the order they came in."""
    batches: dict[LetterBatch, list[Letter]] = {}
    for letter in letters:
        batches.setdefault(letter.batch, []).append(letter)
    return [BatchShown(tender, batch, rows) for batch, rows in batches.items()]
