"""Who is selected: a proposal with grounds, the decision, and the places that the database can hold no more of."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from letters.models import LetterBatch
from suppliers.models import Submission
from tenders.models import Stage


class Selection(models.Model):
    """Proposed by the chair, approved by somebody else, together with every letter of `batch`.

    `reason` is why the ranking is not followed, or why a place stays empty. A later one fills places that became free.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="selections")
    reason = models.TextField(blank=True)
    batch = models.OneToOneField(LetterBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    return_reason = models.TextField(blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    annul_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="selection_by_another_person",
                violation_error_message=_("Someone else must approve your proposal."),
            ),
            models.UniqueConstraint(
                fields=["stage"],
                condition=Q(approved_at=None, returned_at=None),
                name="selection_one_waiting_at_a_time",
                violation_error_message=_("This is already waiting for approval."),
            ),
            models.CheckConstraint(condition=Q(approved_at=None) | Q(returned_at=None), name="selection_approved_or_returned"),
            models.CheckConstraint(condition=Q(annulled_at=None) | Q(approved_at__isnull=False), name="selection_annulled_after_approved"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{stem}_at": None, f"{stem}_by": None})
                    | Q(**{f"{stem}_at__isnull": False, f"{stem}_by__isnull": False}),
                    name=f"selection_{stem}_at_and_by_together",
                )
                for stem in ("approved", "returned", "annulled")
            ),
        ]

    def __str__(self) -> str:
        return f"Selection in {self.stage_id}"


class SelectionItem(models.Model):
    """One of the proposed, with the rank it had and its merits: what was best about it, which every letter tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="items")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="selection_items")
    rank = models.PositiveSmallIntegerField()
    ground = models.TextField()
    vacated_at = models.DateTimeField(null=True, blank=True)
    vacated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    vacate_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "submission"], name="selectionitem_once"),
            models.CheckConstraint(
                condition=~Q(ground=""), name="selectionitem_has_its_ground", violation_error_message=_("Write the grounds.")
            ),
            models.CheckConstraint(
                condition=Q(vacated_at=None, vacated_by=None) | Q(vacated_at__isnull=False, vacated_by__isnull=False),
                name="selectionitem_vacated_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} in {self.selection_id}"


class SelectionPlace(models.Model):
    """Place 1 to n of a stage, made when it is opened from the number that was announced. The database can't hold one more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="places")
    no = models.PositiveSmallIntegerField()
    item = models.OneToOneField(SelectionItem, null=True, blank=True, on_delete=models.PROTECT, related_name="place")

    class Meta:
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "no"], name="selectionplace_no_once"),
            models.CheckConstraint(condition=Q(no__gte=1), name="selectionplace_from_one"),
        ]

    def __str__(self) -> str:
        return f"Place {self.no} of {self.stage_id}"
