"""What the page of one sheet shows: the criteria with their levels, the way to the others, and the map of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.http import SignedIn
from accounts.models import User
from accounts.page_parts import FileRow
from accounts.wording import percent
from evaluation.code_names import number_of
from evaluation.forms.scores import SheetForm, UnlockForm, comment_name, points_name
from evaluation.models import Score, ScoreSheet
from evaluation.policies.scores import is_whole
from evaluation.queries.scores import criteria_of, names_to_score, own_sheets, scores_on, sheets_on, waiting_unlock_of
from evaluation.queries.selection import still_blind
from evaluation.scores_words import judged_text, lacking_text, points_in_a_row, points_text
from evaluation.views.scoring_desk import Desk, SheetDesk
from tenders.models import Criterion


@dataclass(frozen=True)
class Level:
    """A described level, with the points inside it; `chosen` is whether they are given."""

    name: str
    text: str
    span: str
    picks: list[tuple[int, bool]]


@dataclass(frozen=True)
class CriterionRow:
    """A criterion on the sheet. `points` and `comment` are the fields of the form; none on a sheet that is only read."""

    no: int
    name: str
    weight: str
    question: str
    score: str
    judged: bool
    levels: list[Level] = field(default_factory=list)
    points: Any = None
    comment: Any = None
    reason: str = ""
    open: bool = False


def form_rows(form: SheetForm, scores: Mapping[int, Score]) -> list[CriterionRow]:
    """Every criterion, with the first one that waits, or those with something to mend, open."""
    wrong = {c.no for c in form.criteria if form[points_name(c.no)].errors or form[comment_name(c.no)].errors}
    waiting = [c.no for c in form.criteria if not is_whole(scores.get(c.no))]
    opened = wrong or set(waiting[:1])
    return [_form_row(form, criterion, is_open=criterion.no in opened) for criterion in form.criteria]


def _form_row(form: SheetForm, criterion: Criterion, *, is_open: bool) -> CriterionRow:
    points, chosen = form[points_name(criterion.no)], str(form[points_name(criterion.no)].value() or "")
    known = chosen.isdecimal() and len(chosen) < 4 and int(chosen) <= criterion.scale_max
    return CriterionRow(
        no=criterion.no,
        name=criterion.name,
        weight=percent(criterion.weight),
        question=criterion.question,
        score=_("%(points)s of %(highest)d") % {"points": chosen, "highest": criterion.scale_max} if known else _("Not judged"),
        judged=known,
        levels=_levels(criterion, chosen),
        points=points,
        comment=form[comment_name(criterion.no)],
        open=is_open,
    )


def _levels(criterion: Criterion, chosen: str) -> list[Level]:
    """The described levels from the top, and last the points that no level describes: 0, where nothing is said of it."""
    described = list(criterion.levels.all())
    levels = [_level(level.lowest, level.highest, level.name, level.text, chosen) for level in described]
    known = {value for level in described for value in range(level.lowest, level.highest + 1)}
    for value in sorted(set(range(criterion.scale_max + 1)) - known, reverse=True):
        name = _("Not described") if value else _("Not answered")
        text = _("Between the described levels.") if value else _("Nothing is said of this.")
        levels.append(_level(value, value, name, text, chosen))
    return levels


def _level(lowest: int, highest: int, name: str, text: str, chosen: str) -> Level:
    span = f"{lowest}\N{EN DASH}{highest}" if highest > lowest else str(lowest)
    return Level(name, text, span, [(value, str(value) == chosen) for value in range(lowest, highest + 1)])


def read_rows(criteria: Sequence[Criterion], scores: Mapping[int, Score]) -> list[CriterionRow]:
    """The same on a sheet that is locked."""
    return [
        CriterionRow(
            no=criterion.no,
            name=criterion.name,
            weight=percent(criterion.weight),
            question=criterion.question,
            score=points_text(scores[criterion.no].points if criterion.no in scores else None, criterion),
            judged=is_whole(scores.get(criterion.no)),
            reason=scores[criterion.no].comment if criterion.no in scores else "",
        )
        for criterion in criteria
    ]


@dataclass(frozen=True)
class Square:
    """A sketch on the map of all: «done» is locked, «begun» has a sheet."""

    number: int
    code_name: str
    url: str
    state: str
    current: bool = False

    @property
    def label(self) -> str:
        said = {"done": _("locked"), "begun": _("begun"), "": _("not begun")}[self.state]
        return _("No. %(number)d, %(state)s") % {"number": self.number, "state": said}


def map_of(desk: Desk, user: User, here: int = 0) -> list[Square]:
    """All that this person judges, in their own order."""
    sheets = own_sheets(user, desk.stage)
    squares = []
    for key, name in names_to_score(user, desk.stage, at=desk.at).items():
        number, sheet = number_of(name), sheets.get(key)
        state = "" if sheet is None else "done" if sheet.locked_at else "begun"
        squares.append(Square(number, name, desk.to.to("sheet", number), state, current=number == here))
    return squares


def counts_of(squares: Sequence[Square]) -> dict[str, int]:
    states = [square.state for square in squares]
    return {"total": len(states), "done": states.count("done"), "begun": states.count("begun"), "left": states.count("")}


def after(squares: Sequence[Square], number: int) -> Square | None:
    """The next one that is not locked, after this one in the person's order, round to the beginning; None when none is left."""
    place = next((no for no, square in enumerate(squares) if square.number == number), 0)
    round_trip = [*squares[place + 1 :], *squares[:place]]
    return next((square for square in round_trip if square.state != "done"), None)


