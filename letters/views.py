"""A person's own letters."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.commands.note_access import note_access
from accounts.http import SignedIn
from letters import queries
from letters.models import LetterFile


@require_safe
def letters(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.own_letters(request.user), 20).get_page(request.GET.get("page"))
    return render(request, "letters/letters.html", {"page": page})


@require_safe
def letter(request: SignedIn, letter_id: UUID) -> HttpResponse:
    own = get_object_or_404(queries.own_letters(request.user).select_related("file"), pk=letter_id)
    note_access(what="letters.letter_read", about=f"letters.Letter:{own.pk}", by=request.user, at=clock.now())
    return render(request, "letters/letter.html", {"letter": own})


@require_safe
def letter_pdf(request: SignedIn, letter_id: UUID) -> HttpResponse:
    own = get_object_or_404(queries.own_letters(request.user).select_related("file"), pk=letter_id)
    if not hasattr(own, "file"):
        raise Http404
    if own.file.kind == LetterFile.Kind.HTML:
        return redirect("letters:page", letter_id=own.pk)
    note_access(what="letters.letter_fetched", about=f"letters.Letter:{own.pk}", by=request.user, at=clock.now())
    response = HttpResponse(bytes(own.file.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="nyvei-{str(own.pk)[:8]}.pdf"'
    return response


@require_safe
def letter_page(request: SignedIn, letter_id: UUID) -> HttpResponse:
    """The letter where no PDF could be made: the same text as a web page of its own, without style and script."""
    own = get_object_or_404(queries.own_letters(request.user).select_related("file"), pk=letter_id)
    if not hasattr(own, "file") or own.file.kind != LetterFile.Kind.HTML:
        raise Http404
    note_access(what="letters.letter_fetched", about=f"letters.Letter:{own.pk}", by=request.user, at=clock.now())
    response = HttpResponse(bytes(own.file.content), content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
