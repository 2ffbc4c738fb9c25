"""Amendments in words: what stood before and what stands now, piece by piece. Looks at no clock, asks no database."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from tenders.amending import answer_name
from tenders.models import Stage

# As the announcement itself calls them
LABELS: dict[str, "str | Promise"] = {
    "summary": gettext_lazy("In short"),
    "need": gettext_lazy("The need"),
    "known": gettext_lazy("What we know"),
    "target_group": gettext_lazy("Who it is about"),
    "who_counts": gettext_lazy("Who counts as within the group"),
    "wanted_effect": gettext_lazy("What we hope will be different"),
    "not_prescribed": gettext_lazy("What you decide yourselves"),
    "adopter": gettext_lazy("Who will put the solution to use"),
    "adoption_budget": gettext_lazy("From which budget"),
    "adoption_from": gettext_lazy("When at the earliest"),
    "counties": gettext_lazy("Where"),
    "files": gettext_lazy("Files"),
    "rights_text": gettext_lazy("Rights"),
    "contract_text": gettext_lazy("The agreement"),
    "sanctions_text": gettext_lazy("If a requirement is broken"),
    "climate_text": gettext_lazy("Climate and environment"),
    "legal_basis": gettext_lazy("Rules"),
    "closes_at": gettext_lazy("Deadline"),
    "questions_close_at": gettext_lazy("Questions until"),
}
_WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: it stands as it did, is taken out, or is put in."""

    kind: Literal["same", "out", "in"]
    text: str


@dataclass(frozen=True)
class Shown:
    """One change: what it is called, both texts whole, and how one becomes the other; `whole` when nothing of it stays."""

    label: str
    before: str
    after: str
    pieces: list[Piece]
    whole: bool = False


def shown_changes(changes: Iterable[dict[str, Any]], stages: Iterable[Stage]) -> list[Shown]:
    """The changes in the active language. `stages` are those of the tender, for the names of their answers."""
    answers = {answer_name(stage): stage.name for stage in stages}
    return [_shown(one, answers) for one in changes]


def _shown(change: dict[str, Any], answers: dict[str, str]) -> Shown:
    name = change["field"]
    if name == "files":
        return _shown_files(change["before"], change["after"])
    before, after = _worded(name, change["before"]), _worded(name, change["after"])
    if name in answers:
        label = _("The answer in «%(stage)s» comes at the latest") % {"stage": answers[name]}
    else:
        label = str(LABELS[name])
    whole = name not in LABELS or name in _MOMENTS or name == "counties"
    pieces = [Piece("out", before), Piece("in", after)] if whole else list(word_pieces(before, after))
    return Shown(label, before, after, pieces, whole)


def _shown_files(before: list[Any], after: list[Any]) -> Shown:
    """File by file: those that are taken out, then those that are put in."""
    out = [Piece("out", _file_words(one)) for one in before if one not in after]
    put = [Piece("in", _file_words(one)) for one in after if one not in before]
    pieces = [piece for changed in [*out, *put] for piece in (changed, Piece("same", "\n"))]
    was, becomes = ("\n".join(map(_file_words, files)) for files in (before, after))
    return Shown(str(LABELS["files"]), was, becomes, pieces)


def _file_words(file: dict[str, Any]) -> str:
    said = _("«%(title)s» (%(name)s, %(size)s, fingerprint %(print)s)")
    return said % {"title": file["title"], "name": file["name"], "size": wording.size(file["size"]), "print": file["sha256"]}


_MOMENTS: dict[str, Callable[[datetime], str]] = {"closes_at": wording.deadline, "questions_close_at": wording.moment}


def _worded(name: str, value: Any) -> str:
    if name == "counties":
        return ", ".join(value) or _("The whole country")
    if name in _MOMENTS:
        return _MOMENTS[name](datetime.fromisoformat(value)) if value else _("Not set")
    if name in LABELS:
        return str(value)
    return wording.day(date.fromisoformat(value)) if value else _("Not set")


def word_pieces(before: str, after: str) -> Iterator[Piece]:
    """Word by word. Words that are changed beside each other are one stretch, with the spaces between them."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    out = put = ""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = "".join(old[a:b])
        if tag != "equal":
            out, put = out + same, put + "".join(new[c:d])
        elif same.isspace() and (out or put):
            out, put = out + same, put + same
        else:
            yield from _changed(out, put)
            yield Piece("same", same)
            out = put = ""
    yield from _changed(out, put)


def _changed(out: str, put: str) -> Iterator[Piece]:
    """What is taken out, then what is put in; spaces alone are no change to look at."""
    if out.strip():
        yield Piece("out", out)
    if put.strip():
        yield Piece("in", put)
    elif put:
        yield Piece("same", put)


def plain_lines(shown: Sequence[Shown]) -> str:
    """For a mail: each change with both texts, one above the other."""
    said = _("%(label)s\nBefore: %(before)s\nNow: %(after)s")
    nothing = _("(nothing)")
    return "\n\n".join(said % {"label": one.label, "before": one.before or nothing, "after": one.after or nothing} for one in shown)
