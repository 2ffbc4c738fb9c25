"""A representative changes what is said of the organisation."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from accounts.roles import Role
from suppliers.models import Supplier
from suppliers.policies.registration import DescribeSupplierPolicy

OF_THE_ORGANISATION = ("name", "form", "address", "language")
OF_THE_SUPPLIER = ("kind", "size", "county_id", "first_time")


@command
def describe_supplier(
    *,
    organisation_id: UUID,
    name: str,
    form: str,
    address: str,
    language: str,
    kind: str,
    size: str,
    county_code: str,
    first_time: bool,
    by: User,
    at: datetime,
) -> Supplier:
    """Change everything but the number. The journal names which fields were changed, not what they held."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    DescribeSupplierPolicy(organisation).check(by)
    supplier = Supplier.objects.get(organisation=organisation)
    given = {"name": name, "form": form, "address": address, "language": language}
    given_of_supplier = {"kind": kind, "size": size, "county_id": county_code, "first_time": first_time}
    changed = [key for key, value in given.items() if getattr(organisation, key) != value]
    changed += [key for key, value in given_of_supplier.items() if getattr(supplier, key) != value]
    if not changed:
        return supplier
    for key, value in given.items():
        setattr(organisation, key, value)
    organisation.save(update_fields=OF_THE_ORGANISATION)
    for key, value in given_of_supplier.items():
        setattr(supplier, key, value)
    supplier.described_at = at
    supplier.save(update_fields=[*OF_THE_SUPPLIER, "described_at"])
    journal.record(
        "suppliers.supplier_described",
        by=by,
        at=at,
        stream=organisation,
        about=[organisation],
        role=Role.SUPPLIER,
        facts={"changed": changed},
    )
    return supplier
