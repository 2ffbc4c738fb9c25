"""How suppliers, and what they have written, stand in tables."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from accounts.organisation_number import in_threes
from accounts.page_parts import Cell, Column, Tag
from accounts.wording import deadline
from suppliers.models import Submission, Supplier
from suppliers.organisation_forms import OrganisationForm
from suppliers.phases import SubmissionPhase

QUALIFIED = Tag(gettext_lazy("Prequalified"), "success", "CheckmarkCircle")  # type: ignore[arg-type]  # read when it is shown
HANDED_IN = {SubmissionPhase.SUBMITTED, SubmissionPhase.OPENED}
COLORS = {SubmissionPhase.SUBMITTED: "success", SubmissionPhase.OPENED: "info"}


def form_name(organisation: Organisation) -> str:
    """«Limited company (AS)»; the code itself when it is one we have no name for."""
    names = {code: str(label) for code, label in OrganisationForm.choices}
    return names.get(organisation.form, organisation.form)


def directory_columns() -> list[Column]:
    return [Column(_("Name")), Column(_("Number")), Column(_("County")), Column(_("Kind"))]


def directory_row(supplier: Supplier) -> list[Cell]:
    organisation = supplier.organisation
    here = reverse("suppliers:organisation", args=[organisation.number])
    county, kind = Cell(supplier.county.name), Cell(supplier.get_kind_display())
    return [Cell(organisation.name, href=here), Cell(in_threes(organisation.number)), county, kind]


def submission_columns() -> list[Column]:
    return [Column(_("Tender")), Column(_("State")), Column(_("Deadline")), Column(_("Receipt"))]


def submission_row(row: Submission) -> list[Cell]:
    """The tender leads to what is written; the receipt stands there once something has been handed in."""
    stage = row.stage
    place = [stage.tender.reference, stage.no]
    phase = SubmissionPhase(row.phase)
    receipt = Cell(_("See the receipt"), href=reverse("suppliers:receipt", args=place)) if phase in HANDED_IN else Cell("–")
    return [
        Cell(stage.tender.name, href=reverse("suppliers:submission", args=place), note=stage.name),
        Cell("", tag=Tag(str(phase.label), COLORS.get(phase, "neutral"))),  # type: ignore[arg-type]  # every colour is one of Tag's
        Cell(deadline(stage.closes_at) if stage.closes_at else "–"),
        receipt,
    ]
