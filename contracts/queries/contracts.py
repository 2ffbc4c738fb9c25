"""Which contracts there are, who may see them, and in which role a person acts on one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import queries as people
from accounts.local_time import oslo_day
from accounts.models import Organisation, User
from accounts.roles import Role
from contracts.models import Contract, Milestone
from contracts.phases import CONTRACT_FINAL, ContractPhase
from evaluation.models import Conflict, SelectionItem, SelectionPlace
from evaluation.queries.selection import selected
from evaluation.queries.submissions import opened_submissions
from suppliers.phases import SubmissionPhase
from suppliers.queries.submissions import current_submission
from tenders.models import Stage, Tender
from tenders.phases import StagePhase
from tenders.queries import is_assigned
from tenders.queries.visibility import is_auditor

MANAGERS = (Role.CONTRACT_MANAGER, Role.OFFICER)
STAFF = (Role.OFFICER, Role.APPROVER, Role.CONTRACT_MANAGER)


def first_role(user: User | AnonymousUser, tender: Tender, roles: Iterable[Role], *, at: datetime) -> Role | None:
    """The first of these roles that the person holds in the tender."""
    return next((role for role in roles if is_assigned(user, tender, role, at=at)), None)


def ties_of(user: User) -> QuerySet[Conflict]:
    """Ties that the person, or their leader, has told of (forvaltningsloven § 6)."""
    return Conflict.objects.filter(declaration__user__in=[user.pk, user.reports_to_id or user.pk])


def has_tie(user: User, organisation: Organisation, tender: Tender) -> bool:
    """A tie to the supplier, or a part in it."""
    told = ties_of(user).filter(submission__organisation=organisation, submission__stage__tender=tender).exists()
    return told or people.members_of(organisation).filter(pk=user.pk).exists()


def contracts_for(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> QuerySet[Contract]:
    """Auditors: all. Officer, approver, contract manager: all but those they have a tie to. Suppliers: their own, from the approval on."""
    if not isinstance(user, User):
        return Contract.objects.none()
    rows = Contract.objects.filter(tender=tender).select_related("stage", "organisation").order_by("drafted_at", "organisation__name")
    if is_auditor(user, tender, at=at):
        return rows
    own = Q(organisation__in=people.own_organisations(user).order_by(), approved_at__isnull=False)
    if first_role(user, tender, STAFF, at=at) is None:
        return rows.filter(own)
    tied = ties_of(user).filter(submission__stage__tender=tender).values("submission__organisation")
    return rows.filter(own | ~Q(organisation__in=tied))


def works_with_contracts(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """Officer, approver and contract manager of the tender, and auditors of its unit."""
    return first_role(user, tender, STAFF, at=at) is not None or is_auditor(user, tender, at=at)


def own_sides(user: User | AnonymousUser, tender: Tender) -> list[Organisation]:
    """Organisations the person acts for that have an approved contract in the tender."""
    if not isinstance(user, User):
        return []
    with_contract = Contract.objects.filter(tender=tender, approved_at__isnull=False).values("organisation")
    return list(people.own_organisations(user).filter(pk__in=with_contract))


def locked_contract(contract_id: UUID) -> Contract:
    """The contract, locked after its tender, so that signing, paying and cancelling never cross."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(contracts=contract_id)
    rows = Contract.objects.select_for_update(of=("self",)).select_related("stage", "organisation")
    contract = rows.get(pk=contract_id)
    contract.tender = contract.stage.tender = tender
    return contract


def agreed_contracts() -> QuerySet[Contract]:
    """Whatever is agreed or being agreed. One that ended after both had signed is not agreed again; one that ended before is none."""
    return Contract.objects.exclude(Q(supplier_signed_at=None) | Q(buyer_signed_at=None), phase=ContractPhase.TERMINATED)


def items_without_contract(stage: Stage) -> list[SelectionItem]:
    """Those in a place with whom nothing is agreed or being agreed."""
    done = set(agreed_contracts().filter(stage=stage).values_list("organisation_id", flat=True))
    return [item for item in selected(stage) if item.submission.organisation_id not in done]


def is_signed(contract: Contract) -> bool:
    """Signed by both, whatever happened afterwards."""
    return contract.supplier_signed_at is not None and contract.buyer_signed_at is not None


def holds_place(contract: Contract) -> bool:
    return any(item.submission.organisation_id == contract.organisation_id for item in selected(contract.stage))


def next_stage(stage: Stage) -> Stage | None:
    return Stage.objects.filter(tender=stage.tender_id, no__gt=stage.no).order_by("no").first()


def deadline_of_delivery(contract: Contract) -> date | None:
    """The day a finalist must have handed in to the next stage. None until the stage has its dates, and for other contracts."""
    later = next_stage(contract.stage) if contract.kind == Contract.Kind.FINALIST else None
    return oslo_day(later.closes_at) if later is not None and later.closes_at else None


def due_day(milestone: Milestone) -> date | None:
    """When it is due: for a finalist the deadline of the next stage, None as long as that has no dates."""
    contract = milestone.contract
    return deadline_of_delivery(contract) if contract.kind == Contract.Kind.FINALIST else milestone.due_on


def agreement_of(place: SelectionPlace) -> Contract | None:
    """The newest agreement that both have signed with the one in the place, whatever happened afterwards."""
    if place.item is None:
        return None
    rows = Contract.objects.filter(stage=place.stage_id, organisation=place.item.submission.organisation_id)
    return rows.filter(supplier_signed_at__isnull=False, buyer_signed_at__isnull=False).order_by("drafted_at").last()


def has_delivered_sketch(contract: Contract) -> bool | None:
    """Whether a finalist handed in to the next stage. None as long as nobody may know: until the stage is opened or cancelled."""
    stage = next_stage(contract.stage)
    if stage is None:
        return None
    if stage.phase == StagePhase.CANCELLED and stage.sealed:
        row = current_submission(contract.organisation, stage)
        return row is not None and row.phase == SubmissionPhase.SUBMITTED
    if stage.sealed:
        return None
    return opened_submissions(stage).filter(organisation=contract.organisation).exists()


def stages_to_agree(tender: Tender) -> Sequence[Stage]:
    """Stages that were decided and may need contracts, the earliest first."""
    return list(tender.stages.filter(phase__in=(StagePhase.APPROVED, StagePhase.SETTLED)).order_by("no"))


def has_unfinished_business(tender: Tender) -> bool:
    """Whether a contract still lives, or somebody who was selected has none yet."""
    if Contract.objects.filter(tender=tender).exclude(phase__in=CONTRACT_FINAL).exists():
        return True
    in_place = SelectionItem.objects.filter(place__stage__tender=tender)
    agreed = Contract.objects.filter(stage=OuterRef("place__stage"), organisation=OuterRef("submission__organisation"))
    return in_place.filter(~Exists(agreed)).exists()
