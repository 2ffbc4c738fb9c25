"""The list of sheets: one's own while points are given, how far the panel has come, and the closing of the scoring."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.http import SignedIn, once, typed
from accounts.page_parts import Cell, Column
from accounts.roles import Role
from accounts.wording import number
from evaluation.commands.close_scoring import close_scoring
from evaluation.commands.grant_unlock import grant_unlock
from evaluation.forms.scores import CloseScoringForm, UnlockForm
from evaluation.policies.scores import MayClosePolicy
from evaluation.queries.panel import has_declared, must_declare
from evaluation.queries.ranking import ranking_of
from evaluation.queries.scores import scoring_seen_by, unlock_is_in, unlocks_waiting_for
from evaluation.scores_words import panel_heading, scored_heading, scoring_heading
from evaluation.views.scoring_desk import Desk, desk_of
from evaluation.views.sheet_parts import counts_of, last_locked, map_of
from tenders.handed_in import worded
from tenders.queries import is_assigned


@require_safe
def scores(request: SignedIn, reference: str) -> HttpResponse:
    """For the panel, officer, approver and auditor; what each sees depends on whether the scoring is closed."""
    desk = desk_of(request, reference, at=clock.now())
    if must_declare(request.user, desk.tender, at=desk.at) and not has_declared(request.user, desk.stage):
        return render(request, "evaluation/scores_undeclared.html", {"tender": desk.tender, "declare_url": desk.to.declarations})
    return _ranked(request, desk) if desk.ranked else _under_way(request, desk)


def _under_way(request: SignedIn, desk: Desk, form: CloseScoringForm | None = None, status: int = 200) -> HttpResponse:
    squares = map_of(desk, request.user) if desk.member else []
    counts = counts_of(squares)
    chair = is_assigned(request.user, desk.tender, Role.CHAIR, at=desk.at)
    scoring = scoring_seen_by(request.user, desk.stage, at=desk.at) if chair or not desk.member else None
    shown: dict[str, Any] = {
        "desk": desk,
        "to": desk.to,
        "tender": desk.tender,
        "stage": desk.stage,
        "heading": scoring_heading(desk.tender, counts["done"], counts["total"])
        if desk.scorer
        else panel_heading(desk.tender, scoring, counts["total"]),
        "squares": squares,
        "counts": counts,
        "next": next((square for square in squares if square.state != "done"), None),
        "last": last_locked(request.user, desk) if desk.scorer else None,
        "unlock_form": UnlockForm(auto_id="unlock_%s"),
        "scoring": scoring,
        "chair": chair,
        "unlocks": unlocks_waiting_for(request.user, {desk.tender.pk: _answers_as(request, desk)}, [desk.stage]),
    }
    if chair:
        shown |= _closing(request, desk, form)
    return render(request, "evaluation/scores.html", shown, status=status)


def _answers_as(request: SignedIn, desk: Desk) -> set[str]:
    return {role for role in (Role.CHAIR, Role.APPROVER) if is_assigned(request.user, desk.tender, role, at=desk.at)}


def _closing(request: SignedIn, desk: Desk, form: CloseScoringForm | None) -> dict[str, Any]:
    """Counted over what the chair may know of; that is everything for a chair who may close."""
    seen = scoring_seen_by(request.user, desk.stage, at=desk.at)
    refusal = MayClosePolicy(desk.stage, seen, desk.at).refusal(request.user)
    return {"close_form": form or CloseScoringForm(missing=seen.missing), "close_refusal": refusal}


def _ranked(request: SignedIn, desk: Desk) -> HttpResponse:
    """Everybody's sheets, a line for each sketch; the points themselves stand on its page."""
    ranked = sorted(ranking_of(desk.stage, request.user, at=desk.at), key=lambda row: row.number)
    columns = [
        Column(worded(desk.tender, _("Sketch"), _("Offer"))),
        Column(_("Points"), number=True),
        Column(_("Sheets"), number=True),
        Column(_("Lowest and highest"), number=True),
    ]
    rows = [
        [
            Cell(row.code_name, href=desk.to.to("sheet", row.number)),
            Cell(number(row.total, 2)),
            Cell(str(len(row.totals))),
            Cell(f"{number(row.totals[0], 2)} / {number(row.totals[-1], 2)}"),
        ]
        for row in ranked
    ]
    shown = {"tender": desk.tender, "to": desk.to, "heading": scored_heading(desk.tender, len(rows)), "columns": columns, "rows": rows}
    return render(request, "evaluation/scored.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedIn, reference: str) -> HttpResponse:
    """The chair closes the scoring; with a reason when some sheets are not locked."""
    desk = desk_of(request, reference, at=clock.now())
    if not is_assigned(request.user, desk.tender, Role.CHAIR, at=desk.at):
        raise Http404
    posted, data = request.method == "POST", typed(request)
    if data is None or (desk.ranked and not posted):
        return HttpResponseRedirect(desk.to.scores)
    form = CloseScoringForm(data, missing=scoring_seen_by(request.user, desk.stage, at=desk.at).missing)
    if posted and (form.is_valid() or desk.ranked):
        return once(request, lambda: _close(request, desk, form.cleaned_data.get("reason", "")))
    return _under_way(request, desk, form, status=422 if posted else 200)


def _close(request: SignedIn, desk: Desk, reason: str) -> str:
    close_scoring(stage_id=desk.stage.pk, reason=reason, by=request.user, at=desk.at)
    messages.success(request, _("The scoring is closed. This is the ranking."))
    return desk.to.ranking


@require_POST
def grant(request: SignedIn, reference: str, unlock_id: UUID) -> HttpResponse:
    """Let somebody change a locked sheet."""
    desk = desk_of(request, reference, at=clock.now())
    if not unlock_is_in(desk.stage, unlock_id):
        raise Http404
    return once(request, lambda: _grant(request, desk, unlock_id))


def _grant(request: SignedIn, desk: Desk, unlock_id: UUID) -> str:
    grant_unlock(unlock_id=unlock_id, by=request.user, at=desk.at)
    messages.success(request, _("The sheet is open for its owner. The old points stay in the case."))
    return desk.to.scores
