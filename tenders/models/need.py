"""Whom a need is about, in the plain words that suppliers look for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenders.models.tender import Tender


class TargetGroup(models.TextChoices):
    """Open on purpose: several may fit one tender, and who counts as within them is said in the tender's own words."""

    YOUNG = "young", _("Young people under 30")
    LONG_TERM = "long_term", _("People who have been without work for long")
    HEALTH = "health", _("People with health problems or reduced work ability")
    NEWCOMERS = "newcomers", _("Immigrants and refugees new to working life")
    PARENTS = "parents", _("Parents and single providers")
    SCHOOL = "school", _("People who have not completed school")
    ADDICTION = "addiction", _("People with experience of addiction or prison")
    OLDER = "older", _("Job seekers over 55")
    EMPLOYERS = "employers", _("Employers")
    OTHER = "other", _("Others")


class TenderGroup(models.Model):
    """One of the groups that a tender is about."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="groups")
    group = models.CharField(max_length=12, choices=TargetGroup.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tender", "group"], name="tendergroup_once")]

    def __str__(self) -> str:
        return f"{self.group} in {self.tender_id}"
