"""The ranking, once the chair has closed the scoring: by code names, with spread, ties and whether the order holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import SignedIn
from accounts.wording import money, number, percent
from evaluation import ranking_words as words
from evaluation.addresses import stage_address
from evaluation.models import PriceScore, SelectionItem
from evaluation.price_words import arithmetic
from evaluation.queries.panel import conflicts_of, has_declared, must_declare
from evaluation.queries.ranking import price_scores, ranking_of
from evaluation.queries.scores import every_criterion
from evaluation.queries.selection import current_selection, items_of
from evaluation.ranking import Ranked, Trial, trials
from evaluation.ranking_chart import Scale, Spread, ladder_of, scale_of, spread_of
from evaluation.views.scoring_desk import Desk, desk_of
from tenders.models import Criterion, Stage
from tenders.phases import StagePhase

# So many are shown with all their figures; the others by their totals
TOP = 10


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    row: Ranked
    url: str
    total: str
    spread: Spread
    spread_label: str
    means: list[tuple[str, str, str]]
    proposed: bool
    last_in: bool


@require_safe
def ranking(request: SignedIn, reference: str) -> HttpResponse:
    """Before the scoring is closed there is no such page, for anybody."""
    desk = desk_of(request, reference, at=clock.now())
    if not desk.ranked:
        raise Http404
    if must_declare(request.user, desk.tender, at=desk.at) and not has_declared(request.user, desk.stage):
        return render(request, "evaluation/scores_undeclared.html", {"tender": desk.tender, "declare_url": desk.to.declarations})
    rows = ranking_of(desk.stage, request.user, at=desk.at)
    ties = conflicts_of(request.user, desk.stage).exists()
    return render(
        request, "evaluation/ranking.html", {**_shown(desk, rows, ties=ties), "own_ties": ties, "propose_url": _propose_url(desk)}
    )


def _propose_url(desk: Desk) -> str:
    """What the chair does next; the page says why when the chair may not."""
    return stage_address("selection", desk.stage) if desk.chair and desk.stage.phase == StagePhase.SCORED else ""


def _shown(desk: Desk, rows: Sequence[Ranked], *, ties: bool) -> dict[str, Any]:
    """`ties`: the reader has ties, so there may be more sketches than these."""
    criteria, places = every_criterion(desk.stage), desk.stage.selects
    weights = {criterion.no: criterion.weight for criterion in criteria}
    tried, top = trials(rows, weights), max(TOP, places)
    scale, totals = scale_of(rows[:top]), words.totals_shown(rows)
    chosen, prices = _chosen(desk), price_scores(desk.stage)
    ladder = ladder_of(rows, tried, places)
    return {
        "tender": desk.tender,
        "stage": desk.stage,
        "to": desk.to,
        "heading": words.ranking_heading(desk.tender, rows),
        "lead": "" if not rows or (ties and len(rows) <= places) else words.ranking_lead(rows, tried, places),
        "chosen": _("Proposed") if desk.stage.phase == StagePhase.PROPOSED else _("Selected"),
        "cut": len(rows) > places,
        "criteria": [(criterion.name, percent(criterion.weight)) for criterion in criteria],
        "marks": scale.marks,
        "lines": [
            _line(desk, row, _means(row, criteria, prices), scale, totals, chosen, last_in=no == places < len(rows))
            for no, row in enumerate(rows[:top], 1)
        ],
        "prices": _price_rows(desk.stage, rows, prices),
        "others": [(row, desk.to.to("sheet", row.number), totals[row.number]) for row in rows[top:]],
        "ties": words.ties_of(rows, criteria, top),
        "ladder": ladder,
        "rungs": [(rung, words.place_words(rung.best, rung.worst)) for rung in ladder.rungs],
        "holds": words.does_it_hold(rows, tried, len(ladder.rungs)) if tried else "",
        "trials": _trial_columns(criteria, tried),
    }


def _line(
    desk: Desk, row: Ranked, means: list[tuple[str, str, str]], scale: Scale, totals: dict[int, str], chosen: set[Any], *, last_in: bool
) -> Line:
    low, high = number(row.totals[0], 2), number(row.totals[-1], 2)
    return Line(
        row=row,
        url=desk.to.to("sheet", row.number),
        total=totals[row.number],
        spread=spread_of(row, scale),
        spread_label=_("From %(low)s to %(high)s, mean %(mean)s") % {"low": low, "high": high, "mean": totals[row.number]},
        means=means,
        proposed=row.submission_id in chosen,
        last_in=last_in,
    )


def _means(row: Ranked, criteria: Sequence[Criterion], prices: Mapping[UUID, PriceScore]) -> list[tuple[str, str, str]]:
    """Name and points of each criterion; of the price the amount too."""
    by_levels = [(one.name, number(row.means[one.no], 1), "") for one in criteria if not one.formula]
    priced = [(one.name, number(row.means[one.no], 2), money(prices[row.submission_id].price)) for one in criteria if one.formula]
    return by_levels + priced


def _price_rows(stage: Stage, rows: Sequence[Ranked], prices: Mapping[UUID, PriceScore]) -> list[tuple[Ranked, PriceScore, str]]:
    """How each price gave its points, counted from the lowest that stands here. Empty where price does not count."""
    criterion = stage.price_criterion
    if criterion is None or not rows:
        return []
    lowest = min(prices[row.submission_id].price for row in rows)
    found = []
    for row in rows:
        price, points = prices[row.submission_id], row.means[criterion.no]
        how = arithmetic(criterion.formula, price.price, lowest, points, scale=criterion.scale_max)
        found.append((row, price, how))
    return found


def _chosen(desk: Desk) -> set[Any]:
    """Those that are proposed or selected now."""
    selection = current_selection(desk.stage)
    items: list[SelectionItem] = items_of(selection) if selection else []
    return {item.submission_id for item in items}


def _trial_columns(criteria: Sequence[Criterion], tried: Sequence[Trial]) -> list[tuple[str, str]]:
    names = {criterion.no: criterion.name for criterion in criteria}
    return [(names[trial.criterion], words.trial_heading(trial)) for trial in tried]
