"""The forms an organisation can have, with the codes of Enhetsregisteret (the central register of legal entities)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationForm(models.TextChoices):
    """The forms that firms and associations taking part in tenders have. `OTHER` is no code of the register."""

    AS = "AS", _("Limited company (AS)")
    ASA = "ASA", _("Public limited company (ASA)")
    ENK = "ENK", _("Sole proprietorship (ENK)")
    FLI = "FLI", _("Association, club or society (FLI)")
    STI = "STI", _("Foundation (STI)")
    SA = "SA", _("Co-operative (SA)")
    ANS = "ANS", _("General partnership (ANS)")
    DA = "DA", _("General partnership with shared liability (DA)")
    BA = "BA", _("Company with limited liability (BA)")
    NUF = "NUF", _("Norwegian branch of a foreign company (NUF)")
    KF = "KF", _("Municipal undertaking (KF)")
    IKS = "IKS", _("Inter-municipal company (IKS)")
    OTHER = "other", _("Another form")
