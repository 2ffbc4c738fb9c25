"""Cancelling a tender, as one person sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from contracts.policies.cancellation import CancelTenderPolicy, ProposeCancellationPolicy
from contracts.queries.cancellation import last_cancellation
from tenders.models import Tender
from tenders.phases import TenderPhase
from tenders.proposal_page import ProposalPage, proposal_page


@dataclass(frozen=True)
class CancellationPage:
    """`refusal`: why the person can't propose it now; «» when they can."""

    proposal: ProposalPage | None
    refusal: str
    heading: str
    lead: str


def cancellation_page(tender: Tender, user: User, *, at: datetime) -> CancellationPage:
    last = last_cancellation(tender)
    proposal = proposal_page(last, user, refusal=CancelTenderPolicy(last, at).refusal(user), at=at) if last else None
    refusal = ProposeCancellationPolicy(tender, at).refusal(user)
    return CancellationPage(proposal, refusal, *_words(tender, proposal, refusal))


def _words(tender: Tender, proposal: ProposalPage | None, refusal: str) -> tuple[str, str]:
    if tender.phase == TenderPhase.CANCELLED:
        return _("The tender is cancelled"), _("Everybody who follows it and everybody who handed in gets a letter.")
    if proposal and proposal.waits and proposal.approves:
        asks = _("%(name)s asks for your approval. It can't be undone.") % {"name": proposal.approval.proposed_by.name}
        return _("Shall the tender be cancelled?"), asks
    if proposal and proposal.waits:
        return _("Cancelling waits for %(names)s") % {"names": ", ".join(proposal.approvers)}, _("Until then the tender goes on as before.")
    if refusal:
        return _("The tender can't be cancelled now"), refusal
    return _("Cancel the tender"), _("Somebody else must approve it, and it can't be undone.")
