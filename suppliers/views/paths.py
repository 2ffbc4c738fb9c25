"""Where a page of this desk stands, for the line at its top."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation

Crumbs = list[tuple[str, str]]


def of_organisation(organisation: Organisation, *pages: str) -> Crumbs:
    """Suppliers, the organisation, then `pages`; the last one is the page itself."""
    here = reverse("suppliers:organisation", args=[organisation.number])
    return [(_("Suppliers"), reverse("suppliers:directory")), (organisation.name, here), *((page, "") for page in pages)]


def of_application(organisation: Organisation, page: str) -> Crumbs:
    """The organisation, its prequalification, then `page`."""
    own = (_("Prequalification"), reverse("suppliers:prequalification", args=[organisation.number]))
    return [*of_organisation(organisation), own, (page, "")]


def of_review(organisation: Organisation) -> Crumbs:
    """The reviewer's list, then the application of this organisation."""
    return [(_("Prequalifications"), reverse("suppliers:prequalifications")), (organisation.name, "")]
