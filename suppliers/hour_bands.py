"""What an organisation can answer when it is asked how many hours it used, and what five or more such answers say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

# Fewer answers than this are never told to anybody
FEWEST = 5


@dataclass(frozen=True, order=True)
class Band:
    """From `lowest` hours up to `below`; the last one has no end (None)."""

    lowest: int
    below: int | None

    def __str__(self) -> str:
        return span(self.lowest, self.below)

    @property
    def end(self) -> int:
        """Where to count to: a band without an end is taken to be as wide as it is high."""
        return 2 * self.lowest if self.below is None else self.below


BANDS = (Band(0, 5), Band(5, 10), Band(10, 20), Band(20, 40), Band(40, 80), Band(80, None))


def band_from(lowest: int) -> Band | None:
    return next((band for band in BANDS if band.lowest == lowest), None)


def span(lowest: int, below: int | None) -> str:
    """«Under 5 timer», «10–19 timer», «80 timer eller mer»."""
    if below is None:
        return _("%(hours)d hours or more") % {"hours": lowest}
    return _("%(from)d–%(to)d hours") % {"from": lowest, "to": below - 1} if lowest else _("Under %(hours)d hours") % {"hours": below}


@dataclass(frozen=True)
class HoursFigure:
    """Five or more answers: the one in the middle in whole hours, and the band or bands that the middle half of them lie in."""

    answers: int
    middle: int
    half: Band

    @classmethod
    def of(cls, answers: Sequence[Band]) -> "HoursFigure | None":
        """None when there are fewer than five."""
        if len(answers) < FEWEST:
            return None
        rows = sorted(answers, key=lambda band: band.lowest)
        cut = len(rows) // 4
        first, last = rows[cut], rows[-1 - cut]
        return cls(len(rows), _middle(rows), Band(first.lowest, last.below))


def _middle(rows: Sequence[Band]) -> int:
    """The median of answers in bands: as far into the band in the middle as there are answers before it."""
    half = Decimal(len(rows)) / 2
    for band, before, inside in _counted(rows):
        if before + inside >= half:
            hours = band.lowest + (half - before) / inside * (band.end - band.lowest)
            return max(1, int(hours.quantize(Decimal(1), ROUND_HALF_UP)))
    raise ValueError("There is nothing in the middle of nothing.")


def _counted(rows: Sequence[Band]) -> Iterator[tuple[Band, int, int]]:
    """Each band with how many answers lie before it, and how many in it."""
    before = 0
    for band in sorted(set(rows), key=lambda band: band.lowest):
        inside = rows.count(band)
        yield band, before, inside
        before += inside
