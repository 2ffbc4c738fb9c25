"""The Common Procurement Vocabulary (CPV 2008): the official codes, and how one finds a code by words or digits.

The list is a file that is read once; it has changed once since 2003. Where it comes from stands in data/README.md.
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "cpv-2008.csv"
MOST_HITS = 20
LONGEST_SEARCH = 100
# What labour-market measures are bought under, offered before anything is searched for
COMMON = (
    "79634000", "79611000", "79610000", "79633000", "85312510", "85312500", "85312300", "85312310", "85312320", "80500000",
    "80521000", "80530000", "80570000", "85300000", "85310000", "85312000", "85320000", "98133000", "98133100",
)  # fmt: skip


@dataclass(frozen=True)
class CpvCode:
    """Eight digits, and the official labels in bokmål and English."""

    code: str
    nb: str
    en: str

    @property
    def label(self) -> str:
        """In the reader's language. There is no official list in nynorsk, so it shows bokmål."""
        return self.en if (get_language() or "").startswith("en") else self.nb

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


@dataclass(frozen=True)
class Found:
    """At most 20 codes, and how many fit in all."""

    codes: Sequence[CpvCode]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.codes)


@cache
def cpv_codes() -> dict[str, CpvCode]:
    """Every code of the list, in its order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: CpvCode(row["code"], row["nb"], row["en"]) for row in csv.DictReader(file)}


def shown(codes: Iterable[str]) -> list[CpvCode]:
    """The codes with their labels; a code that the list has lost stands without one."""
    return [cpv_codes().get(code, CpvCode(code, "", "")) for code in codes]


def common_codes() -> list[CpvCode]:
    return shown(COMMON)


def search(text: str) -> Found:
    """Codes whose label has every word, or whose digits begin with it; common ones first, then those that begin with what was typed."""
    words = list(dict.fromkeys(unicodedata.normalize("NFC", text[:LONGEST_SEARCH]).casefold().split()))
    if not words:
        return Found((), 0)
    hits = [one for one in cpv_codes().values() if _fits(one.code, one.label.casefold(), words)]
    hits.sort(key=lambda one: (one.code not in COMMON, not one.label.casefold().startswith(words[0]), one.code))
    return Found(hits[:MOST_HITS], len(hits))


def _fits(code: str, label: str, words: Sequence[str]) -> bool:
    return all(code.startswith(word) or word in label for word in words)
