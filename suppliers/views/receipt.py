"""The receipt as page, paper and file, and the check that is open to everybody."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn
from accounts.page_parts import Cell, Column, RoadStep, Tag
from accounts.wording import clock_time, day_without_year, moment_seconds, money
from letters import pdf
from suppliers.completeness import TITLE
from suppliers.documents.receipt import receipt_html, shown, what_it_earns
from suppliers.envelopes import manifest_of, read_opened_manifest
from suppliers.forms.submission import VerifyReceiptForm
from suppliers.hours_asked import hours_asked
from suppliers.models import Receipt
from suppliers.phases import SubmissionPhase
from suppliers.policies.submission import TakeBackPolicy
from suppliers.queries.submissions import attachments_of, own_receipts, receipt_by_number
from suppliers.receipts import as_file, same_fingerprint
from suppliers.views.submission_desk import Desk, desk_of
from suppliers.views.submission_parts import listed, own_answers
from tenders.handed_in import worded
from tenders.models import Stage
from tenders.phases import StagePhase


@require_safe
def receipt(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """The newest receipt, or the one that the address names, with what happens next and the earlier ones."""
    at, desk = clock.now(), desk_of(request, reference, no)
    every = list(own_receipts(request.user, desk.stage))
    chosen = _chosen(request, every)
    organisation = chosen.version.submission.organisation
    same = [one for one in every if one.version.submission.organisation_id == organisation.pk]
    stands = _stands(chosen)
    context = {
        "desk": desk,
        "to": desk.to,
        "stage": desk.stage,
        "tender": desk.stage.tender,
        "receipt": chosen,
        "stands": stands,
        "past": not stands,
        "withdrawn": _withdrawn(chosen, every),
        "tag": _tag(chosen, every),
        "shown": shown(chosen, own_title(chosen)),
        "pdf_url": desk.to.receipt_part("receipt_pdf", chosen.number),
        "json_url": desk.to.receipt_part("receipt_json", chosen.number),
        "addresses": listed(list(people.members_of(organisation).values_list("email", flat=True))),
        "asked": hours_asked(chosen.version.submission, request.user, back=desk.to.receipt) if stands else None,
        "road": road_from(desk.stage, at=at) if stands else [],
        "earns": what_it_earns(desk.stage),
        "open": desk.stage.is_open_at(at),
        "refusal": TakeBackPolicy(desk.stage, chosen.version.submission, at).refusal(request.user),
        "columns": [Column(_("Number")), Column(_("Received")), Column(_("State"))],
        "rows": [_row(desk, one, every) for one in same if one != chosen],
    }
    return render(request, "suppliers/receipt.html", context)


@require_safe
def receipt_pdf(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """The receipt on paper; as a page where the machine can't make PDFs."""
    desk = desk_of(request, reference, no)
    chosen = _chosen(request, list(own_receipts(request.user, desk.stage)))
    html = receipt_html(chosen, title=own_title(chosen))
    if not pdf.available():
        return _private(HttpResponse(html))
    response = HttpResponse(pdf.render_pdf(html), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{chosen.number}.pdf") or ""
    return _private(response)


@require_safe
def receipt_json(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """The receipt for a program: what `verify_receipt` checks."""
    desk = desk_of(request, reference, no)
    chosen = _chosen(request, list(own_receipts(request.user, desk.stage)))
    response = JsonResponse(as_file(chosen, _manifest(chosen)), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = content_disposition_header(True, f"{chosen.number}.json") or ""
    return _private(response)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify_receipt(request: HttpRequest) -> HttpResponse:
    """Says whether number and fingerprint belong together; when, only after the stage is opened; whose, never."""
    form = VerifyReceiptForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        found = receipt_by_number(form.cleaned_data["number"])
        holds = found is not None and same_fingerprint(form.cleaned_data["fingerprint"], found.commitment)
        opened = found is not None and not found.version.submission.stage.sealed
        context |= {"holds": holds, "answered": True, "received_at": found.received_at if found and holds and opened else None}
    return render(request, "suppliers/receipt_verify.html", context, status=422 if form.errors else 200)


def _chosen(request: SignedIn, every: list[Receipt]) -> Receipt:
    """The receipt named by its number, else the newest one of the organisation that the address names. 404 without any."""
    number, organisation = request.GET.get("number"), request.GET.get("organisation")
    for one in every:
        if number in {None, one.number} and organisation in {None, one.version.submission.organisation.number}:
            return one
    raise Http404


def _stands(receipt: Receipt) -> bool:
    """Whether what it is a receipt for is what will be, or was, opened."""
    return receipt.version.replaced_at is None


def _withdrawn(receipt: Receipt, every: list[Receipt]) -> bool:
    """Whether this is what was withdrawn, and not something that had been taken back before."""
    submission = receipt.version.submission
    later = [one for one in every if one.version.submission_id == submission.pk and one.version.no > receipt.version.no]
    return submission.phase == SubmissionPhase.WITHDRAWN and not later


def _tag(receipt: Receipt, every: list[Receipt]) -> Tag:
    if _stands(receipt) and not receipt.version.submission.stage.sealed:
        return Tag(_("Opened"), "info")
    if _stands(receipt) and receipt.version.submission.stage.phase == StagePhase.CANCELLED:
        return Tag(_("Never opened"), "neutral", "PadlockLocked")
    if _stands(receipt):
        return Tag(_("Handed in and sealed"), "success", "PadlockLocked")
    if _withdrawn(receipt, every):
        return Tag(_("Withdrawn"), "neutral")
    return Tag(_("Taken back"), "neutral")


def own_title(receipt: Receipt) -> str:
    """What the idea is called; «» when what was handed in is gone."""
    return own_answers(receipt.version.submission).get(TITLE, "") if _stands(receipt) else ""


def _manifest(receipt: Receipt) -> dict[str, object] | None:
    """The manifest while its content is there. Until opening it is what text and files give; then it is the opened one."""
    submission = receipt.version.submission
    if not _stands(receipt):
        return None
    if submission.phase == SubmissionPhase.OPENED:
        return read_opened_manifest(receipt.version)
    return manifest_of(
        submission, own_answers(submission), list(attachments_of(submission)), receipt.version.no, bytes.fromhex(receipt.nonce)
    )


def _row(desk: Desk, one: Receipt, every: list[Receipt]) -> list[Cell]:
    number = Cell(one.number, desk.to.receipt_part("receipt", one.number))
    return [number, Cell(moment_seconds(one.received_at)), Cell(_tag(one, every).label)]


# How many stops of the road below lie behind, by the phase of an opened stage
PASSED = {StagePhase.APPROVED: 3, StagePhase.SETTLED: 4}


def road_from(stage: Stage, *, at: datetime) -> list[RoadStep]:
    """What happens from here on, with the dates that are known."""
    if stage.closes_at is None or stage.may_be_opened_from is None or stage.phase in {StagePhase.CANCELLED, StagePhase.UNSELECTED}:
        return []
    passed = PASSED.get(StagePhase(stage.phase), 2) if not stage.sealed else int(at >= stage.closes_at)
    until = _("until %(day)s before %(time)s") % {"day": day_without_year(stage.closes_at), "time": clock_time(stage.closes_at)}
    after = _("%(day)s after %(time)s") % {"day": day_without_year(stage.closes_at), "time": clock_time(stage.may_be_opened_from)}
    answer = day_without_year(stage.answer_by) if stage.answer_by else ""
    paid = _get_on(stage)
    judged = _("The panel judges it without knowing who you are") if stage.blind else _("The panel judges it")
    steps = [
        (worded(stage.tender, _("You can change or withdraw the sketch"), _("You can change or withdraw the offer")), until),
        (worded(stage.tender, _("Two people open the sketches together"), _("Two people open the offers together")), after),
        (judged, ""),
        (_("You get an answer, with points and grounds"), answer),
        (paid, ""),
    ]
    states = ["done"] * passed + ["now"] + ["next"] * len(steps)
    return [RoadStep(label, note, state) for (label, note), state in zip(steps, states, strict=False)]  # type: ignore[arg-type]  # done, now, next


def _get_on(stage: Stage) -> str:
    """What being selected gives."""
    if not stage.pays_each:
        return _("If you are selected, you get a framework agreement")
    if stage.price_criterion:
        return _("If you are chosen, you get the price you have offered")
    more = stage.tender.stages.filter(no__gt=stage.no).exists()
    said = _("If you go on, you get %(money)s %(vat)s") if more else _("If you are chosen, you get %(money)s %(vat)s")
    return said % {"money": money(stage.pays_each), "vat": stage.tender.get_vat_basis_display()}


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
