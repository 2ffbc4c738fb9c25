"""Amending what is announced, as one person who prepares or audits it sees it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from tenders.amending import Amendable, Changes, needs_deadline_reason
from tenders.amendment_notices import notice_words
from tenders.amendment_words import Shown, shown_changes
from tenders.models import Amendment, Tender, TenderFile, ThresholdFinding
from tenders.policies.amendment import AnnounceAmendmentPolicy, ProposeAmendmentPolicy
from tenders.proposal_page import ProposalPage, proposal_page
from tenders.queries.amendments import amendable, last_no, last_proposed_amendment
from tenders.queries.files import files_made_ready
from tenders.threshold.amended import check_of_amendment
from tenders.threshold.check import Check
from tenders.threshold.data import border
from tenders.threshold.draft import Finding


@dataclass(frozen=True)
class Brought:
    """A finding that the amendment brings, with the sources of its borders; `row` when it has a reason."""

    finding: Finding
    sources: list[str]
    row: ThresholdFinding | None = None


@dataclass(frozen=True)
class AmendmentPage:
    """`refusal`: why this person can't propose now, «» when they can. `proposal`: the last one, when it waits or came back."""

    heading: str
    lead: str
    refusal: str
    amendable: Amendable | None
    last_no: int
    # Files that may be put into the list
    ready: list[TenderFile]
    proposal: ProposalPage | None = None
    kind: str = ""
    failed: tuple[datetime, datetime] | None = None
    changes: list[Shown] = field(default_factory=list)
    asks_deadline_reason: bool = False
    notice: tuple[str, str] | None = None
    # What a proposal that waits brings to the threshold check
    check: Check | None = None

    @property
    def waits(self) -> bool:
        return self.proposal is not None and self.proposal.waits


def amendment_page(tender: Tender, user: User, *, at: datetime) -> AmendmentPage:
    now, ready = amendable(tender), list(files_made_ready(tender))
    refusal = ProposeAmendmentPolicy(tender, now, at).refusal(user)
    approval = last_proposed_amendment(tender)
    if approval is None or approval.approved_at is not None:
        return AmendmentPage(*_words(None, refusal), refusal, now, last_no(tender), ready)
    proposal = proposal_page(approval, user, refusal=AnnounceAmendmentPolicy(approval, now, at).refusal(user), at=at)
    content = approval.content
    since, until = content["failed_from"], content["failed_until"]
    closes_at = now.stage.closes_at if now else None
    return AmendmentPage(
        *_words(proposal, refusal),
        refusal,
        now,
        last_no(tender),
        ready,
        proposal,
        kind=str(Amendment.Kind(content["kind"]).label),
        failed=(datetime.fromisoformat(since), datetime.fromisoformat(until)) if since and until else None,
        changes=shown_changes(content["changes"], tender.stages.all()),
        notice=notice_words(tender, content, list(tender.stages.all()), closes_at=closes_at) if closes_at else None,
        asks_deadline_reason=closes_at is not None and needs_deadline_reason(content, closes_at, at=at),
        check=check_of_amendment(tender, content["changes"], at=at) if proposal.waits else None,
    )


def brought(tender: Tender, changes: Changes, *, at: datetime) -> list[Brought]:
    """What changes that are being written bring to the threshold check, those without a reason first."""
    if not changes:
        return []
    check = check_of_amendment(tender, changes, at=at)
    found = [*((one, None) for one in check.unanswered), *check.kept]
    return [Brought(one, [border(name).source for name in one.rule.borders], row) for one, row in found]


def _words(proposal: ProposalPage | None, refusal: str) -> tuple[str, str]:
    """Heading and lead: what the state is, and what can be done."""
    if proposal and proposal.waits:
        if proposal.approves:
            return _("Read what will be said, and decide"), _("When you announce it, it holds at once, and all who follow are told.")
        names = " / ".join(proposal.approvers)
        lead = _("Nobody else is told yet. It must be announced before the deadline.")
        return _("The amendment waits for %(names)s") % {"names": names} if names else _("The amendment waits for the approver"), lead
    if not refusal:
        lead = _("Everybody can see what stood before and what stands now, and all who follow are told. Somebody else must approve it.")
        return _("Amend the announcement"), lead
    return _("Nothing can be amended now"), refusal
