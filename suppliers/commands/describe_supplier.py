"""A representative changes what is said of the organisation."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from accounts.roles import Role
from suppliers.models import Supplier
from suppliers.policies.registration import DescribeSupplierPolicy


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
    changed = _change(organisation, {"name": name, "form": form, "address": address, "language": language})
    changed += _change(supplier, {"kind": kind, "size": size, "county_id": county_code, "first_time": first_time})
    if not changed:
        return supplier
    organisation.save(update_fields=["name", "form", "address", "language"])
    supplier.described_at = at
    supplier.save(update_fields=["kind", "size", "county_id", "first_time", "described_at"])
    facts = {"changed": changed}
    journal.record("suppliers.supplier_described", by=by, at=at, stream=organisation, about=[organisation], role=Role.SUPPLIER, facts=facts)
    return supplier


def _change(row: Organisation | Supplier, given: dict[str, str | bool]) -> list[str]:
    """Set what was given; the names of the fields that held something else."""
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    return changed
