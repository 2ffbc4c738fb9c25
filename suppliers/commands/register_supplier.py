"""Somebody registers the organisation they act for."""

from datetime import datetime

from accounts import journal
from accounts.command import command
from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from suppliers.models import Supplier
from suppliers.policies.registration import RegisterSupplierPolicy


@command
def register_supplier(
    *,
    number: str,
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
    """Register an organisation as it was typed; `by` becomes its representative. Refused when the number is taken."""
    organisation = Organisation(number=number, name=name, form=form, address=address, language=language)
    organisation.registered_at, organisation.registered_by = at, by
    # Two colleagues at once: the one who comes second waits here, adds nothing, and is refused below
    Organisation.objects.bulk_create([organisation], ignore_conflicts=True)
    RegisterSupplierPolicy(organisation).check(by)
    part = Membership.Part.REPRESENTATIVE
    Membership.objects.create(organisation=organisation, user=by, part=part, joined_at=at)
    supplier = Supplier.objects.create(
        organisation=organisation, kind=kind, size=size, county_id=county_code, first_time=first_time, described_at=at
    )
    facts = {"kind": kind, "size": size, "county": county_code, "known_from": organisation.known_from}
    about = [organisation]
    journal.record("suppliers.supplier_registered", by=by, at=at, stream=organisation, about=about, role=Role.SUPPLIER, facts=facts)
    return supplier
