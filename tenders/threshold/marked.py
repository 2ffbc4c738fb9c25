"""The texts with what is long in them marked, sentence by sentence."""

from dataclasses import dataclass

from tenders.threshold.draft import Draft
from tenders.threshold.reading import lix, sentences_in
from tenders.threshold.words import is_long, whole_text


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `words` is its length when it is a long sentence, else 0."""

    text: str
    words: int


@dataclass(frozen=True)
class MarkedText:
    """A text that has at least one long sentence."""

    section: str
    field: str
    pieces: list[Piece]


def marked_texts(draft: Draft) -> list[MarkedText]:
    """Those with a long sentence, whole."""
    found = []
    for one in draft.texts:
        pieces = [Piece(part.text, part.words if is_long(part) else 0) for part in sentences_in(one.text)]
        if any(piece.words for piece in pieces):
            found.append(MarkedText(one.section, one.field, pieces))
    return found


def lix_of(draft: Draft) -> int:
    """Of all that is written in the announcement."""
    return lix(whole_text(draft))
