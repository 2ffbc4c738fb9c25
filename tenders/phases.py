"""The life of a tender and of a stage, whole on one screen. Commands stand by name, so that no import points forward."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, Steps


class TenderPhase(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SHELVED = "shelved", _("Laid aside")
    IN_DIALOGUE = "in_dialogue", _("Market dialogue")
    AWAITING_APPROVAL = "awaiting_approval", _("Awaiting approval")
    ANNOUNCED = "announced", _("Announced")
    CONCLUDED = "concluded", _("Decided")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


# The officer writes; in dialogue everybody reads the need as it was last published, and nothing is announced yet
WRITTEN_PHASES = (TenderPhase.DRAFT, TenderPhase.IN_DIALOGUE)
# The last stage is decided, or never will be: nothing more is asked or handed in
ENDED_PHASES = (TenderPhase.CONCLUDED, TenderPhase.CLOSED, TenderPhase.CANCELLED)
# From the announcement on a tender is everybody's to see, also when it has come to nothing
PUBLIC_PHASES = (TenderPhase.ANNOUNCED, *ENDED_PHASES)


class StagePhase(models.TextChoices):
    """What is stored. Waiting, open and closed are derived from the dates by `Stage.state_at`."""

    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    OPENED = "opened", _("Opened")
    SCORED = "scored", _("Scored")
    PROPOSED = "proposed", _("Selection proposed")
    APPROVED = "approved", _("Selection approved")
    SETTLED = "settled", _("Settled")
    UNSELECTED = "unselected", _("Closed without selection")
    CANCELLED = "cancelled", _("Cancelled")


TENDER_STEPS: Steps = {
    (TenderPhase.DRAFT, TenderPhase.AWAITING_APPROVAL): (Role.OFFICER, "tenders.propose_announcement"),
    (TenderPhase.DRAFT, TenderPhase.IN_DIALOGUE): (Role.OFFICER, "tenders.open_dialogue"),
    (TenderPhase.IN_DIALOGUE, TenderPhase.DRAFT): (Role.OFFICER, "tenders.end_dialogue"),
    (TenderPhase.IN_DIALOGUE, TenderPhase.AWAITING_APPROVAL): (Role.OFFICER, "tenders.propose_announcement"),
    (TenderPhase.AWAITING_APPROVAL, TenderPhase.DRAFT): ((Role.APPROVER, Role.OFFICER), "tenders.return_announcement"),
    (TenderPhase.AWAITING_APPROVAL, TenderPhase.IN_DIALOGUE): ((Role.APPROVER, Role.OFFICER), "tenders.return_announcement"),
    (TenderPhase.AWAITING_APPROVAL, TenderPhase.ANNOUNCED): (Role.APPROVER, "tenders.announce_tender"),
    (TenderPhase.DRAFT, TenderPhase.SHELVED): (Role.OFFICER, "tenders.shelve_tender"),
    (TenderPhase.SHELVED, TenderPhase.DRAFT): (Role.OFFICER, "tenders.take_up_tender"),
    (TenderPhase.ANNOUNCED, TenderPhase.CONCLUDED): (Role.APPROVER, "tenders.conclude_tender"),
    (TenderPhase.CONCLUDED, TenderPhase.CLOSED): ((Role.CONTRACT_MANAGER, Role.APPROVER), "tenders.close_tender"),
    (TenderPhase.ANNOUNCED, TenderPhase.CANCELLED): (Role.APPROVER, "contracts.cancel_tender"),
    (TenderPhase.CONCLUDED, TenderPhase.CANCELLED): (Role.APPROVER, "contracts.cancel_tender"),
}
TENDER_FINAL = {TenderPhase.CLOSED, TenderPhase.CANCELLED}

STAGE_STEPS: Steps = {
    (StagePhase.PLANNED, StagePhase.ANNOUNCED): (Role.APPROVER, "tenders.announce_stage"),
    (StagePhase.ANNOUNCED, StagePhase.OPENED): ((Role.OFFICER, Role.APPROVER), "evaluation.open_stage"),
    (StagePhase.OPENED, StagePhase.SCORED): (Role.CHAIR, "evaluation.close_scoring"),
    (StagePhase.SCORED, StagePhase.PROPOSED): (Role.CHAIR, "evaluation.propose_selection"),
    (StagePhase.PROPOSED, StagePhase.SCORED): ((Role.APPROVER, Role.CHAIR), "evaluation.return_selection"),
    (StagePhase.PROPOSED, StagePhase.APPROVED): (Role.APPROVER, "evaluation.approve_selection"),
    (StagePhase.APPROVED, StagePhase.OPENED): (Role.APPROVER, "evaluation.annul_selection"),
    (StagePhase.APPROVED, StagePhase.SCORED): ((Role.SUPPLIER, Role.OFFICER), "evaluation.vacate_place"),
    (StagePhase.APPROVED, StagePhase.SETTLED): (Role.APPROVER, "evaluation.settle_stage"),
    (StagePhase.OPENED, StagePhase.UNSELECTED): (Role.APPROVER, "evaluation.close_stage"),
    (StagePhase.SCORED, StagePhase.UNSELECTED): (Role.APPROVER, "evaluation.close_stage"),
    **{
        (phase, StagePhase.CANCELLED): (Role.APPROVER, "contracts.cancel_tender")
        for phase in StagePhase
        if phase not in {StagePhase.SETTLED, StagePhase.UNSELECTED, StagePhase.CANCELLED}
    },
}
STAGE_FINAL = {StagePhase.SETTLED, StagePhase.UNSELECTED, StagePhase.CANCELLED}
