"""Roles are given and ended by an administrator of the unit, on a page, and nobody's own."""

import uuid
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from accounts import queries
from accounts.commands.end_role import end_role
from accounts.commands.grant_role import grant_role
from accounts.commands.make_first_administrator import make_first_administrator
from accounts.models import JournalEntry, RoleGrant, Unit, User
from accounts.refused import Refused
from accounts.roles import Role
from tests.conftest import NOON, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr("accounts.clock.now", lambda: NOON)


@pytest.fixture
def oslo():
    return Unit.objects.get(name="Nav Oslo")


@pytest.fixture
def page(client, admin, at_noon):
    """The page for roles as an administrator of the directorate sees it in English."""
    User.objects.filter(pk=admin.pk).update(language="en")
    client.force_login(admin)
    return client


def typed(**changes):
    unit = Unit.objects.get(kind="directorate")
    return {"email": "sara@nyvei.example", "role": "officer", "unit": str(unit.pk), "until": "", "form_token": str(uuid.uuid4())} | changes


# Commands and their refusals


@pytest.mark.engine
def test_a_role_holds_from_when_it_is_given_to_its_last_day_in_the_unit_and_below(admin, sara, directorate, oslo):
    grant_role(to=sara, role=Role.OFFICER, unit=directorate, until=date(2026, 9, 3), by=admin, at=NOON)
    assert queries.has_role(sara, Role.OFFICER, oslo, at=NOON)
    assert queries.has_role(sara, Role.OFFICER, oslo, at=NOON + timedelta(days=2))
    assert not queries.has_role(sara, Role.OFFICER, oslo, at=NOON + timedelta(days=3))
    assert not queries.has_role(sara, Role.OFFICER, oslo, at=NOON - timedelta(seconds=1))


def test_a_role_in_a_unit_does_not_hold_above_it(admin, sara, directorate, oslo):
    grant_role(to=sara, role=Role.ADMINISTRATOR, unit=oslo, by=admin, at=NOON)
    assert not queries.has_role(sara, Role.ADMINISTRATOR, directorate, at=NOON)
    with pytest.raises(Refused, match="Only an administrator of the unit can grant roles."):
        grant_role(to=make_person("Siri Moe"), role=Role.OFFICER, unit=directorate, by=sara, at=NOON)


@pytest.mark.engine
def test_nobody_gives_or_ends_their_own_role(admin, directorate):
    with pytest.raises(Refused, match="You can't give yourself a role. Ask another administrator."):
        grant_role(to=admin, role=Role.APPROVER, unit=directorate, by=admin, at=NOON)
    with pytest.raises(Refused, match="You can't end your own role. Ask another administrator."):
        end_role(grant_id=RoleGrant.objects.get(user=admin).pk, by=admin, at=NOON)
    assert [grant.role for grant in queries.standing_grants(at=NOON).filter(user=admin)] == ["administrator"]


def test_who_is_no_administrator_gives_and_ends_nothing(ingrid, sara, directorate):
    with pytest.raises(Refused, match="Only an administrator of the unit can grant roles."):
        grant_role(to=sara, role=Role.OFFICER, unit=directorate, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="Only an administrator of the unit can end roles."):
        end_role(grant_id=RoleGrant.objects.get(user=ingrid).pk, by=sara, at=NOON)


def test_a_role_that_has_no_effect_is_refused(admin, sara, directorate):
    with pytest.raises(Refused, match="The last day has passed. Choose today or a later day."):
        grant_role(to=sara, role=Role.OFFICER, unit=directorate, until=date(2026, 8, 31), by=admin, at=NOON)
    sara.is_active = False
    sara.save()
    with pytest.raises(Refused, match="This person can't log in, so a role would have no effect."):
        grant_role(to=sara, role=Role.OFFICER, unit=directorate, by=admin, at=NOON)
    assert not RoleGrant.objects.filter(user=sara).exists()


