from datetime import timedelta

import pytest
from django.utils import translation

from accounts import queries
from accounts.journal import broken_lines
from accounts.models import JournalEntry, Membership, Organisation
from accounts.refused import Refused
from suppliers.commands.describe_supplier import describe_supplier
from suppliers.models import Supplier
from tests.conftest import NOON
from tests.suppliers_made import registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def described(organisation, by, **changes):
    as_it_is = {
        "name": "Morgenkveik AS",
        "form": "AS",
        "address": "Storgata 1, 0155 Oslo",
        "language": "nb",
        "kind": "social_enterprise",
        "size": "5-19",
        "county_code": "NO081",
        "first_time": True,
    }
    return describe_supplier(organisation_id=organisation.pk, by=by, at=NOON, **(as_it_is | changes))


@pytest.mark.engine
def test_whoever_registers_an_organisation_represents_it(sara):
    organisation = registered(sara)
    membership = Membership.objects.get(organisation=organisation)
    assert (membership.user, membership.part, membership.ended_at) == (sara, "representative", None)
    assert queries.represents(sara, organisation)
    assert organisation.known_from == Organisation.KnownFrom.TYPED
    supplier = Supplier.objects.get(organisation=organisation)
    assert (supplier.kind, supplier.size, supplier.county.name, supplier.first_time) == ("social_enterprise", "5-19", "Oslo", True)


def test_registering_is_in_the_journal_without_names(sara):
    organisation = registered(sara)
    line = JournalEntry.objects.get(event="suppliers.supplier_registered")
    assert line.stream == f"organisation:{organisation.pk}"
    assert line.about == [f"accounts.Organisation:{organisation.pk}"]
    written = str([line.facts, line.reason, line.about])
    assert organisation.name not in written and organisation.number not in written and sara.name not in written
    assert list(broken_lines()) == []


@pytest.mark.engine
def test_a_number_is_registered_once_and_nobody_learns_by_whom(sara, sindre):
    organisation = registered(sara)
    with pytest.raises(Refused, match="This organisation is registered already. Ask a colleague there to let you in.") as refused:
        registered(sindre, name="Et annet navn", number=organisation.number)
    assert sara.name not in str(refused.value) and sara.email not in str(refused.value)
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Morgenkveik AS"]
    assert not Membership.objects.filter(user=sindre).exists()


def test_who_cannot_log_in_cannot_register(sara):
    sara.is_active = False
    with pytest.raises(Refused, match="Log in with your own account to register an organisation."):
        registered(sara)
    assert not Organisation.objects.exists()


def test_a_person_can_register_several_organisations(sara):
    registered(sara)
    registered(sara, name="Kveldsro")
    assert [organisation.name for organisation in queries.own_organisations(sara)] == ["Kveldsro", "Morgenkveik AS"]


def test_a_representative_changes_the_description_and_the_journal_says_which_fields(sara):
    organisation = registered(sara)
    described(organisation, sara, name="Morgenkveik og venner AS", size="20-99", first_time=False)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.supplier.size, organisation.supplier.described_at) == (
        "Morgenkveik og venner AS",
        "20-99",
        NOON,
    )
    line = JournalEntry.objects.get(event="suppliers.supplier_described")
    assert line.facts == {"changed": ["name", "size", "first_time"]}


def test_a_description_that_says_the_same_changes_nothing(sara):
    organisation = registered(sara)
    described(organisation, sara)
    assert not JournalEntry.objects.filter(event="suppliers.supplier_described").exists()
    assert organisation.supplier.described_at == NOON - timedelta(days=30)


def test_only_a_representative_describes_the_organisation(sara, sindre):
    organisation = registered(sara)
    with pytest.raises(Refused, match="Only a representative of the organisation can do this."):
        described(organisation, sindre, name="Kapret")
    organisation.refresh_from_db()
    assert organisation.name == "Morgenkveik AS"
