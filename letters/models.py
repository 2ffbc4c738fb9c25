"""Letters in batches: frozen together, made one by one, released together, mailed once and only once."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.languages import Language
from accounts.models import Organisation, User
from letters.phases import LetterPhase, MailState


class LetterBatch(models.Model):
    """Letters that belong to one act. `about` names the act as `app.Model:key`; the mail room knows no tender."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=120)
    stream = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "letter batches"
        indexes = [models.Index(fields=["about"], name="letterbatch_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="letterbatch_approved_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(approved_at__isnull=False), name="letterbatch_approved_before_released"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} about {self.about}"


class Letter(models.Model):
    """One recipient's letter, in the written language they have asked for. `body` is the HTML that becomes the PDF.

    A notice (`wants_pdf` false) is a plain text in the portal and by mail, without a file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(LetterBatch, on_delete=models.PROTECT, related_name="letters")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=2, choices=Language.choices)
    title = models.CharField(max_length=200)
    body = models.TextField()
    facts = models.JSONField(default=dict)
    address = models.CharField(max_length=200, blank=True)
    wants_pdf = models.BooleanField(default=True)
    phase = models.CharField(max_length=10, choices=LetterPhase.choices, default=LetterPhase.DRAFT)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=8, choices=MailState.choices, default=MailState.NONE)
    mail_claimed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["phase", "claimed_at"], name="letter_phase_claimed"),
            models.Index(fields=["mail", "released_at"], name="letter_mail_released"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, user=None) | Q(organisation=None, user__isnull=False),
                name="letter_has_one_recipient",
            ),
            models.UniqueConstraint(fields=["batch", "organisation"], name="letter_organisation_once_per_batch"),
            models.UniqueConstraint(fields=["batch", "user"], name="letter_user_once_per_batch"),
            models.CheckConstraint(condition=Q(mail="none") | Q(released_at__isnull=False), name="letter_mailed_after_release"),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"


class LetterFile(models.Model):
    """The letter as it was made, with its SHA-256: a PDF, or a web page where no PDF could be made."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        HTML = "html", "HTML"

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="file")
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.PDF)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256
