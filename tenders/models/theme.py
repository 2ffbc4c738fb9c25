"""Those who are told of every new tender about something: a theme is a target group, a county, both, or everything."""

import uuid

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import County, Organisation, User
from tenders.models.need import TargetGroup


class ThemeFollower(models.Model):
    """An organisation or a person with one theme. Never shown or counted to the buyer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Empty means every group, and every county
    group = models.CharField(max_length=12, choices=TargetGroup.choices, blank=True)
    county = models.ForeignKey(County, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, user=None) | Q(organisation=None, user__isnull=False),
                name="themefollower_is_one_of_the_two",
            ),
            models.UniqueConstraint("organisation", "group", Coalesce("county", Value("")), name="themefollower_organisation_once"),
            models.UniqueConstraint("user", "group", Coalesce("county", Value("")), name="themefollower_user_once"),
        ]

    def __str__(self) -> str:
        return f"Follower of {self.group or 'all groups'} in {self.county_id or 'all counties'}"

    @property
    def name(self) -> str:
        """«Unge under 30 år, Rogaland», in the active language."""
        group = str(TargetGroup(self.group).label) if self.group else _("All target groups")
        place = self.county.name if self.county else _("the whole country")
        return f"{group}, {place}"
