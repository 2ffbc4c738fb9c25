"""An officer starts a call-off by mini-competition from a framework agreement that runs."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from contracts.policies.call_offs import StartCallOffPolicy
from tenders.call_offs import CallOff
from tenders.commands.describe_need import describe_need
from tenders.models import Tender


@command
def start_call_off(*, framework_id: UUID, name: str, amount: Decimal, criteria: Collection[int], by: User, at: datetime) -> Tender:
    """Start the draft of a call-off that pays at most `amount` kroner, judged by the framework's `criteria` (their numbers).

    Nothing is set aside before it is announced.
    """
    framework = Tender.objects.select_related("unit").get(pk=framework_id)
    StartCallOffPolicy(framework, amount, criteria, at).check(by)
    call_off = CallOff(framework, amount, criteria)
    tender = describe_need(procedure=Tender.Procedure.CALL_OFF, name=name, unit=framework.unit, call_off=call_off, by=by, at=at)
    facts = {"reference": tender.reference, "amount": str(amount)}
    journal.record("contracts.call_off_started", by=by, at=at, stream=framework, about=[tender], role=Role.OFFICER, facts=facts)
    return tender
