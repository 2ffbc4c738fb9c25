"""What was handed in, after the opening, for officer and approver once they have declared, and for auditors. Every look is noted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock, journal, wording
from accounts.commands.note_access import note_access
from accounts.http import SignedIn, as_a_file
from accounts.organisation_number import in_threes
from accounts.page_parts import Cell, Column, Fact, FileRow, Tag
from accounts.refused import Refused
from evaluation import queries
from evaluation.addresses import stage_address
from evaluation.amendment_marks import Marks, before_amendments
from evaluation.check_words import check_cell, check_facts, check_tag
from evaluation.code_names import number_of
from evaluation.models import FormalCheck
from evaluation.policies.checks import CheckSubmissionsPolicy, DecideOnPolicy
from evaluation.queries.checks import checks_in, closed_by_leader
from evaluation.queries.panel import has_declared, must_declare
from evaluation.queries.ranking import price_scores
from evaluation.views.stages import stage_asked
from suppliers import envelopes
from suppliers.completeness import Answers, questions_of
from suppliers.models import Attachment, Submission
from suppliers.queries.confirmations import marks_of
from tenders.models import Stage, Tender
from tenders.queries import visible_tenders
from tenders.queries.visibility import sees_preparing
from tenders.sealing import SealBroken
from tenders.uploads.kinds import CONTENT_TYPES, FileKind


@require_safe
def submissions(request: SignedIn, reference: str) -> HttpResponse:
    """All of them by code name, for the formal check.

    Before the opening a page that says when they come, and before one's own declaration a page that leads to it: the same
    however many there are.
    """
    at = clock.now()
    tender = tender_of_staff(request, reference, at=at)
    stage = stage_asked(request, tender)
    if stage is None:
        return render(request, "evaluation/submissions.html", {"tender": tender, "stage": queries.stage_of_opening(tender)})
    if must_declare(request.user, tender, at=at) and not has_declared(request.user, stage):
        address = stage_address("declarations", stage)
        return render(request, "evaluation/submissions_undeclared.html", {"tender": tender, "stage": stage, "address": address})
    found = sorted(queries.submissions_for_staff(request.user, stage, at=at), key=lambda row: number_of(row.code_name))
    note_access(what="evaluation.submissions_listed", about=journal.about_of(stage), by=request.user, at=at)
    return render(request, "evaluation/submissions.html", _listed(request, stage, found, at=at))


def _listed(request: SignedIn, stage: Stage, found: list[Submission], *, at: datetime) -> dict[str, Any]:
    differing, checks = queries.opening_of(stage).differing, checks_in(stage)
    columns = [Column(_("Code name")), Column(_("From")), Column(_("Kind")), Column(_("Received")), Column(_("Formal check"))]
    base = reverse("evaluation:submissions", args=[stage.tender.reference])
    closed = closed_by_leader(request.user, stage)
    waiting = [row for row in found if row.pk not in checks and row.pk not in closed]
    marks = marks_of(stage, [version for row in found for version in row.versions.all()])
    return {
        "tender": stage.tender,
        "stage": stage,
        "count": len(found),
        "columns": columns,
        "rows": [_row(row, base, checks.get(row.pk), marks, differs=row.pk in differing) for row in found],
        "checks": not CheckSubmissionsPolicy(stage, at).refusal(request.user),
        "waiting": len(waiting),
        "sound": sum(row.pk not in differing for row in waiting),
        "closed": sum(row.pk in closed for row in found),
        "admit_address": stage_address("admit_all", stage),
    }


def page_address(submission: Submission, stage: Stage, name: str = "submission") -> str:
    return reverse(f"evaluation:{name}", args=[stage.tender.reference, submission.pk])


def tender_of_staff(request: SignedIn, reference: str, *, at: datetime) -> Tender:
    tender = get_object_or_404(visible_tenders(request.user, at=at), reference=reference)
    if queries.stage_of_opening(tender) is None or not sees_preparing(request.user, tender, at=at):
        raise Http404
    return tender


def _row(submission: Submission, base: str, check: FormalCheck | None, marks: Marks, *, differs: bool) -> list[Cell]:
    [version] = submission.versions.all()
    organisation, mark = submission.organisation, Tag(_("Differs from its receipt"), "danger", "ExclamationmarkTriangle")
    return [
        Cell(submission.code_name, href=f"{base}{submission.pk}/", tag=mark if differs else None),
        Cell(organisation.name, note=in_threes(organisation.number)),
        Cell(organisation.supplier.get_kind_display()),
        Cell(wording.moment_seconds(version.receipt.received_at), note=before_amendments(marks.get(version.pk, []))),
        check_cell(check),
    ]


@require_safe
def submission(request: SignedIn, reference: str, submission_id: UUID) -> HttpResponse:
    """One of them, with its answers and files."""
    at = clock.now()
    stage, found = found_submission(request, reference, submission_id, at=at)
    note_access(what="evaluation.submission_read", about=journal.about_of(found), by=request.user, at=at)
    [version] = found.versions.all()
    answers = _answers(found)
    return render(
        request,
        "evaluation/submission.html",
        {
            "tender": stage.tender,
            "submission": found,
            "title": answers.get("title", ""),
            "readable": bool(answers),
            "differs": found.pk in queries.opening_of(stage).differing,
            "answers": [(question.label, answers.get(question.key, "")) for question in questions_of(stage)[1:]],
            "facts": _facts(found, stage),
            "files": [_file_row(file, reference) for file in found.attachments.all()],
            "commitment": version.commitment,
            **_check_of(request, stage, found, at=at),
        },
    )


def _check_of(request: SignedIn, stage: Stage, found: Submission, *, at: datetime) -> dict[str, Any]:
    """What the formal check says of it, and what the person may do about it."""
    check, user = checks_in(stage).get(found.pk), request.user
    tie = f"{stage_address('tie', stage)}&of={found.organisation_id}"
    return {
        "check": check,
        "check_facts": check_facts(check),
        "check_tag": check_tag(check),
        "checks": not CheckSubmissionsPolicy(stage, at).refusal(user),
        "check_refusal": DecideOnPolicy(stage, [found.pk], at).refusal(user),
        "tie_address": tie if must_declare(user, stage.tender, at=at) else "",
        "list_address": stage_address("submissions", stage),
    }


def found_submission(request: SignedIn, reference: str, submission_id: UUID, *, at: datetime) -> tuple[Stage, Submission]:
    """One of those the person may see; for anybody else, and for whoever has a tie to it, there is no such page."""
    tender = tender_of_staff(request, reference, at=at)
    stage = queries.opened_stage_with(tender, submission_id)
    if stage is None:
        raise Http404
    return stage, get_object_or_404(queries.submissions_for_staff(request.user, stage, at=at), pk=submission_id)


def _answers(submission: Submission) -> Answers:
    """Nothing when the content was tampered with: the page says so."""
    [version] = submission.versions.all()
    try:
        return envelopes.read_opened_version(version)
    except SealBroken:
        return {}


def _facts(submission: Submission, stage: Stage) -> list[Fact]:
    [version] = submission.versions.all()
    organisation, receipt = submission.organisation, version.receipt
    supplier = organisation.supplier
    before = before_amendments(marks_of(stage, [version]).get(version.pk, []))
    words = _("%(number)s words") % {"number": wording.number(receipt.words)}
    return [
        Fact(_("From"), organisation.name, in_threes(organisation.number)),
        Fact(_("Kind"), supplier.get_kind_display(), _("%(size)s full-time equivalents") % {"size": supplier.get_size_display()}),
        Fact(_("Received"), wording.moment_seconds(receipt.received_at), receipt.number),
        Fact(_("Length"), words),
        *([Fact(_("Amendments"), before)] if before else []),
        *_price(submission, stage),
    ]


def _price(submission: Submission, stage: Stage) -> list[Fact]:
    """From the closing of the scoring on; before it there is no price for anybody."""
    score = price_scores(stage).get(submission.pk)
    if score is not None:
        return [Fact(_("Price"), wording.money(score.price), score.covers)]
    return [Fact(_("Price"), _("Shown when the scoring is closed"))] if stage.price_criterion else []


def _file_row(file: Attachment, reference: str) -> FileRow:
    url = reverse("evaluation:file", args=[reference, file.submission_id, file.pk])
    try:
        return FileRow(envelopes.attachment_name(file), file.size, href=url)
    except SealBroken:
        return FileRow(_("A file whose name can't be read"), file.size, href=url)


@require_safe
def file(request: SignedIn, reference: str, submission_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file of an opened submission, to be saved and never shown in our own pages."""
    at = clock.now()
    _stage, found = found_submission(request, reference, submission_id, at=at)
    wanted = next((one for one in found.attachments.all() if one.pk == attachment_id), None)
    if wanted is None:
        raise Http404
    note_access(what="evaluation.file_fetched", about=journal.about_of(wanted), by=request.user, at=at)
    try:
        name, content = envelopes.attachment_name(wanted), envelopes.read_opened_attachment(wanted)
    except (SealBroken, FileNotFoundError) as broken:
        raise Refused(_("This file is not what was handed in, so we do not send it.")) from broken
    return as_a_file(content, name=name, content_type=CONTENT_TYPES[FileKind(wanted.kind)])
