"""The letters of a tender, from draft to mail; for officer, approver and auditor."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.commands.note_access import note_access
from accounts.http import SignedIn, once, typed
from accounts.refused import Refused
from evaluation.commands.mend_letter import What, mend_letter
from evaluation.commands.write_grounds import write_grounds
from evaluation.decision_letter import DecisionLetter
from evaluation.forms.selection import GroundsForm
from evaluation.letters_page import by_batch, needs_a_person, outcome_of, text_of
from evaluation.policies.selection import MendLetterPolicy, WriteGroundsPolicy
from evaluation.queries import selection as queries
from evaluation.views.stages import tender_asked
from letters.models import Letter
from tenders.models import Tender
from tenders.queries.visibility import sees_preparing

WAYS = ("retry", "went", "mail_again")


@require_safe
def letters(request: SignedIn, reference: str) -> HttpResponse:
    """Every letter of the tender, the newest act first."""
    tender = _tender(request, reference)
    batches = by_batch(tender, list(queries.tender_letters(tender).defer("body")))
    if not batches:
        raise Http404
    return render(request, "evaluation/letters.html", {"tender": tender, "batches": batches})


def _tender(request: SignedIn, reference: str) -> Tender:
    """Those with a tie find no such page: every letter tells who took part and what became of them."""
    at = clock.now()
    tender = tender_asked(request, reference, at=at)
    if not sees_preparing(request.user, tender, at=at) or queries.has_tie(request.user, tender):
        raise Http404
    return tender


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: SignedIn, reference: str, letter_id: UUID) -> HttpResponse:
    """One letter as its recipient will read it; while it is a draft the officer writes the grounds here."""
    tender = _tender(request, reference)
    found = get_object_or_404(queries.tender_letters(tender), pk=letter_id)
    refusal = _grounds_refusal(request, found)
    form = GroundsForm(typed(request), initial={"grounds": found.facts.get("grounds", "")})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _write(request, tender, found, form.cleaned_data["grounds"]))
        except Refused as refused:
            if refusal:
                raise
            form.add_error(None, str(refused))
    note_access(what="evaluation.letter_read", about=f"letters.Letter:{found.pk}", by=request.user, at=clock.now())
    return render(request, "evaluation/letter.html", {"form": None if refusal else form} | _shown(request, tender, found))


def _grounds_refusal(request: SignedIn, letter: Letter) -> str:
    """«-» for a letter that answers nothing that was handed in."""
    selection, submission = queries.selection_of(letter), queries.submission_of_letter(letter)
    if selection is None or submission is None:
        return "-"
    return WriteGroundsPolicy(selection, letter, submission, clock.now()).refusal(request.user)


def _write(request: SignedIn, tender: Tender, letter: Letter, grounds: str) -> str:
    write_grounds(letter_id=letter.pk, grounds=grounds, by=request.user, at=clock.now())
    messages.success(request, _("The grounds are kept. This is how the letter reads now."))
    return reverse("evaluation:letter", args=[tender.reference, letter.pk])


def _shown(request: SignedIn, tender: Tender, letter: Letter) -> dict[str, Any]:
    at = clock.now()
    answers, written = "outcome" in letter.facts, letter.batch.approved_at or at
    return {
        "tender": tender,
        "letter": letter,
        "outcome": outcome_of(letter),
        "page": DecisionLetter.of(letter.facts, written_at=written, released_at=letter.released_at) if answers else None,
        "text": "" if answers else text_of(letter),
        "trouble": needs_a_person(letter),
        "mends": not MendLetterPolicy(tender, at).refusal(request.user),
        **_beside(tender, letter),
    }


def _beside(tender: Tender, letter: Letter) -> dict[str, Any]:
    """The letters before and after this one, in the order of the list; at the ends there is none."""
    batch = list(queries.tender_letters(tender).filter(batch=letter.batch_id).defer("body", "facts"))
    here = next(place for place, other in enumerate(batch) if other.pk == letter.pk)
    return {"before": batch[here - 1] if here else None, "following": batch[here + 1] if here + 1 < len(batch) else None}


@require_POST
def mend(request: SignedIn, reference: str, letter_id: UUID) -> HttpResponse:
    """Try again, or say what became of the mail."""
    tender = _tender(request, reference)
    found = get_object_or_404(queries.tender_letters(tender), pk=letter_id)
    what = request.POST.get("what", "")
    if what not in WAYS:
        raise Http404
    return once(request, lambda: _mend(request, tender, found, cast(What, what)))


def _mend(request: SignedIn, tender: Tender, letter: Letter, what: What) -> str:
    mend_letter(tender_id=tender.pk, letter_id=letter.pk, what=what, by=request.user, at=clock.now())
    messages.success(request, _("Done. It stands in the journal who did it."))
    return reverse("evaluation:letters", args=[tender.reference])
