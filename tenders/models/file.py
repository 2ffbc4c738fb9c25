"""Files that belong to a tender: what everybody may read beside the announcement."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tenders.models.tender import Tender

MAX_FILES = 20
TOO_MANY_FILES = _("A tender has twenty files at most. Remove one, or put two together in one file.")


class TenderFile(models.Model):
    """In the tender's list while it has a `place`; public from `public_since` on, also when an amendment takes it out later.

    Without a place and never public it is made ready for an amendment, or removed. The bytes are never changed: another
    content is another file. `sha256` is what the approver approves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="files")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=120, unique=True)
    # Who the file's own properties say has written it. For those who prepare the tender
    names_inside = models.JSONField(default=list)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    public_since = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "place"], name="tenderfile_place_once"),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__range=(1, MAX_FILES)),
                name="tenderfile_at_most_twenty",
                violation_error_message=TOO_MANY_FILES,
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="tenderfile_has_its_title", violation_error_message=_("Give every file a title.")
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="tenderfile_removed_at_and_by_together",
            ),
            models.CheckConstraint(condition=Q(removed_at=None) | Q(place=None), name="tenderfile_removed_has_no_place"),
        ]

    def __str__(self) -> str:
        return f"File {self.pk} of {self.tender_id}"

    @property
    def key(self) -> str:
        return str(self.pk)

    @property
    def said(self) -> dict[str, Any]:
        """What the announcement and the amendments say of it, and what the approver approves."""
        return {
            "key": self.key, "title": self.title, "name": self.name, "kind": self.kind, "size": self.size, "sha256": self.sha256
        }  # fmt: skip
