"""Who judges, who is impartial to whom, and what is let in to be judged."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from suppliers.models import Submission
from tenders.models import Stage, Tender

SEATS = (Role.CHAIR, Role.EVALUATOR, Role.OBSERVER)


class PanelSeat(models.Model):
    """A seat in the panel of a tender, proposed by the officer and confirmed by the approver. Ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="panel_seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="panel_seats")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in SEATS])
    seated_at = models.DateTimeField()
    seated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "user"],
                condition=Q(ended_at=None),
                name="panelseat_one_per_person",
                violation_error_message=_("Each person has one seat in the panel."),
            ),
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(ended_at=None, role="chair"),
                name="panelseat_one_chair",
                violation_error_message=_("A panel has one chair."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="panelseat_ended_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.tender_id}"


class ImpartialityDeclaration(models.Model):
    """One person has looked through the names of a stage, knows the duty of confidentiality, and has told of every tie.

    Forvaltningsloven §§ 6 and 13c, by anskaffelsesforskriften §§ 7-4 and 7-5. Ties that are found later are added.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="declarations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "user"],
                name="declaration_once",
                violation_error_message=_(
                    "You have declared already. A tie that you find later is told from the sketch or from this page."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Declaration in {self.stage_id}"


class Conflict(models.Model):
    """A tie between one person and one supplier: for that person the submission is not there from now on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    declaration = models.ForeignKey(ImpartialityDeclaration, on_delete=models.PROTECT, related_name="conflicts")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="conflicts")
    ground = models.TextField()
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["declaration", "submission"], name="conflict_once"),
            models.CheckConstraint(
                condition=~Q(ground=""), name="conflict_has_its_ground", violation_error_message=_("Say what the tie is.")
            ),
        ]

    def __str__(self) -> str:
        return f"Conflict in {self.declaration_id}"


class FormalCheck(models.Model):
    """Admitted to be judged, or rejected with a ground. `ground` is a key of evaluation/data/rejection_grounds.json."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="formal_check")
    admitted = models.BooleanField()
    ground = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    # How and when the supplier was heard, for the grounds that demand it
    heard = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(admitted=True, ground="", reason="") | (Q(admitted=False) & ~Q(ground="") & ~Q(reason="")),
                name="formalcheck_rejected_with_ground_and_reason",
                violation_error_message=_("A rejection has a ground and a reason."),
            )
        ]

    def __str__(self) -> str:
        return f"Check of {self.submission_id}"
