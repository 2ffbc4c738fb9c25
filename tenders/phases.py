"""The life of a tender and of a stage, whole on one screen. Commands stand by name, so that no import points forward."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, Steps


class TenderPhase(models.TextChoices):
    DRAFT = "draft", _("Draft")
    AWAITING_APPROVAL = "awaiting_approval", _("Awaiting approval")
    ANNOUNCED = "announced", _("Announced")


class StagePhase(models.TextChoices):
    """What is stored. Waiting, open and closed are derived from the dates by `Stage.state_at`."""

    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    OPENED = "opened", _("Opened")


TENDER_STEPS: Steps = {
    (TenderPhase.DRAFT, TenderPhase.AWAITING_APPROVAL): (Role.OFFICER, "tenders.propose_announcement"),
    (TenderPhase.AWAITING_APPROVAL, TenderPhase.DRAFT): ((Role.APPROVER, Role.OFFICER), "tenders.return_announcement"),
    (TenderPhase.AWAITING_APPROVAL, TenderPhase.ANNOUNCED): (Role.APPROVER, "tenders.announce_tender"),
}
TENDER_FINAL = {TenderPhase.ANNOUNCED}

STAGE_STEPS: Steps = {
    (StagePhase.PLANNED, StagePhase.ANNOUNCED): (Role.APPROVER, "tenders.announce_tender"),
    (StagePhase.ANNOUNCED, StagePhase.OPENED): ((Role.OFFICER, Role.APPROVER), "evaluation.open_stage"),
}
STAGE_FINAL = {StagePhase.OPENED}
