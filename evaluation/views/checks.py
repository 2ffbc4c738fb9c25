"""The formal check: letting in and rejecting, by name, by the officer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock, journal, wording
from accounts.commands.note_access import note_access
from accounts.http import SignedIn, once, typed
from accounts.refused import Refused
from evaluation import queries
from evaluation.addresses import stage_address
from evaluation.check_words import check_facts
from evaluation.commands.admit_submissions import admit_submissions
from evaluation.commands.reject_submission import reject_submission
from evaluation.forms.checks import RejectForm
from evaluation.policies.checks import CheckSubmissionsPolicy, DecideOnPolicy
from evaluation.queries.checks import checks_in, unchecked
from evaluation.views.stages import stage_asked
from evaluation.views.submissions import found_submission, page_address, tender_of_staff
from tenders.handed_in import worded
from tenders.models import Stage


@require_POST
def admit_all(request: SignedIn, reference: str) -> HttpResponse:
    """Let in everything that waits for the check, but for what differs from its receipt: that is looked at one by one."""
    stage = stage_asked(request, tender_of_staff(request, reference, at=clock.now()))
    if stage is None:
        raise Http404
    CheckSubmissionsPolicy(stage, clock.now()).check(request.user)
    return once(request, lambda: _admit(request, stage, _sound(request, stage), stage_address("submissions", stage)))


def _sound(request: SignedIn, stage: Stage) -> list[UUID]:
    waiting = unchecked(request.user, stage, at=clock.now()).exclude(pk__in=queries.opening_of(stage).differing)
    found = list(waiting.prefetch_related(None).values_list("pk", flat=True))
    if not found:
        raise Refused(_("Nothing waits for the check any more. Look at the list again."))
    return found


def _admit(request: SignedIn, stage: Stage, submissions: list[UUID], back: str) -> str:
    count = admit_submissions(stage_id=stage.pk, submission_ids=submissions, by=request.user, at=clock.now())
    said = worded(
        stage.tender,
        ngettext("%(count)s sketch is let in to be judged.", "%(count)s sketches are let in to be judged.", count),
        ngettext("%(count)s offer is let in to be judged.", "%(count)s offers are let in to be judged.", count),
    )
    messages.success(request, said % {"count": wording.number(count)})
    return back


@require_POST
def admit(request: SignedIn, reference: str, submission_id: UUID) -> HttpResponse:
    """Let in one, also one that was rejected before."""
    stage, found = found_submission(request, reference, submission_id, at=clock.now())
    return once(request, lambda: _admit(request, stage, [found.pk], page_address(found, stage)))


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: SignedIn, reference: str, submission_id: UUID) -> HttpResponse:
    """Reject one, with its ground and reason."""
    at = clock.now()
    stage, found = found_submission(request, reference, submission_id, at=at)
    DecideOnPolicy(stage, [found.pk], at).check(request.user)
    form = RejectForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _reject(request, stage, found.pk, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    note_access(what="evaluation.submission_read", about=journal.about_of(found), by=request.user, at=at)
    facts = check_facts(checks_in(stage).get(found.pk))
    shown = {"tender": stage.tender, "stage": stage, "submission": found, "form": form, "facts": facts}
    return render(
        request, "evaluation/reject.html", shown | {"back": page_address(found, stage), "address": page_address(found, stage, "reject")}
    )


def _reject(request: SignedIn, stage: Stage, submission_id: UUID, form: RejectForm) -> str:
    reject_submission(submission_id=submission_id, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, _("It is rejected. The supplier is told in the letter, at the same time as everybody else."))
    return stage_address("submissions", stage)
