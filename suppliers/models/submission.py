"""What is handed in: an idea sketch, a developed sketch, an offer. Sealed until two people open the stage."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from suppliers.phases import SubmissionPhase
from tenders.models import Stage


class StageInvitation(models.Model):
    """Lets an organisation into a stage that is entered by invitation. Written by the desk that selects; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="stage_invitations")
    ground = models.TextField()
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stage", "organisation"], condition=Q(ended_at=None), name="stageinvitation_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="stageinvitation_ended_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} into {self.stage_id}"


class Submission(models.Model):
    """One organisation's in one stage. `draft` is its text under the application key; gone when the stage is opened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="submissions")
    phase = models.CharField(max_length=10, choices=SubmissionPhase.choices, default=SubmissionPhase.DRAFT)
    draft = models.BinaryField(blank=True, default=b"")
    # Counts saves, so that two people who write at the same time are told instead of overwriting each other
    draft_no = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    code_name = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "organisation"],
                condition=~Q(phase="withdrawn"),
                name="submission_one_current_per_organisation",
                violation_error_message=_("Your organisation has already started. You work on the same one."),
            ),
            models.UniqueConstraint(fields=["stage", "code_name"], condition=~Q(code_name=""), name="submission_code_name_once"),
            models.CheckConstraint(condition=Q(code_name="") | Q(phase="opened"), name="submission_code_name_from_opening"),
        ]

    def __str__(self) -> str:
        return f"Submission {self.pk}"


# What is deleted when a version is replaced or withdrawn: all of it, with its keys
CONTENT = ("content", "manifest", "sealed_key", "opened_key", "price", "price_sealed_key", "price_opened_key")


class SubmissionVersion(models.Model):
    """What was handed in at one time. Only the last one is opened; an earlier one keeps its receipt and loses its content.

    `content` is the text sealed with a data key of its own; `sealed_key` is that key sealed to the stage,
    `opened_key` the same key under the application key from the opening on. `manifest` is sealed with the content.
    `price` is the same for the price, with a data key of its own; empty where the stage asks for none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    manifest = models.BinaryField(blank=True, default=b"")
    content = models.BinaryField(blank=True, default=b"")
    sealed_key = models.BinaryField(blank=True, default=b"")
    opened_key = models.BinaryField(blank=True, default=b"")
    price = models.BinaryField(blank=True, default=b"")
    price_sealed_key = models.BinaryField(blank=True, default=b"")
    price_opened_key = models.BinaryField(blank=True, default=b"")
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    compared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "no"], name="submissionversion_no_once"),
            models.UniqueConstraint(fields=["submission"], condition=Q(replaced_at=None), name="submissionversion_one_current"),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(**dict.fromkeys(CONTENT, b"")),
                name="submissionversion_replaced_means_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.no} of {self.submission_id}"


class Attachment(models.Model):
    """A file, sealed to the stage on arrival. Its name is under the application key: it may tell whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    sealed_name = models.BinaryField()
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=120)
    sealed_key = models.BinaryField(blank=True, default=b"")
    opened_key = models.BinaryField(blank=True, default=b"")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    file_deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(sealed_key=b"", opened_key=b""), name="attachment_removed_means_keys_gone"
            )
        ]

    def __str__(self) -> str:
        return f"Attachment {self.pk}"


class Receipt(models.Model):
    """Proof of what was handed in and when. Stays when the content is replaced or withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Not a running number: that would count what is sealed
    number = models.CharField(max_length=24, unique=True)
    version = models.OneToOneField(SubmissionVersion, on_delete=models.PROTECT, related_name="receipt")
    commitment = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    words = models.PositiveIntegerField()
    files = models.PositiveSmallIntegerField()
    bytes = models.PositiveBigIntegerField()
    stream_seq = models.PositiveBigIntegerField()
    stream_hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return self.number
