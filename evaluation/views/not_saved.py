"""What the person gave, which was not saved, beside what is saved. Nothing is overwritten and nothing is lost."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.http import SignedIn
from evaluation.forms.scores import SheetForm, comment_name, points_name
from evaluation.models import Score
from evaluation.queries.scores import own_sheet, scores_on
from evaluation.views.scoring_desk import SheetDesk


@dataclass(frozen=True)
class Pair:
    """One field of the sheet in two versions."""

    name: str
    label: str
    yours: str
    saved: str


def not_saved_page(request: SignedIn, desk: SheetDesk, form: SheetForm, reason: str, *, newer: bool = False) -> HttpResponse:
    sheet = own_sheet(request.user, desk.row)
    given = form.as_typed()
    saved = _saved(form, sheet.feedback if sheet else "", {} if sheet is None else scores_on(sheet))
    pairs = [Pair(name, _label(form, name), value, saved.get(name, "")) for name, value in given.items()]
    shown = {
        "desk": desk,
        "tender": desk.tender,
        "reason": reason,
        "newer": newer,
        "all": pairs,
        "differing": [pair for pair in pairs if pair.yours.split() != pair.saved.split()],
        "draft_no": sheet.draft_no if sheet else 0,
    }
    return render(request, "evaluation/sheet_not_saved.html", shown, status=409)


def _saved(form: SheetForm, feedback: str, scores: dict[int, Score]) -> dict[str, str]:
    fresh = SheetForm(None, criteria=form.criteria, scores=scores, feedback=feedback, draft_no=0)
    return {name: str(fresh[name].value() or "") for name in fresh.fields if name != "draft_no"}


def _label(form: SheetForm, name: str) -> str:
    for criterion in form.criteria:
        if name == points_name(criterion.no):
            return _("%(criterion)s: points") % {"criterion": criterion.name}
        if name == comment_name(criterion.no):
            return _("%(criterion)s: reason for the file") % {"criterion": criterion.name}
    return str(form.fields[name].label)
