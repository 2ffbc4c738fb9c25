"""What stands in the way of cancelling a tender, and who is told."""

from django.db.models import QuerySet

from accounts import journal
from accounts.models import Organisation
from contracts.models import Contract
from contracts.phases import CONTRACT_FINAL
from contracts.queries.contracts import is_signed
from letters.models import LetterBatch
from suppliers.queries.submissions import organisations_taking_part
from tenders.models import Approval, Follower, Stage, Tender
from tenders.phases import StagePhase
from tenders.queries.approvals import proposals, waiting_proposal
from tenders.queries.dialogue import followers_to_tell

CANCELLATION = Approval.What.CANCELLATION


def last_stage_is_signed(tender: Tender) -> bool:
    """Whether both have signed what the winner does, also when it ended afterwards."""
    return _signed_contracts(tender).exclude(kind=Contract.Kind.FINALIST).exists()


def _signed_contracts(tender: Tender) -> QuerySet[Contract]:
    return Contract.objects.filter(tender=tender, supplier_signed_at__isnull=False, buyer_signed_at__isnull=False)


def is_closed_without_selection(tender: Tender) -> bool:
    return Stage.objects.filter(tender=tender, phase=StagePhase.UNSELECTED).exists()


def letters_on_their_way(tender: Tender) -> bool:
    """Approved letters of the tender that are not out yet: they would contradict the cancelling."""
    batches = LetterBatch.objects.filter(stream=journal.stream_of(tender), approved_at__isnull=False, released_at=None)
    return batches.exists()


def unsigned_contracts(tender: Tender) -> list[Contract]:
    """Contracts that one of the two has not signed. What both have signed stays."""
    live = Contract.objects.filter(tender=tender).exclude(phase__in=CONTRACT_FINAL).order_by("drafted_at", "pk")
    return [row for row in live if not is_signed(row)]


def organisations_under_contract(tender: Tender) -> set[Organisation]:
    """Those whose signed agreement still holds."""
    living = _signed_contracts(tender).exclude(phase__in=CONTRACT_FINAL).select_related("organisation")
    return {row.organisation for row in living}


def followers_and_senders(tender: Tender) -> tuple[list[Organisation], list[Follower]]:
    """Organisations that follow or have handed in, each once, and people who follow. Never shown or counted to the buyer."""
    followers = list(followers_to_tell(tender))
    organisations = {row.organisation for row in followers if row.organisation} | set(organisations_taking_part(tender))
    return sorted(organisations, key=lambda row: row.pk), [row for row in followers if row.user]


def waiting_cancellation(tender: Tender) -> Approval | None:
    return waiting_proposal(tender, CANCELLATION)


def last_cancellation(tender: Tender) -> Approval | None:
    """As it was last proposed, whatever was answered."""
    return proposals(tender, CANCELLATION).first()
