"""How a stage ends, as a page shows it: who goes on, when, and what was proposed. Looks at no clock."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from accounts.page_parts import Fact
from evaluation.policies.settlement import (
    CloseStagePolicy,
    ProposeClosingPolicy,
    ProposeSettlementPolicy,
    SettleStagePolicy,
)
from evaluation.queries import selection, settlement
from evaluation.queries.settlement import CLOSING, SETTLEMENT
from tenders.models import Approval, Stage
from tenders.phases import StagePhase
from tenders.proposal_page import ProposalPage, proposal_page
from tenders.stage_dates import StageDates


@dataclass(frozen=True)
class StageEnd:
    """What the pages of settling and of closing share."""

    stage: Stage
    following: Stage | None
    proposal: ProposalPage | None
    refusal: str
    heading: str
    lead: str
    facts: list[Fact]

    @property
    def may_propose(self) -> bool:
        return not self.refusal


def settlement_of(stage: Stage, user: User, *, at: datetime) -> StageEnd:
    following = settlement.next_stage_of(stage)
    proposal = _proposal(stage, SETTLEMENT, user, at)
    refusal = ProposeSettlementPolicy(stage, at).refusal(user)
    heading, lead = _settlement_words(stage, following, proposal, refusal)
    facts = [*_standstill_facts(stage), *(_proposed_dates(proposal.approval, following) if proposal else [])]
    return StageEnd(stage, following, proposal, refusal, heading, lead, facts)


def closing_of(stage: Stage, user: User, *, at: datetime) -> StageEnd:
    proposal = _proposal(stage, CLOSING, user, at)
    refusal = ProposeClosingPolicy(stage, at).refusal(user)
    heading, lead = _closing_words(stage, proposal, refusal)
    return StageEnd(stage, None, proposal, refusal, heading, lead, [])


def _proposal(stage: Stage, what: Approval.What, user: User, at: datetime) -> ProposalPage | None:
    approval = settlement.proposal_about(stage, what)
    if approval is None:
        return None
    policy = SettleStagePolicy if what == SETTLEMENT else CloseStagePolicy
    return proposal_page(approval, user, refusal=policy(stage, approval, at).refusal(user), at=at)


def _settlement_words(stage: Stage, following: Stage | None, proposal: ProposalPage | None, refusal: str) -> tuple[str, str]:
    if stage.phase == StagePhase.SETTLED and following is not None:
        names = {"before": stage.name, "after": following.name}
        return _("«%(before)s» has ended, and «%(after)s» has begun") % names, _("Those who were selected are invited.")
    if stage.phase == StagePhase.SETTLED:
        return _("The last stage has ended"), _("The contract can be signed.")
    if proposal and proposal.waits and proposal.approves:
        asks = _("%(name)s asks for your approval.") % {"name": proposal.approval.proposed_by.name}
        then = _("When you say yes, those who were selected are invited, and the next stage begins.") if following else ""
        return _("Read it, and say whether the stage can end"), f"{asks} {then}".strip()
    if proposal and proposal.waits:
        return _("The end of the stage waits for %(names)s") % {"names": ", ".join(proposal.approvers)}, ""
    if refusal:
        return _("The stage can't end yet"), refusal
    if following is not None:
        text = _("The standstill is over. Somebody else approves, and then those who were selected are invited.")
        return _("Set the dates of «%(stage)s»") % {"stage": following.name}, text
    return _("The standstill is over, and the last stage can end"), _("Somebody else approves, and then the contract can be signed.")


def _closing_words(stage: Stage, proposal: ProposalPage | None, refusal: str) -> tuple[str, str]:
    if stage.phase == StagePhase.UNSELECTED:
        return _("The stage is closed without selection"), _("Everybody who took part gets a letter with the reason.")
    if proposal and proposal.waits and proposal.approves:
        asks = _("%(name)s asks for your approval.") % {"name": proposal.approval.proposed_by.name}
        then = _("When you say yes, everybody who took part gets a letter, and the tender ends.")
        return _("Read it, and say whether the stage is closed without selection"), f"{asks} {then}"
    if proposal and proposal.waits:
        return _("Closing without selection waits for %(names)s") % {"names": ", ".join(proposal.approvers)}, ""
    if refusal:
        return _("The stage can't be closed without selection"), refusal
    return _("Is nobody good enough?"), _("You can close the stage without selecting anybody. Somebody else approves, and the tender ends.")


def _standstill_facts(stage: Stage) -> list[Fact]:
    """Who goes on, and from when; nothing before everybody has the answer."""
    standstill = selection.standstill_of(stage)
    if standstill is None:
        return []
    names = [organisation.name for organisation in settlement.going_on(stage)]
    return [
        Fact(_("Hold a place"), ", ".join(names) or _("Nobody")),
        Fact(_("Letters out"), wording.moment(standstill.released_at)),
        Fact(_("Last day of the standstill"), wording.day(standstill.last_day)),
        Fact(_("Can be settled from"), wording.day(standstill.first_signing_day)),
    ]


def _proposed_dates(approval: Approval, following: Stage | None) -> list[Fact]:
    dates = StageDates.of_content(approval.content)
    if following is None or dates is None or approval.returned_at is not None:
        return []
    opened = following.opens_at if approval.approved_at else dates.opens_at
    opens = wording.moment(opened) if opened else _("When this is approved")
    return [
        Fact(_("«%(stage)s» opens") % {"stage": following.name}, opens),
        Fact(_("Deadline"), wording.deadline(dates.closes_at)),
        Fact(_("The answer comes at the latest"), wording.day(dates.answer_by)),
    ]
