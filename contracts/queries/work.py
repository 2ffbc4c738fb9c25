"""What the contract desk tells the window: what waits for whom, the links, and the last stops of the road."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts import wording
from accounts.local_time import oslo, oslo_day
from accounts.models import User
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Progress, RoadStep, Waiting
from contracts.models import Contract, Milestone, PaymentRequest
from contracts.phases import ContractPhase, PaymentPhase
from contracts.queries.contracts import is_signed, own_sides, works_with_contracts
from contracts.queries.seen import Seen, roles_by_tender, seen_by, stages_without_contracts
from tenders.models import Stage, Tender
from tenders.phases import StagePhase, TenderPhase

DAY_ENDS = time(23, 59)
_UNDER_WAY = (ContractPhase.DRAFT, ContractPhase.APPROVED)


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """To draft, approve, sign, plan, ask for payment, accept, approve, send and register; in the order of the contracts."""
    roles = roles_by_tender(user, at)
    rows = list(_to_draft([key for key, held in roles.items() if Role.OFFICER in held]))
    for seen in seen_by(user, roles):
        rows += _contract_rows(seen, at)
        rows += _payment_rows(seen, user)
    return rows


def _to_draft(tenders: list[UUID]) -> Iterator[Waiting]:
    if not tenders:
        return
    for stage in stages_without_contracts(tenders):
        yield Waiting(
            title=_("Draft the contracts"),
            case=_case(stage.tender),
            case_url=_case_url(stage.tender),
            why=_("Everybody has their answer in «%(stage)s».") % {"stage": stage.name},
            button=_("Draft them"),
            url=reverse("contracts:draft", args=[stage.tender.reference]),
        )


def _contract_rows(seen: Seen, at: datetime) -> Iterator[Waiting]:
    contract, roles = seen.contract, seen.roles
    if seen.failed_to_deliver or (not seen.holds_place and contract.phase in _UNDER_WAY):
        yield from _to_end(seen)
        return
    name = {"name": contract.organisation.name, "money": wording.money(contract.amount)}
    if contract.phase == ContractPhase.DRAFT and Role.APPROVER in roles:
        yield _row(
            seen,
            _("Approve the contract with %(name)s") % name,
            _("Two people must see a contract.") if contract.is_framework else _("It is %(money)s. Two people must see a contract.") % name,
            _("Read and decide"),
        )
    signed = contract.supplier_signed_at if Role.SUPPLIER in roles else contract.buyer_signed_at
    if contract.phase == ContractPhase.APPROVED and signed is None and roles & {Role.SUPPLIER.value, Role.APPROVER.value}:
        yield _to_sign(seen, at)
    manages = roles & {Role.CONTRACT_MANAGER.value}
    if contract.phase == ContractPhase.SIGNED and manages:
        title = _("Plan the milestones with %(name)s") % name
        yield _row(seen, title, _("Both have signed. The work starts when the milestones are planned."), _("Plan"))
    if contract.phase == ContractPhase.RUNNING and manages and contract.is_framework and contract.ends_on < oslo_day(at):
        yield _row(seen, _("Complete the contract with %(name)s") % name, _("Its last day has passed."), _("Complete"))
    if contract.phase == ContractPhase.RUNNING and manages and _everything_is_paid(contract):
        yield _row(seen, _("Complete the contract with %(name)s") % name, _("Every milestone is paid."), _("Complete"))


def _to_end(seen: Seen) -> Iterator[Waiting]:
    """What can't go further is ended by the approver, or the tender would never be closed."""
    if Role.APPROVER not in seen.roles:
        return
    contract = seen.contract
    gone, nothing = _("They have given their place up."), _("They did not hand in to the next stage, so there is nothing to pay for.")
    title = _("End the contract with %(name)s") % {"name": contract.organisation.name}
    url = reverse("contracts:terminate", args=[contract.tender.reference, contract.pk])
    yield _row(seen, title, nothing if seen.holds_place else gone, _("Read and decide"), url=url)


def _to_sign(seen: Seen, at: datetime) -> Waiting:
    """With the first day, as long as it lies ahead."""
    contract = seen.contract
    first = oslo(seen.standstill.first_signing_day, time(0)) if seen.standstill else None
    other = contract.organisation.name if Role.SUPPLIER not in seen.roles else "Nav"
    settled = contract.stage.phase == StagePhase.SETTLED
    why = _("It is %(money)s.") if settled else _("It is %(money)s. It can be signed when the stage is settled.")
    if contract.is_framework:
        why = _("It is a framework agreement.") if settled else _("It can be signed when the stage is settled.")
    return _row(
        seen,
        _("Sign the agreement with %(name)s") % {"name": other},
        why % {"money": wording.money(contract.amount)},
        _("Read and sign"),
        open_from=first if first and first > at else None,
        only_to_know=not settled,
    )


def _everything_is_paid(contract: Contract) -> bool:
    milestones = list(contract.milestones.all())
    return bool(milestones) and all(any(pay.phase == PaymentPhase.PAID for pay in row.payment_requests.all()) for row in milestones)


def _payment_rows(seen: Seen, user: User) -> Iterator[Waiting]:
    for milestone in seen.contract.milestones.all():
        requests = list(milestone.payment_requests.all())
        asked = next((row for row in requests if row.phase != PaymentPhase.REFUSED), None)
        if asked is None and Role.SUPPLIER in seen.roles:
            yield from _to_ask(seen, milestone, requests[-1] if requests else None)
        elif asked is not None:
            yield from _to_decide(seen, milestone, asked, user)


