"""Who may know of which tender, and who does what in it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.commands.end_role import end_role
from accounts.models import RoleGrant, Unit
from accounts.roles import Role
from tenders import queries
from tests.conftest import NOON
from tests.tenders_made import announced, describe, proposed


@pytest.fixture
def three(ingrid, arne):
    """A draft, one that waits for Arne, and one that is announced."""
    return describe(ingrid, name="Utkast"), proposed(ingrid, arne, name="Venter"), announced(ingrid, arne, name="Kunngjort")


def names(user):
    return sorted(queries.visible_tenders(user, at=NOON).values_list("name", flat=True))


def test_everybody_sees_what_is_announced_and_nothing_else(three, sara, with_role):
    for stranger in (AnonymousUser(), sara, with_role("Ola Ruud", Role.OFFICER), with_role("Berit Foss", Role.APPROVER)):
        assert names(stranger) == ["Kunngjort"]


def test_those_who_work_on_it_see_it_before(three, ingrid, arne, ragnhild):
    assert names(ingrid) == ["Kunngjort", "Utkast", "Venter"]
    assert names(arne) == ["Kunngjort", "Venter"]
    assert names(ragnhild) == ["Kunngjort", "Utkast", "Venter"]


def test_an_auditor_sees_the_units_below_and_no_other(three, ingrid, with_role):
    agder, oslo = Unit.objects.get(name="Nav Agder"), Unit.objects.get(name="Nav Oslo")
    describe(ingrid, name="I Agder", unit=agder)
    assert names(with_role("Rita Bø", Role.AUDITOR, agder)) == ["I Agder", "Kunngjort"]
    assert names(with_role("Roar Lie", Role.AUDITOR, oslo)) == ["Kunngjort"]
    assert "I Agder" in names(with_role("Runa Moe", Role.AUDITOR))


def test_a_role_that_has_ended_shows_no_draft(three, ingrid, admin):
    end_role(grant_id=RoleGrant.objects.get(user=ingrid).pk, by=admin, at=NOON)
    assert names(ingrid) == ["Kunngjort"]


def test_somebody_who_cannot_log_in_sees_no_draft(three, ingrid):
    ingrid.is_active = False
    assert names(ingrid) == ["Kunngjort"]


def test_assigned_means_both_the_case_and_the_role(three, ingrid, arne, admin):
    draft, waiting, _public = three
    assert queries.is_assigned(ingrid, draft, Role.OFFICER, at=NOON)
    assert not queries.is_assigned(ingrid, draft, Role.APPROVER, at=NOON)
    assert not queries.is_assigned(arne, draft, Role.APPROVER, at=NOON)
    assert queries.is_assigned(arne, waiting, Role.APPROVER, at=NOON)
    assert not queries.is_assigned(AnonymousUser(), draft, Role.OFFICER, at=NOON)
    end_role(grant_id=RoleGrant.objects.get(user=arne).pk, by=admin, at=NOON)
    assert not queries.is_assigned(arne, waiting, Role.APPROVER, at=NOON)
    assert list(queries.assigned_people(waiting, Role.APPROVER)) == [arne]


def test_the_proposer_is_no_possible_approver(ingrid, arne, with_role):
    tender = describe(ingrid)
    berit = with_role("Berit Foss", Role.APPROVER)
    assert list(queries.possible_approvers(tender, ingrid, at=NOON)) == [arne, berit]
    assert list(queries.possible_approvers(tender, berit, at=NOON)) == [arne]


def test_the_open_stage_is_open_from_announcement_until_the_deadline(three):
    draft, waiting, public = three
    closes_at = public.stages.first().closes_at
    assert queries.open_stage_of(public, at=NOON).no == 1
    assert queries.open_stage_of(public, at=closes_at - timedelta(microseconds=1)).no == 1
    assert queries.open_stage_of(public, at=closes_at) is None
    assert queries.open_stage_of(public, at=NOON - timedelta(seconds=1)) is None
    assert queries.open_stage_of(draft, at=NOON) is None
    assert queries.open_stage_of(waiting, at=NOON) is None


def test_the_number_of_statements_is_the_same_for_one_and_three(ingrid, arne, django_assert_num_queries):
    announced(ingrid, arne)
    for _ in range(2):
        with django_assert_num_queries(2):
            assert len(queries.visible_tenders(ingrid, at=NOON)) in {1, 3}
        describe(ingrid)
        proposed(ingrid, arne)