@pytest.mark.engine
def test_the_same_role_is_given_once_at_a_time_and_again_after_its_last_day(admin, sara, directorate):
    first = grant_role(to=sara, role=Role.OFFICER, unit=directorate, until=date(2026, 9, 2), by=admin, at=NOON)
    with pytest.raises(Refused, match="This person already has the role in this unit"):
        grant_role(to=sara, role=Role.OFFICER, unit=directorate, by=admin, at=NOON)
    grant_role(to=sara, role=Role.OFFICER, unit=directorate, by=admin, at=NOON + timedelta(days=2))
    first.refresh_from_db()
    assert first.ended_by == admin
    assert queries.has_role(sara, Role.OFFICER, directorate, at=NOON + timedelta(days=30))


def test_an_ended_role_is_kept_and_is_not_ended_twice(admin, sara, directorate):
    grant = grant_role(to=sara, role=Role.OFFICER, unit=directorate, by=admin, at=NOON)
    end_role(grant_id=grant.pk, by=admin, at=NOON)
    assert not queries.has_role(sara, Role.OFFICER, directorate, at=NOON)
    with pytest.raises(Refused, match="This role has already been ended."):
        end_role(grant_id=grant.pk, by=admin, at=NOON)
    told = [(line.event, line.actor_role) for line in JournalEntry.objects.filter(stream="roles").order_by("seq")]
    assert told[1:] == [("accounts.role_granted", "administrator"), ("accounts.role_ended", "administrator")]


# The page


def test_an_administrator_gives_a_role_on_the_page(page, sara):
    answer = page.post(reverse("accounts:roles"), typed(email=" Sara@Nyvei.example ", until="2026-12-31"), follow=True)
    assert "Sara Nilsen is now procurement officer in Arbeids- og velferdsdirektoratet." in answer.content.decode()
    [grant] = RoleGrant.objects.filter(user=sara)
    assert (grant.role, grant.until, grant.granted_at) == ("officer", date(2026, 12, 31), NOON)


def test_a_double_click_gives_the_role_once(page, sara):
    same = typed()
    first, second = page.post("/roles/", same), page.post("/roles/", same)
    assert first.status_code == second.status_code == 302
    assert RoleGrant.objects.filter(user=sara).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nobody@nyvei.example"}, "Nobody has signed up with this address. Ask the person to sign up first."),
        ({"email": "clock@nyvei.invalid"}, "Nobody has signed up with this address. Ask the person to sign up first."),
        ({"email": "admin@nyvei.example"}, "You can&#x27;t give yourself a role. Ask another administrator."),
        ({"email": "sara"}, "Write the whole e-mail address, for example name@nav.no."),
        ({"email": "\x00@nyvei.example"}, "Write the whole e-mail address, for example name@nav.no."),
        ({"email": ""}, "Write the e-mail address."),
        ({"role": ""}, "Choose a role."),
        ({"role": "supplier"}, "Select a valid choice"),
        ({"role": "clock"}, "Select a valid choice"),
        ({"unit": ""}, "Choose a unit."),
        ({"unit": str(uuid.uuid4())}, "Select a valid choice"),
        ({"until": "31.02.2027"}, "Write a date that exists, for example 13.10.2026."),
        ({"until": "2026-08-31"}, "The last day has passed. Choose today or a later day."),
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_what_was_typed_stays(page, sara, changes, said):
    before = RoleGrant.objects.count()
    answer = page.post("/roles/", typed(**changes))
    text = answer.content.decode()
    assert answer.status_code == 200 and said in text
    assert changes.get("email", "sara@nyvei.example").replace("\x00", "") in text
    assert RoleGrant.objects.count() == before


def test_an_administrator_of_a_county_manages_that_county_only(client, admin, sara, ingrid, oslo, at_noon):
    grant_role(to=sara, role=Role.ADMINISTRATOR, unit=oslo, by=admin, at=NOON)
    client.force_login(sara)
    text = client.get("/roles/").content.decode()
    assert "Nav Oslo" in text and "Ingrid" not in text and "Nav Agder" not in text
    theirs = RoleGrant.objects.get(user=ingrid)
    assert client.get(f"/roles/{theirs.pk}/end/").status_code == 404
    assert client.post(f"/roles/{theirs.pk}/end/").status_code == 404
    assert RoleGrant.objects.get(pk=theirs.pk).ended_at is None