def _to_ask(seen: Seen, milestone: Milestone, refused: PaymentRequest | None) -> Iterator[Waiting]:
    """With why it was `refused` the last time. Of a finalist only once the next stage is opened, and only of one who handed in."""
    contract = seen.contract
    finalist = contract.kind == Contract.Kind.FINALIST
    if contract.phase != ContractPhase.RUNNING or (finalist and not seen.delivered):
        return
    title, why = _("Ask for payment: %(milestone)s"), _("%(money)s is paid when the delivery is accepted.")
    if refused:
        title, why = _("Ask for payment again: %(milestone)s"), _("Nav refused it: %(reason)s")
    said = {
        "milestone": milestone.title,
        "money": wording.money(milestone.amount),
        "reason": Truncator(refused.refusal_reason).words(30) if refused else "",
    }
    url = reverse("contracts:request_payment", args=[contract.tender.reference, milestone.pk])
    due = None if finalist else oslo(milestone.due_on, DAY_ENDS)
    yield _row(seen, title % said, why % said, _("Ask for payment"), url=url, due_at=due)


def _to_decide(seen: Seen, milestone: Milestone, asked: PaymentRequest, user: User) -> Iterator[Waiting]:
    roles, name = seen.roles, {"name": seen.contract.organisation.name, "money": wording.money(asked.amount)}
    manages = Role.CONTRACT_MANAGER.value in roles
    url = reverse("contracts:payment", args=[seen.contract.tender.reference, asked.pk])
    if asked.phase == PaymentPhase.REQUESTED and manages:
        said = {"milestone": milestone.title, "money": wording.money(asked.amount), "day": wording.short_day(asked.requested_at)}
        why = _("«%(milestone)s», %(money)s. They asked on %(day)s.") % said
        yield _row(seen, _("Decide on the delivery from %(name)s") % name, why, _("Look at it"), url=url)
    if asked.phase == PaymentPhase.ACCEPTED and Role.APPROVER.value in roles and asked.accepted_by_id != user.pk:
        yield _row(seen, _("Approve %(money)s to %(name)s") % name, _("The delivery is accepted."), _("Read and decide"), url=url)
    if asked.phase == PaymentPhase.APPROVED and manages:
        yield _row(seen, _("Send %(money)s to %(name)s to accounting") % name, milestone.title, _("Send"), url=url)
    if asked.phase == PaymentPhase.SENT and manages:
        yield _row(seen, _("Register that %(name)s is paid") % name, milestone.title, _("Register it"), url=url)


def _row(
    seen: Seen,
    title: str,
    why: str,
    button: str,
    *,
    url: str = "",
    due_at: datetime | None = None,
    open_from: datetime | None = None,
    only_to_know: bool = False,
) -> Waiting:
    tender = seen.contract.tender
    return Waiting(title, _case(tender), _case_url(tender), why, button, url or seen.url, due_at, open_from, only_to_know)


def _case(tender: Tender) -> str:
    return f"{tender.name} · {tender.reference}"


def _case_url(tender: Tender) -> str:
    return reverse("insight:tender", args=[tender.reference])


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """Contracts and payments for those who work with them, and for the suppliers who have one; the last two stops for all."""
    rows = list(Contract.objects.filter(tender=tender).select_related("organisation", "stage"))
    stages = list(tender.stages.all())
    decided = bool(rows) or any(stage.phase in (StagePhase.APPROVED, StagePhase.SETTLED) for stage in stages)
    links = []
    if decided and (works_with_contracts(user, tender, at=at) or own_sides(user, tender)):
        links.append(CaseLink("contracts", _("Contracts"), reverse("contracts:contracts", args=[tender.reference])))
        if any(is_signed(row) for row in rows):
            links.append(CaseLink("payments", _("Payments"), reverse("contracts:payments", args=[tender.reference])))
    return CaseFacts(links=links, road=list(road_of(tender, stages, rows)))


def road_of(tender: Tender, stages: Sequence[Stage], rows: Sequence[Contract]) -> Iterator[RoadStep]:
    """The contract, with name and amount once both have signed; and the payment. None in a tender that came to nothing. Asks nothing."""
    ended = tender.phase in (TenderPhase.CONCLUDED, TenderPhase.CLOSED)
    last = stages[-1] if stages else None
    if last is None or tender.phase == TenderPhase.CANCELLED or (ended and last.phase != StagePhase.SETTLED):
        return
    won = [row for row in rows if row.stage_id == last.pk and is_signed(row)]
    if tender.procedure == Tender.Procedure.FRAMEWORK:
        yield from _road_of_call_offs(tender, won, decided=ended)
        return
    said = {"money": wording.money(won[0].amount), "name": won[0].organisation.name} if won else {}
    note = _("%(money)s to %(name)s") % said if won else ""
    yield RoadStep(_("Contract"), Progress.DONE if won else Progress.NOW if ended else Progress.NEXT, note)
    closed = tender.phase == TenderPhase.CLOSED
    paid = sum(row.paid for row in won)
    note = _("%(money)s approved") % {"money": wording.money(paid)} if paid else ""
    yield RoadStep(_("Paid"), Progress.DONE if closed else Progress.NOW if won else Progress.NEXT, note)


def _road_of_call_offs(tender: Tender, won: list[Contract], *, decided: bool) -> Iterator[RoadStep]:
    """A framework agreement is signed, and then called off from until it runs out."""
    progress = Progress.DONE if won else Progress.NOW if decided else Progress.NEXT
    last = max((row.ends_on for row in won), default=None)
    yield RoadStep(_("Framework agreement"), progress, _("until %(day)s") % {"day": wording.short_day_with_year(last)} if last else "")
    yield RoadStep(_("Call-offs"), Progress.DONE if tender.phase == TenderPhase.CLOSED else Progress.NOW if won else Progress.NEXT)
