"""Who does what in a tender; naming one more when somebody is away or has a tie."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import clock, wording
from accounts.http import SignedIn, once, typed
from accounts.page_parts import Cell, Column, Tag
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.name_substitute import name_substitute
from tenders.forms.people import SubstituteForm
from tenders.models import Assignment, TeamMember, Tender
from tenders.policies.people import NameSubstitutesPolicy
from tenders.queries.people import people_tenders, tasks_in


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedIn, reference: str) -> HttpResponse:
    """Everybody's task, for those who work with the tender, audit it or administer its unit. A substitute is named here."""
    at = clock.now()
    tender = get_object_or_404(people_tenders(request.user, at=at), reference=reference)
    policy = NameSubstitutesPolicy(tender, at)
    if request.method == "POST":
        policy.check(request.user)
    form = SubstituteForm(typed(request), tender=tender, by=request.user, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _name(request, tender, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    rows = [_row(assignment, held=held) for assignment, held in tasks_in(tender, at=at)]
    columns = [Column(_("Task")), Column(_("Name")), Column(_("Since"))]
    shown = {"tender": tender, "columns": columns, "rows": rows, "form": form if not policy.refusal(request.user) else None}
    shown |= {"team_columns": [Column(_("Task")), Column(_("Name")), Column(_("How to reach them"))], "team": _team(tender)}
    return render(request, "tenders/people.html", shown)


def _row(assignment: Assignment, *, held: bool) -> list[Cell]:
    lost = None if held else Tag(_("Has no longer the role"), "warning", "ExclamationmarkTriangle")
    given = _("by %(name)s") % {"name": assignment.assigned_by.name}
    return [
        Cell(str(Role(assignment.role).label)),
        Cell(assignment.user.name, tag=lost),
        Cell(wording.day(assignment.assigned_at), note=given),
    ]


def _team(tender: Tender) -> list[list[Cell]]:
    """In the order of the tasks."""
    named = {member.task: member for member in tender.team.all()}
    members = [named[task] for task in TeamMember.Task.values if task in named]
    return [[Cell(str(one.get_task_display())), Cell(one.name), Cell(one.email, note=one.phone)] for one in members]


def _name(request: SignedIn, tender: Tender, form: SubstituteForm) -> str:
    named = form.named
    name_substitute(tender_id=tender.pk, **named, by=request.user, at=clock.now())
    messages.success(
        request, _("%(name)s is now %(role)s in this tender.") % {"name": named["user"].name, "role": named["role"].label.lower()}
    )
    return reverse("tenders:people", args=[tender.reference])
