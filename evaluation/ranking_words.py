"""What the ranking says in words: who is equal and what decides, and whether the order holds when a weight moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.number_words import number_word
from accounts.wording import number
from evaluation.ranking import SHIFT, Ranked, Trial, tie_order
from evaluation.scores_words import listed
from tenders.handed_in import worded
from tenders.models import Criterion, Tender


def ranking_heading(tender: Tender, rows: Sequence[Ranked]) -> str:
    if not rows:
        return _("There is nothing to rank")
    text = worded(
        tender,
        ngettext("The panel has ranked one sketch", "The panel has ranked %(number)s sketches", len(rows)),
        ngettext("The panel has ranked one offer", "The panel has ranked %(number)s offers", len(rows)),
    )
    return text % {"number": number_word(len(rows))}


def ranking_lead(rows: Sequence[Ranked], trials: Sequence[Trial], places: int) -> str:
    """The answer first: do those in the places stand firm?"""
    if len(rows) <= places:
        return _("There are no more of them than places.")
    if rows[places - 1].rank == rows[places].rank:
        return _("The last place is shared, so the panel must give grounds for whom it proposes.")
    ins = {row.submission_id for row in rows[:places]}
    moved = [trial for trial in trials if {key for key, place in trial.ranks.items() if place <= places} != ins]
    if not moved:
        said = ngettext("The one on top keeps the place", "The %(number)s on top keep their places", places) % {
            "number": number_word(places)
        }
        return _("%(who)s, whichever weight we move by five points.") % {"who": said}
    times = ngettext("in one of %(total)s trials", "in %(number)s of %(total)s trials", len(moved))
    counted = times % {"number": number_word(len(moved)), "total": number_word(len(trials))}
    return _("Others would be selected %(times)s when we move one weight by five points.") % {"times": counted}


@dataclass(frozen=True)
class Tie:
    """Equal totals, and what decides between them."""

    heading: str
    text: str


def ties_of(rows: Sequence[Ranked], criteria: Sequence[Criterion], shown: int) -> list[Tie]:
    """Of the rows that are shown with all their figures."""
    groups = [list(group) for _total, group in groupby(rows[:shown], key=lambda row: row.exact)]
    return [_tie(group, criteria) for group in groups if len(group) > 1]


def _tie(group: Sequence[Ranked], criteria: Sequence[Criterion]) -> Tie:
    names = listed([row.code_name for row in group])
    heading = _("Equal in place %(rank)d:") % {"rank": group[0].rank}
    equal = _("%(names)s have the same total, %(total)s.") % {"names": names, "total": number(group[0].total, 2)}
    if len({row.rank for row in group}) == 1:
        return Tie(heading, equal + " " + _("They are equal on every criterion too, so they share the place."))
    by_no = {criterion.no: criterion for criterion in criteria}
    deciding = _deciding(group, criteria)
    points = listed([f"{row.code_name} {number(row.means[deciding.no], 2)}" for row in group])
    heaviest = deciding == by_no[tie_order({criterion.no: criterion.weight for criterion in criteria})[0]]
    rule = (
        _("The rule says that the criterion with the highest weight decides then.")
        if heaviest
        else _("They are equal on the criteria with higher weights, so the next one decides.")
    )
    return Tie(heading, " ".join([equal, rule, _("%(criterion)s: %(points)s.") % {"criterion": deciding.name, "points": points}]))


def _deciding(group: Sequence[Ranked], criteria: Sequence[Criterion]) -> Criterion:
    by_no = {criterion.no: criterion for criterion in criteria}
    order = tie_order({criterion.no: criterion.weight for criterion in criteria})
    return next(by_no[no] for no in order if len({row.exact_means[no] for row in group}) > 1)


def does_it_hold(rows: Sequence[Ranked], trials: Sequence[Trial], shown: int) -> str:
    """Which places hold in every trial, and which do not."""
    firm = [row for row in rows[:shown] if all(trial.ranks[row.submission_id] == row.rank for trial in trials)]
    loose = [row for row in rows[:shown] if row not in firm]
    if not loose:
        return _("Yes. Everyone here keeps their place in all %(number)s trials.") % {"number": number_word(len(trials))}
    names = listed([row.code_name for row in loose])
    if not firm:
        return _("No. These change places in some of the %(number)s trials: %(names)s.") % {
            "number": number_word(len(trials)),
            "names": names,
        }
    kept = listed([row.code_name for row in firm])
    text = _("These keep their place in all %(number)s trials: %(kept)s. These change places in some of them: %(names)s.")
    return text % {"kept": kept, "number": number_word(len(trials)), "names": names}


def place_words(best: int, worst: int) -> str:
    """«alltid 1», «3 eller 4», «3 til 5»."""
    if best == worst:
        return _("always %(place)d") % {"place": best}
    text = _("%(best)d or %(worst)d") if worst - best == 1 else _("%(best)d to %(worst)d")
    return text % {"best": best, "worst": worst}


def trial_heading(trial: Trial) -> str:
    return f"+{SHIFT}" if trial.shift > 0 else f"\N{MINUS SIGN}{SHIFT}"


def totals_shown(rows: Sequence[Ranked]) -> dict[int, str]:
    """Total by code number, with two decimals; with four where two that differ would look equal."""
    looks = [number(row.total, 2) for row in rows]
    exact: dict[str, set[object]] = {}
    for row, look in zip(rows, looks, strict=True):
        exact.setdefault(look, set()).add(row.exact)
    return {row.number: look if len(exact[look]) == 1 else number(row.total, 4) for row, look in zip(rows, looks, strict=True)}
