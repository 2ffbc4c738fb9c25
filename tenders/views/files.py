"""The files of a tender: for everybody to read and fetch, for the officer to add, arrange and remove."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.http import SignedIn, as_a_file, as_saved, once, posted_key, reads_and_writes, typed
from accounts.refused import Refused
from letters import pdf
from tenders import announcement_pdf as made
from tenders import stored_files
from tenders.commands.add_tender_file import add_tender_file
from tenders.commands.arrange_tender_files import arrange_tender_files
from tenders.commands.remove_tender_file import remove_tender_file
from tenders.files_page import files_page
from tenders.forms.files import AddFileForm, ArrangeForm
from tenders.models import Tender, TenderFile
from tenders.policies.announcement import EditAnnouncementPolicy
from tenders.policies.files import ChangeFilesPolicy
from tenders.queries.files import listed_files, sees_unannounced, visible_files
from tenders.queries.visibility import visible_tenders
from tenders.uploads.checks import UploadRefused
from tenders.uploads.kinds import CONTENT_TYPES, FileKind
from tenders.views.own_tender import own_tender
from tenders.zipped_files import zipped


@login_not_required
@require_safe
def files(request: HttpRequest, reference: str) -> HttpResponse:
    """The list with kind, size and fingerprint, and what amendments have taken out of it."""
    return _show(request, _tender(request, reference))


@login_not_required
@require_safe
def file(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    """One file, to be saved. What is public may be kept on the way and is not sent again to somebody who has it."""
    tender = _tender(request, reference)
    found = get_object_or_404(visible_files(request.user, tender, at=clock.now()), pk=key)
    public = {"ETag": f'"{found.sha256}"', "Cache-Control": "public, no-cache"} if found.public_since else {}
    if public:
        known = get_conditional_response(request, etag=public["ETag"], response=HttpResponse(headers=public))
        if known is not None and known.status_code != HTTPStatus.OK:
            return known
    answer = as_a_file(_read(found), name=found.name, content_type=CONTENT_TYPES[FileKind(found.kind)])
    for header, value in public.items():
        answer[header] = value
    return answer


@login_not_required
@require_safe
def all_files(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The list as it stands, in one archive."""
    tender = _tender(request, reference)
    listed = list(listed_files(tender).filter(pk__in=visible_files(request.user, tender, at=clock.now()).values("pk")))
    if not listed:
        raise Http404
    answer = StreamingHttpResponse(zipped(listed), content_type="application/zip")
    return as_saved(answer, name=f"nyvei-{tender.reference}.zip")


@login_not_required
@require_safe
def announcement_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The announcement as it stands, on paper; from the announcement on."""
    visible = visible_tenders(request.user, at=clock.now()).filter(announced_at__isnull=False).select_related("unit", "budget")
    tender = get_object_or_404(visible, reference=reference)
    if not pdf.available():
        raise Refused(_("No PDF can be made here just now. The page of the announcement says the same."))
    return as_a_file(made.announcement_pdf(tender), name=f"nyvei-{tender.reference}.pdf", content_type=CONTENT_TYPES[FileKind.PDF])


@reads_and_writes
def add(request: SignedIn, reference: str) -> HttpResponse:
    """Add a file to the draft, or make one ready for an amendment."""
    tender = own_tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    form = AddFileForm(data, request.FILES)
    if request.method == "POST":
        ChangeFilesPolicy(tender, clock.now()).check(request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _add(request, tender, form.cleaned_data))
        except UploadRefused as refused:
            form.add_error("file", f"{form.cleaned_data['file'].name}: {refused}")
    return _show(request, tender, add_form=form)


def _add(request: SignedIn, tender: Tender, given: dict[str, Any]) -> str:
    file, without = given["file"], given["without_names"]
    at = clock.now()
    added = add_tender_file(
        tender_id=tender.pk, title=given["title"], name=file.name, data=file.read(), without_names=without, by=request.user, at=at
    )
    messages.success(request, _("Added: %(title)s.") % {"title": added.title})
    return _address(tender)


@reads_and_writes
def arrange(request: SignedIn, reference: str) -> HttpResponse:
    """Save the titles of a draft's files, whatever button was pressed; then move the file that the button says."""
    tender = own_tender(request, reference)
    if (data := typed(request)) is None:
        return redirect(_address(tender))
    if request.method == "POST":
        EditAnnouncementPolicy(tender, clock.now()).check(request.user)
    form = ArrangeForm(data, files=listed_files(tender))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _arrange(request, tender, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return _show(request, tender, arrange_form=form)


def _arrange(request: SignedIn, tender: Tender, form: ArrangeForm) -> str:
    titles = form.moved(up=request.POST.get("up", ""), down=request.POST.get("down", ""))
    arrange_tender_files(tender_id=tender.pk, titles=titles, by=request.user, at=clock.now())
    messages.success(request, _("The list of files is saved."))
    return _address(tender)


@reads_and_writes
def remove(request: SignedIn, reference: str) -> HttpResponse:
    """Take a file out of the draft, or away from what is made ready."""
    tender = own_tender(request, reference)
    if typed(request) is None:
        return redirect(_address(tender))
    found = get_object_or_404(visible_files(request.user, tender, at=clock.now()), pk=posted_key(request, "file"))
    return once(request, lambda: _remove(request, found))


def _remove(request: SignedIn, found: TenderFile) -> str:
    remove_tender_file(file_id=found.pk, by=request.user, at=clock.now())
    messages.success(request, _("Removed: %(title)s.") % {"title": found.title})
    return _address(found.tender)


def _tender(request: HttpRequest, reference: str) -> Tender:
    """One whose files the person may know of: announced, or a draft they may see."""
    at = clock.now()
    tender = get_object_or_404(visible_tenders(request.user, at=at).select_related("unit"), reference=reference)
    if tender.announced_at is None and not sees_unannounced(request.user, tender, at=at):
        raise Http404
    return tender


def _address(tender: Tender) -> str:
    return reverse("tenders:files", args=[tender.reference])


def _read(found: TenderFile) -> bytes:
    try:
        return stored_files.read(found)
    except stored_files.FileChanged as changed:
        raise Refused(_("This file is not as it was when it was added, so we do not show it. Write to us.")) from changed


def _show(request: HttpRequest, tender: Tender, **forms: Any) -> HttpResponse:
    page = files_page(tender, request.user, at=clock.now())
    given: dict[str, Any] = {"add_form": None, "arrange_form": None, **forms}
    if page.changes:
        given["add_form"] = given["add_form"] or AddFileForm()
        if not page.announced:
            given["arrange_form"] = given["arrange_form"] or ArrangeForm(None, files=page.listed)
    return render(request, "tenders/files.html", {"tender": tender, "page": page, **given})
