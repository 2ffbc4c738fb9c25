"""What the window is told of cancelling: what waits for the approver, and the page of it."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Waiting
from contracts.queries.cancellation import CANCELLATION, last_cancellation
from tenders.models import Approval, Assignment, Tender
from tenders.queries.visibility import sees_preparing


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Tenders that the approver is asked to cancel."""
    return [_waiting(row) for row in _asked(user, at)]


def _asked(user: User, at: datetime) -> QuerySet[Approval]:
    assigned = Assignment.objects.filter(user=user, role=Role.APPROVER).values("tender")
    units = people.units_with_role(user, Role.APPROVER, at=at)
    waiting = Approval.objects.filter(tender__in=assigned, tender__unit__in=units, what=CANCELLATION, approved_at=None, returned_at=None)
    return waiting.exclude(proposed_by=user).select_related("tender", "proposed_by").order_by("proposed_at")


def _waiting(approval: Approval) -> Waiting:
    tender = approval.tender
    return Waiting(
        title=_("Decide whether the tender is cancelled"),
        case=f"{tender.name} · {tender.reference}",
        case_url=reverse("insight:tender", args=[tender.reference]),
        why=_("%(name)s asks for your approval. Two people decide it, and it can't be undone.") % {"name": approval.proposed_by.name},
        button=_("Read and decide"),
        url=reverse("contracts:cancellation", args=[tender.reference]),
    )


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """The page, for officer, approver and auditors, once somebody has proposed it and it is not sent back."""
    last = last_cancellation(tender)
    if last is None or last.returned_at is not None or not sees_preparing(user, tender, at=at):
        return CaseFacts()
    return CaseFacts(links=[CaseLink("cancellation", _("Cancelling"), reverse("contracts:cancellation", args=[tender.reference]))])
