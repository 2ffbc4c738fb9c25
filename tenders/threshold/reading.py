"""How heavy a text is to read: LIX, and the sentences that are long."""

import re
from dataclasses import dataclass

LONG_WORD = 6
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,  ]\d+)*")
# A full stop inside «1.3» or «kl.12» ends nothing: only one before a space or the end does
_END = re.compile(r"[.!?:]+(?=[\s»\")]|$)[»\")]*|\n+")


@dataclass(frozen=True)
class Sentence:
    """A piece of a text with the space after it, so that all pieces together are the text."""

    text: str
    words: int


def words_in(text: str) -> list[str]:
    """Words and figures, without signs."""
    return _WORD.findall(text)


def sentences_in(text: str) -> list[Sentence]:
    """The text cut after each . ! ? : and at each line break."""
    pieces, start = [], 0
    for end in _END.finditer(text):
        pieces.append(text[start : end.end()])
        start = end.end()
    pieces.append(text[start:])
    return [Sentence(piece, len(words_in(piece))) for piece in pieces if piece]


def lix(text: str) -> int:
    """Words per sentence, and long words (more than 6 letters) in a hundred: LIX = words/sentences + 100 x long/words, rounded.

    Carl-Hugo Björnsson, Läsbarhet, Liber 1968: below 30 very easy, 30-40 easy, 40-50 middling, 50-60 hard, above 60 very hard.
    A line break ends a sentence too, as headings and lists do. 0 for a text without words.
    """
    words = words_in(text)
    if not words:
        return 0
    sentences = sum(1 for one in sentences_in(text) if one.words)
    long = sum(1 for word in words if len(word) > LONG_WORD)
    return int(len(words) / sentences + 100 * long / len(words) + 0.5)
