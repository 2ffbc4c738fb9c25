"""National prequalification of social entrepreneurs: one application, used again in every tender."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from suppliers.phases import PrequalificationPhase


class Prequalification(models.Model):
    """One application with its answer. A new one is made to try again or to renew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="prequalifications")
    phase = models.CharField(max_length=12, choices=PrequalificationPhase.choices, default=PrequalificationPhase.DRAFT)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(phase__in=["draft", "submitted", "question"]),
                name="prequalification_one_under_way",
                violation_error_message=_("An application is already under way."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None) | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="prequalification_submitted_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase} for {self.organisation_id}"


class SelfDeclaration(models.Model):
    """What the organisation says of itself: its social purpose, and that no ground for exclusion applies.

    The grounds are those of anskaffelsesforskriften §§ 9-5 and 24-2; the purpose follows the five demands of the
    grant to social entrepreneurs. Registration in Frivillighetsregisteret is one way to show it, never a demand.
    """

    prequalification = models.OneToOneField(Prequalification, on_delete=models.CASCADE, related_name="declaration")
    social_purpose = models.TextField(blank=True)
    new_way = models.TextField(blank=True)
    surplus = models.CharField(
        max_length=12,
        blank=True,
        choices=[
            ("articles", _("The articles forbid or limit dividend")),
            ("register", _("We are in the register of non-profit organisations")),
            ("reinvested", _("The surplus goes back into the purpose, and we describe how")),
        ],
    )
    surplus_text = models.TextField(blank=True)
    no_convictions = models.BooleanField(null=True)
    taxes_paid = models.BooleanField(null=True)
    not_insolvent = models.BooleanField(null=True)
    no_serious_faults = models.BooleanField(null=True)
    explanation = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Self-declaration of {self.prequalification_id}"


class ReviewQuestion(models.Model):
    """The reviewer asks, the applicant answers."""

    prequalification = models.ForeignKey(Prequalification, on_delete=models.PROTECT, related_name="review_questions")
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="reviewquestion_answered_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"Question in {self.prequalification_id}"


class PrequalificationDecision(models.Model):
    """Yes or no, always with grounds."""

    prequalification = models.OneToOneField(Prequalification, on_delete=models.PROTECT, related_name="decision")
    qualified = models.BooleanField()
    grounds = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(grounds=""), name="prequalificationdecision_has_grounds", violation_error_message=_("Write the grounds.")
            ),
            models.CheckConstraint(
                condition=Q(qualified=True, valid_until__isnull=False) | Q(qualified=False, valid_until=None),
                name="prequalificationdecision_valid_until_when_qualified",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision on {self.prequalification_id}"
