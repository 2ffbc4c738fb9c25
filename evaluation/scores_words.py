"""What the pages of the scores say, made of what is known. Pure but for the language."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.number_words import number_word
from evaluation.models import Score
from evaluation.queries.scores import Scoring
from tenders.handed_in import worded
from tenders.models import Criterion, Tender


def points_text(points: Decimal | None, criterion: Criterion) -> str:
    """«7 av 10», or that it is not judged."""
    if points is None:
        return _("Not judged")
    return _("%(points)s of %(highest)d") % {"points": wording.number(points), "highest": criterion.scale_max}


def judged_text(done: int, total: int) -> str:
    return ngettext("%(done)d of %(total)d criterion", "%(done)d of %(total)d criteria", total) % {"done": done, "total": total}


def lacking_text(lacking: Sequence[Criterion], total: int) -> str:
    """When a sheet can be locked, and which criteria wait."""
    if not lacking:
        return _("Every criterion has points and a reason. When the sheet is locked, it takes another person to open it again.")
    rule = ngettext(
        "You can lock the sheet when the criterion has points and a reason.",
        "You can lock the sheet when all %(number)s criteria have points and a reason.",
        total,
    ) % {"number": number_word(total)}
    if len(lacking) == total:
        return rule
    names = listed([criterion.name for criterion in lacking])
    return rule + " " + _("Missing: %(names)s.") % {"names": names}


def listed(names: Sequence[str]) -> str:
    """«Effekt», «Effekt og Nytenkning»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def points_in_a_row(scores: Sequence[Score]) -> str:
    """«Effekt 6, Nytenkning 5»."""
    return ", ".join(f"{score.criterion.name} {wording.number(score.points)}" for score in scores if score.points is not None)


def scoring_heading(tender: Tender, locked: int, total: int) -> str:
    """The heading of one's own list: how far one has come."""
    left = total - locked
    if not total:
        return _("There is nothing to judge yet")
    if not left:
        return _("You have locked every sheet")
    text = worded(
        tender,
        ngettext("One sketch is left to judge", "%(number)s sketches are left to judge", left),
        ngettext("One offer is left to judge", "%(number)s offers are left to judge", left),
    )
    return text % {"number": number_word(left).capitalize()}


def panel_heading(tender: Tender, scoring: Scoring | None, count: int) -> str:
    """For those who give no points themselves: how far the panel has come, or how much there is to read."""
    if scoring is None:
        text = worded(
            tender,
            ngettext("One sketch to read", "%(number)s sketches to read", count),
            ngettext("One offer to read", "%(number)s offers to read", count),
        )
        return text % {"number": number_word(count).capitalize()}
    if not scoring.admitted:
        return _("There is nothing to judge yet")
    if not scoring.missing:
        return _("The panel has locked every sheet")
    return ngettext("The panel has one sheet left to lock", "The panel has %(number)s sheets left to lock", scoring.missing) % {
        "number": number_word(scoring.missing)
    }


def scored_heading(tender: Tender, count: int) -> str:
    text = worded(
        tender,
        ngettext("The panel has judged one sketch", "The panel has judged %(number)s sketches", count),
        ngettext("The panel has judged one offer", "The panel has judged %(number)s offers", count),
    )
    return text % {"number": number_word(count)}