def _neighbours(squares: Sequence[Square], number: int) -> tuple[Square | None, Square | None]:
    place = next((no for no, square in enumerate(squares) if square.number == number), None)
    if place is None:
        return None, None
    return (squares[place - 1] if place else None), (squares[place + 1] if place + 1 < len(squares) else None)


def files_of(desk: SheetDesk) -> list[FileRow]:
    return [FileRow(file.name, file.size, href=desk.to.to("sheet_file", desk.number, file.no)) for file in desk.sketch.files]


def place_of(request: SignedIn, desk: SheetDesk) -> dict[str, Any]:
    """What every page of one sketch shows around it."""
    squares = map_of(desk, request.user, desk.number) if desk.member and not desk.ranked else []
    before, following = _neighbours(squares, desk.number)
    blind = still_blind(desk.stage)
    return {
        "desk": desk,
        "to": desk.to,
        "tender": desk.tender,
        "stage": desk.stage,
        "sketch": desk.sketch,
        "files": files_of(desk),
        "blind": blind,
        "name": "" if blind else desk.row.organisation.name,
        "squares": squares,
        "counts": counts_of(squares),
        "before": before,
        "following": following,
        "tie_url": desk.to.to("tie_of", desk.number) if desk.member else "",
    }


def form_page(request: SignedIn, desk: SheetDesk, form: SheetForm, *, status: int = 200) -> HttpResponse:
    scores = scores_on(desk.sheet) if desk.sheet else {}
    shown = {
        **place_of(request, desk),
        **state_of(form.criteria, scores),
        "form": form,
        "sheet": desk.sheet,
        "rows": form_rows(form, scores),
        "several_open": bool(form.errors),
        "kept": form.is_bound and request.method == "GET",
        "last": last_locked(request.user, desk),
        "unlock_form": UnlockForm(auto_id="unlock_%s"),
    }
    return render(request, "evaluation/sheet_form.html", shown, status=status)


def state_of(criteria: Sequence[Criterion], scores: Mapping[int, Score]) -> dict[str, Any]:
    """How far the sheet has come, as it is saved."""
    lacking = [criterion for criterion in criteria if not is_whole(scores.get(criterion.no))]
    total = len(criteria)
    return {"judged": judged_text(total - len(lacking), total), "lacking": lacking_text(lacking, total)}


def read_page(request: SignedIn, desk: SheetDesk, *, form: UnlockForm | None = None, status: int = 200) -> HttpResponse:
    """One's own locked sheet; for an observer the sketch alone."""
    sheet = desk.sheet
    shown = {
        **place_of(request, desk),
        "sheet": sheet,
        "rows": read_rows(criteria_of(desk.stage), scores_on(sheet)) if sheet else [],
        "waiting": waiting_unlock_of(sheet) if sheet else None,
        "unlock_form": form or UnlockForm(auto_id="unlock_%s"),
    }
    return render(request, "evaluation/sheet_read.html", shown, status=status)


@dataclass(frozen=True)
class Others:
    """Somebody's sheet, as it is read when the scoring is closed."""

    who: str
    total: Any
    rows: list[CriterionRow]
    feedback: str
    unlocks: list[tuple[Any, str]]


def sheets_page(request: SignedIn, desk: SheetDesk) -> HttpResponse:
    """Everybody's sheets, side by side, when the scoring is closed."""
    criteria = criteria_of(desk.stage)
    sheets = [_others(sheet, criteria) for sheet in sheets_on(desk.row, desk.stage)]
    return render(request, "evaluation/sheets.html", {**place_of(request, desk), "sheets": sheets})


def _others(sheet: ScoreSheet, criteria: Sequence[Criterion]) -> Others:
    scores = {score.criterion.no: score for score in sheet.scores.all()}
    unlocks = [(unlock, _as_it_was(unlock.before, criteria)) for unlock in sheet.unlocks.all() if unlock.granted_at]
    return Others(sheet.evaluator.name, sheet.total, read_rows(criteria, scores), sheet.feedback, unlocks)


def _as_it_was(before: Mapping[str, Any], criteria: Sequence[Criterion]) -> str:
    """«Effekt 6, Nytenkning 5»: the points before the sheet was opened again."""
    given = before.get("points", {})
    return ", ".join(f"{c.name} {given[str(c.no)].split('.')[0]}" for c in criteria if str(c.no) in given)


@dataclass(frozen=True)
class Last:
    """The sheet that the person locked last."""

    sheet: ScoreSheet
    url: str
    points: str
    unlock_url: str
    waiting: bool


def last_locked(user: User, desk: Desk) -> Last | None:
    locked = [sheet for sheet in own_sheets(user, desk.stage).values() if sheet.locked_at]
    if not locked:
        return None
    sheet = max(locked, key=lambda one: (one.locked_at, one.pk))
    number = number_of(sheet.submission.code_name)
    points = points_in_a_row(list(scores_on(sheet).values()))
    unlock_url = desk.to.to("ask_unlock", number)
    return Last(sheet, desk.to.to("sheet", number), points, unlock_url, waiting=waiting_unlock_of(sheet) is not None)
