"""Who at Nav answers for what in a tender."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenders.models.tender import Tender


class TeamMember(models.Model):
    """One name for one task. Somebody who never logs in can be named; a role in Nyvei is an Assignment."""

    class Task(models.TextChoices):
        NEED_OWNER = "need_owner", _("Need owner")
        PROJECT_LEAD = "project_lead", _("Project lead")
        CONTRACT = "contract", _("Contract and legal")
        GUIDE = "guide", _("Start-up guide")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="team")
    task = models.CharField(max_length=16, choices=Task.choices)
    name = models.CharField(max_length=80)
    email = models.EmailField()
    phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "task"], name="teammember_task_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(email=""), name="teammember_can_be_reached"),
        ]

    def __str__(self) -> str:
        return f"{self.task} of {self.tender_id}"
