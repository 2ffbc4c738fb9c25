"""The part of the rules that an announcement names, held against the part that follows from the value."""

import re
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tenders.law import Ruling, read_ruling
from tenders.models import Tender
from tenders.readiness import Missing
from tenders.rules import Part

# The weakest first
LADDER = [Part.PART_1, Part.PART_2, Part.PART_3, Part.PART_4]
NUMERALS: dict[Part | None, str] = dict(zip(LADDER, ("I", "II", "III", "IV"), strict=True))
_JOINED = re.compile(r"(?<!\ben )(?<!\bein )\bdel\s+((?:IV|I{1,3})\b(?:\s*(?:,|og|eller)\s*(?:del\s+)?(?:IV|I{1,3})\b)*)", re.IGNORECASE)
# «del i forskriften»: a small «i» with a word after it is the preposition
_IN = re.compile(r"\s+(?!og\b|eller\b|av\b|i\b)\w", re.IGNORECASE)

_SAID = _(
    "The announcement says part {said}, and part {part} follows from the value."
    " Use the sentence proposed in «Value and rules», or mend the value."
)
_SAID_LATER = _("It says part {said}, and part {part} followed from the value when the tender was announced.")


def parts_named(text: str) -> list[Part]:
    """Those after the word «del», in any case, the weakest first: «del I og III» names two."""
    named: set[str] = set()
    for found in _JOINED.finditer(text):
        if not (found[1] == "i" and _IN.match(text, found.end())):
            named.update(re.findall(r"\b(?:IV|I{1,3})\b", found[1].upper()))
    return [part for part in LADDER if NUMERALS[part] in named]


def weaker_than(ruling: Ruling, text: str) -> Part | None:
    """The strictest part that `text` names, when a stricter one follows; None when nothing is named or nothing contradicts."""
    named = parts_named(text)
    if ruling.part not in LADDER or not named:
        return None
    return named[-1] if LADDER.index(named[-1]) < LADDER.index(ruling.part) else None


def missing_in_part(tender: Tender, ruling: Ruling) -> Iterator[Missing]:
    """A call-off follows the rules of its framework agreement, and has a sentence of its own."""
    if not tender.framework_id and (said := weaker_than(ruling, tender.legal_basis)):
        yield Missing("value", "service_kind", format_lazy(_SAID, said=NUMERALS[said], part=NUMERALS[ruling.part]))


def missing_in_amended_part(tender: Tender, legal_basis: str | None) -> Iterator[Missing]:
    """What an amendment writes (None: nothing), against what was decided when it was announced."""
    if not legal_basis or not tender.ruling or tender.framework_id:
        return
    ruling = read_ruling(tender.ruling)
    if said := weaker_than(ruling, legal_basis):
        yield Missing("amendment", "legal_basis", format_lazy(_SAID_LATER, said=NUMERALS[said], part=NUMERALS[ruling.part]))