@pytest.mark.parametrize("who", ["ingrid", "sara", "ragnhild"])
def test_nobody_else_sees_the_page(client, request, who, admin, at_noon):
    client.force_login(request.getfixturevalue(who))
    grant = RoleGrant.objects.get(user=admin)
    assert [client.get("/roles/").status_code, client.post("/roles/", typed()).status_code] == [403, 403]
    assert [client.get(f"/roles/{grant.pk}/end/").status_code, client.post(f"/roles/{grant.pk}/end/").status_code] == [404, 404]
    client.logout()
    assert client.get("/roles/").url.startswith("/accounts/login/")


def test_a_role_is_ended_after_one_more_question(page, ingrid):
    grant = RoleGrant.objects.get(user=ingrid)
    asked = page.get(f"/roles/{grant.pk}/end/").content.decode()
    assert "End Ingrid Aas's role?" in asked
    assert RoleGrant.objects.get(pk=grant.pk).ended_at is None
    answer = page.post(f"/roles/{grant.pk}/end/", {"form_token": str(uuid.uuid4())}, follow=True).content.decode()
    assert (
        "Ingrid Aas is no longer procurement officer in Arbeids- og velferdsdirektoratet." in answer and "One role that has ended" in answer
    )
    assert RoleGrant.objects.get(pk=grant.pk).ended_at == NOON


def test_ones_own_role_says_why_it_cannot_be_ended(page, admin):
    own = RoleGrant.objects.get(user=admin)
    assert f"/roles/{own.pk}/end/" not in page.get("/roles/").content.decode()
    asked = page.get(f"/roles/{own.pk}/end/").content.decode()
    assert "You can&#x27;t end your own role. Ask another administrator." in asked and 'aria-disabled="true"' in asked
    refused = page.post(f"/roles/{own.pk}/end/", {"form_token": str(uuid.uuid4())})
    assert refused.status_code == 409 and "You can&#x27;t end your own role." in refused.content.decode()


QUERIES = 8


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(page, with_role, number, django_assert_num_queries):
    for no in range(number):
        with_role(f"Person{no} Aas", Role.OFFICER, unit=Unit.objects.filter(kind="county").order_by("name")[no])
        ended = grant_role(
            to=make_person(f"Ended{no} Aas"),
            role=Role.OFFICER,
            unit=Unit.objects.get(kind="directorate"),
            by=User.objects.get(email="admin@nyvei.example"),
            at=NOON,
        )
        end_role(grant_id=ended.pk, by=User.objects.get(email="admin@nyvei.example"), at=NOON)
    with django_assert_num_queries(QUERIES):
        text = page.get("/roles/").content.decode()
    assert all(f"Person{no} Aas" in text for no in range(number))


# The first administrator


def run(name, *words):
    out = StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def test_the_first_administrator_comes_from_the_command_line(sara, directorate):
    assert "Sara Nilsen is administrator of Arbeids- og velferdsdirektoratet" in run("make_administrator", "SARA@nyvei.example")
    assert queries.has_role(sara, Role.ADMINISTRATOR, directorate, at=RoleGrant.objects.get().granted_at)


def test_the_command_says_why_not_and_makes_nobody(sara, sindre):
    with pytest.raises(CommandError, match="Nobody has signed up with this address. Sign up first, then run the command again.") as unknown:
        run("make_administrator", "nobody@nyvei.example")
    assert unknown.value.returncode == 1
    run("make_administrator", sara.email)
    with pytest.raises(CommandError, match="There is an administrator already. Administrators grant roles on the page for roles."):
        run("make_administrator", sindre.email)
    assert RoleGrant.objects.count() == 1


def test_the_sentences_of_the_first_administrator_are_refusals(db):
    with pytest.raises(Refused, match="Nobody has signed up with this address"):
        make_first_administrator(email="nobody@nyvei.example", by=User.clock(), at=NOON)
