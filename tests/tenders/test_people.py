"""Who does what in a tender, and naming one more when somebody is away or has a tie."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import journal
from accounts.commands.end_role import end_role
from accounts.models import JournalEntry, RoleGrant, User
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.assign_person import assign_person
from tenders.commands.name_substitute import name_substitute
from tenders.models import Assignment, Tender
from tenders.phases import TenderPhase
from tenders.queries import is_assigned
from tests.conftest import NOON
from tests.tenders_made import announced, describe

SOON = NOON + timedelta(days=1)


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def oda(with_role):
    return with_role("Oda Vik", Role.OFFICER)


def named(tender, user, by, role=Role.OFFICER, reason="Ingrid har ferie"):
    return name_substitute(tender_id=tender.pk, user=user, role=role, reason=reason, by=by, at=SOON)


@pytest.mark.parametrize("who", ["ingrid", "arne", "admin"])
def test_officer_approver_and_the_units_administrator_name_a_substitute(request, tender, oda, who):
    by = request.getfixturevalue(who)
    named(tender, oda, by)
    assert is_assigned(oda, tender, Role.OFFICER, at=SOON)
    assert Assignment.objects.filter(tender=tender, role=Role.OFFICER).count() == 2
    line = JournalEntry.objects.filter(stream=journal.stream_of(tender)).order_by("-seq")[0]
    assert (line.event, line.actor_id, line.reason, line.facts) == (
        "tenders.substitute_named",
        by.pk,
        "Ingrid har ferie",
        {"role": "officer"},
    )


def test_a_contract_manager_and_an_approver_can_be_named(tender, ingrid, with_role):
    camilla, berit = with_role("Camilla Ek", Role.CONTRACT_MANAGER), with_role("Berit Dahl", Role.APPROVER)
    named(tender, camilla, ingrid, role=Role.CONTRACT_MANAGER)
    named(tender, berit, ingrid, role=Role.APPROVER)
    assert is_assigned(berit, tender, Role.APPROVER, at=SOON)


def test_what_is_refused(tender, ingrid, arne, oda, sara, with_role, directorate, admin):
    with pytest.raises(Refused, match="Only officer, approver and the unit's administrator can name a substitute"):
        named(tender, oda, oda)
    with pytest.raises(Refused, match="You can't name yourself"):
        named(tender, ingrid, ingrid, role=Role.APPROVER)
    with pytest.raises(Refused, match="This person does not have the role in the unit"):
        named(tender, sara, ingrid)
    with pytest.raises(Refused, match="This person has the task already"):
        named(tender, arne, ingrid, role=Role.APPROVER)
    with pytest.raises(Refused, match="You can name an officer, an approver or a contract manager here"):
        named(tender, with_role("Eva Lunde", Role.EVALUATOR), ingrid, role=Role.EVALUATOR)
    with pytest.raises(Refused, match="Write why one more is needed"):
        named(tender, oda, ingrid, reason=" ")
    assert not Assignment.objects.filter(user=oda).exists()


@pytest.mark.parametrize("seat", [Role.CHAIR, Role.EVALUATOR, Role.OBSERVER])
def test_whoever_sits_in_the_panel_neither_prepares_nor_decides(tender, ingrid, arne, oda, seat):
    assign_person(tender_id=tender.pk, user=oda, role=seat, by=arne, at=NOON)
    with pytest.raises(Refused, match="This person sits in the panel, and can't prepare or decide as well"):
        named(tender, oda, ingrid)


@pytest.mark.parametrize("phase", [TenderPhase.CLOSED, TenderPhase.CANCELLED])
def test_nobody_is_named_when_the_tender_is_over(tender, ingrid, oda, phase):
    Tender.objects.filter(pk=tender.pk).update(phase=phase)
    with pytest.raises(Refused, match="This tender is over, so nobody new is needed"):
        named(tender, oda, ingrid)


# The page


def as_user(user):
    """Signed in, and reading in the language of the source."""
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def address(tender):
    return reverse("tenders:people", args=[tender.reference])


def test_the_page_shows_everybodys_task_and_who_has_lost_the_role(tender, ingrid, arne, admin, ragnhild):
    end_role(grant_id=RoleGrant.objects.get(user=arne).pk, by=admin, at=NOON)
    page = as_user(ragnhild).get(address(tender)).content.decode()
    assert "Procurement officer" in page
    assert "Ingrid Aas" in page
    assert page.count("Has no longer the role") == 1
    assert "Name a substitute" not in page
    assert "Name a substitute" in as_user(ingrid).get(address(tender)).content.decode()


def test_a_substitute_is_named_on_the_page(tender, ingrid, oda):
    client = as_user(ingrid)
    kept = client.post(address(tender), {"who": f"officer:{ingrid.pk}", "reason": "Ferie"}).content.decode()
    assert "Choose among the names on the list." in kept
    assert "Ferie" in kept
    answer = client.post(address(tender), {"who": f"officer:{oda.pk}", "reason": "Ferie"}, follow=True).content.decode()
    assert "Oda Vik is now procurement officer in this tender." in answer
    assert is_assigned(oda, tender, Role.OFFICER, at=SOON)
    assert "Nobody to choose" in client.get(address(tender)).content.decode()


def test_who_sees_the_page(tender, ingrid, arne, admin, ragnhild, oda, sara, per):
    for user in (ingrid, arne, admin, ragnhild):
        assert as_user(user).get(address(tender)).status_code == 200
    for user in (oda, sara, per):
        assert as_user(user).get(address(tender)).status_code == 404
    assert Client().get(address(tender)).status_code == 302
    assert as_user(ragnhild).post(address(tender), {}).status_code == 409
    draft = describe(ingrid, name="Et utkast")
    assert [as_user(user).get(address(draft)).status_code for user in (ingrid, admin, arne)] == [200, 200, 404]


def test_three_people_ask_the_database_the_same_as_two(tender, ingrid, with_role):
    client = as_user(ingrid)
    numbers = []
    for name in ("Oda Vik", "Nils Lie"):
        named(tender, with_role(name, Role.OFFICER), ingrid)
        client.get(address(tender))
        with CaptureQueriesContext(connection) as statements:
            client.get(address(tender))
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
