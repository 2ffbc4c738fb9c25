"""Who judges: proposed by the officer, confirmed by the approver, changed until the scoring is closed."""

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
from evaluation.commands.appoint_panel import appoint_panel
from evaluation.commands.confirm_panel import confirm_panel
from evaluation.commands.return_panel import return_panel
from evaluation.models import PanelSeat
from evaluation.queries import panel_work
from evaluation.queries.panel import panel_roles, seats_of
from tenders.models import Approval, Assignment, Stage
from tenders.phases import StagePhase
from tests.conftest import NOON
from tests.panel_made import proposed_panel, seated
from tests.stages_made import handed_in, open_together
from tests.tenders_made import announced, describe

SOON = NOON + timedelta(days=2)


@pytest.fixture
def cast(with_role):
    """Cecilie, and Emre, Eva, Erik who judge."""
    names = {"cecilie": "Cecilie Holm", "emre": "Emre Yilmaz", "eva": "Eva Lunde", "erik": "Erik Sund"}
    return {key: with_role(name, Role.CHAIR if key == "cecilie" else Role.EVALUATOR) for key, name in names.items()}


def seats(tender):
    return [(seat.role, seat.user.name) for seat in seats_of(tender)]


def appointed(tender, ingrid, cast, *evaluators, chair="cecilie", observers=(), at=SOON):
    chosen = [cast[key] for key in evaluators or ("emre", "eva")]
    return appoint_panel(tender_id=tender.pk, chair=cast[chair], evaluators=chosen, observers=observers, by=ingrid, at=at)


def test_the_officer_proposes_and_nobody_sits_before_the_approver_has_confirmed(tender, ingrid, arne, cast):
    approval = appointed(tender, ingrid, cast)
    assert approval.content["chair"] == str(cast["cecilie"].pk)
    assert seats(tender) == []
    assert not panel_roles(cast["emre"], tender, at=SOON)
    confirm_panel(approval_id=approval.pk, by=arne, at=SOON)
    assert seats(tender) == [("chair", "Cecilie Holm"), ("evaluator", "Emre Yilmaz"), ("evaluator", "Eva Lunde")]
    assert panel_roles(cast["emre"], tender, at=SOON) == [Role.EVALUATOR]
    events = JournalEntry.objects.filter(stream=journal.stream_of(tender)).order_by("seq").values_list("event", flat=True)
    assert list(events)[-5:] == ["evaluation.panel_appointed", "evaluation.panel_confirmed", *["tenders.person_assigned"] * 3]


def test_another_panel_ends_the_seats_that_are_not_in_it(tender, ingrid, arne, cast, with_role):
    seated(tender, ingrid, arne, cast["cecilie"], [cast["emre"], cast["eva"]])
    odd = with_role("Olav Berg", Role.OBSERVER)
    approval = appointed(tender, ingrid, cast, "eva", "erik", observers=[odd], at=SOON + timedelta(days=1))
    confirm_panel(approval_id=approval.pk, by=arne, at=SOON + timedelta(days=2))
    wanted = [("chair", "Cecilie Holm"), ("evaluator", "Erik Sund"), ("evaluator", "Eva Lunde"), ("observer", "Olav Berg")]
    assert seats(tender) == wanted
    ended = PanelSeat.objects.get(user=cast["emre"])
    assert (ended.ended_by, ended.ended_at) == (arne, SOON + timedelta(days=2))
    assert not Assignment.objects.filter(tender=tender, user=cast["emre"]).exists()
    assert PanelSeat.objects.filter(user=cast["eva"]).count() == 1


def test_an_evaluator_becomes_chair_and_has_one_seat(tender, ingrid, arne, cast, with_role, admin, directorate):
    seated(tender, ingrid, arne, cast["cecilie"], [cast["emre"], cast["eva"]])
    carl = with_role("Carl Dahl", Role.CHAIR)
    cast["carl"] = carl
    approval = appointed(tender, ingrid, cast, chair="carl", at=SOON + timedelta(days=1))
    confirm_panel(approval_id=approval.pk, by=arne, at=SOON + timedelta(days=1))
    assert seats(tender)[0] == ("chair", "Carl Dahl")
    assert PanelSeat.objects.filter(role="chair", ended_at=None).count() == 1


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("one evaluator", "A panel has a chair and at least two evaluators"),
        ("the same twice", "Each person has one seat in the panel"),
        ("a preparer", "Arne Lie prepares or decides in this tender, so somebody else must judge"),
        ("without the role", "Emre Yilmaz does not have this role in the unit"),
    ],
)
def test_a_panel_that_does_not_hold_is_refused(tender, ingrid, arne, cast, admin, directorate, who, sentence):
    evaluators = {
        "one evaluator": [cast["emre"]],
        "the same twice": [cast["emre"], cast["emre"]],
        "a preparer": [cast["emre"], arne],
        "without the role": [cast["emre"], cast["eva"]],
    }[who]
    if who == "without the role":
        end_role(grant_id=RoleGrant.objects.get(user=cast["emre"]).pk, by=admin, at=NOON)
    with pytest.raises(Refused, match=sentence):
        appoint_panel(tender_id=tender.pk, chair=cast["cecilie"], evaluators=evaluators, by=ingrid, at=SOON)
    assert not Approval.objects.filter(what="panel").exists()


def test_what_no_longer_holds_when_it_is_confirmed_is_refused(tender, ingrid, arne, cast, admin):
    approval = appointed(tender, ingrid, cast)
    end_role(grant_id=RoleGrant.objects.get(user=cast["eva"]).pk, by=admin, at=SOON)
    with pytest.raises(Refused, match="Eva Lunde does not have this role in the unit"):
        confirm_panel(approval_id=approval.pk, by=arne, at=SOON + timedelta(hours=1))
    assert seats(tender) == []


def test_only_the_officer_appoints_and_one_proposal_waits_at_a_time(tender, ingrid, arne, cast, with_role):
    for user in (arne, with_role("Oda Vik", Role.OFFICER), cast["cecilie"]):
        with pytest.raises(Refused, match="Only the procurement officer of this tender can appoint the panel"):
            appointed(tender, user, cast)
    appointed(tender, ingrid, cast)
    with pytest.raises(Refused, match="This is already waiting for approval"):
        appointed(tender, ingrid, cast)


def test_a_panel_is_appointed_from_the_announcement_until_the_scoring_is_closed(ingrid, arne, cast):
    with pytest.raises(Refused, match="The panel is appointed when the tender is announced"):
        appointed(describe(ingrid), ingrid, cast)
    tender = announced(ingrid, arne)
    approval = appointed(tender, ingrid, cast)
    stage = open_together(tender, ingrid, arne)
    later = stage.opened_at + timedelta(days=1)
    Stage.objects.filter(pk=stage.pk).update(phase=StagePhase.SCORED)
    with pytest.raises(Refused, match="The scoring is closed, so the panel stays as it is"):
        confirm_panel(approval_id=approval.pk, by=arne, at=later)
    return_panel(approval_id=approval.pk, reason="For sent", by=ingrid, at=later)
    with pytest.raises(Refused, match="The scoring is closed, so the panel stays as it is"):
        appointed(tender, ingrid, cast, at=later)


def test_nobody_confirms_their_own_proposal_and_only_the_approver_confirms(tender, ingrid, arne, cast):
    approval = appointed(tender, ingrid, cast)
    with pytest.raises(Refused, match="Someone else must approve your proposal"):
        confirm_panel(approval_id=approval.pk, by=ingrid, at=SOON)
    with pytest.raises(Refused, match="Only the approver of this tender can confirm the panel"):
        confirm_panel(approval_id=approval.pk, by=cast["cecilie"], at=SOON)
    confirm_panel(approval_id=approval.pk, by=arne, at=SOON)
    with pytest.raises(Refused, match="This panel does not wait for an answer"):
        confirm_panel(approval_id=approval.pk, by=arne, at=SOON)


@pytest.mark.parametrize("who", ["arne", "ingrid"])
def test_it_is_sent_back_or_taken_back_with_a_reason(request, tender, ingrid, arne, cast, who):
    by = request.getfixturevalue(who)
    approval = appointed(tender, ingrid, cast)
    with pytest.raises(Refused, match="Write why, so that it can be mended"):
        return_panel(approval_id=approval.pk, reason="  ", by=by, at=SOON)
    with pytest.raises(Refused, match="Only the approver can send the panel back, and only the officer can take it back"):
        return_panel(approval_id=approval.pk, reason="Nei", by=cast["emre"], at=SOON)
    return_panel(approval_id=approval.pk, reason="Vi trenger en til", by=by, at=SOON)
    line = JournalEntry.objects.get(event="evaluation.panel_returned")
    assert (line.actor_role, line.reason) == ("approver" if who == "arne" else "officer", "Vi trenger en til")
    with pytest.raises(Refused, match="This panel does not wait for an answer"):
        return_panel(approval_id=approval.pk, reason="Igjen", by=by, at=SOON)
    assert appointed(tender, ingrid, cast).pk != approval.pk


# Pages


def as_user(user):
    """Signed in, and reading in the language of the source."""
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def page_of(user, tender, name="panel"):
    return as_user(user).get(reverse(f"evaluation:{name}", args=[tender.reference]))


def test_the_officer_appoints_and_the_approver_confirms_on_the_page(tender, ingrid, arne, cast):
    address = reverse("evaluation:panel", args=[tender.reference])
    form = page_of(ingrid, tender).content.decode()
    assert "Nobody is appointed to judge yet" in form
    assert "Ingrid Aas" not in form[form.index('id="h-appoint"') :]
    chosen = {"chair": cast["cecilie"].pk, "evaluators": [cast["emre"].pk]}
    answer = as_user(ingrid).post(address, chosen)
    assert "Choose at least two evaluators." in answer.content.decode()
    answer = as_user(ingrid).post(address, chosen | {"evaluators": [cast["emre"].pk, cast["eva"].pk]}, follow=True)
    assert "The panel waits to be confirmed" in answer.content.decode()
    waiting = Approval.objects.get(what="panel")
    page = page_of(arne, tender).content.decode()
    assert "Confirm the panel" in page
    confirm = reverse("evaluation:panel_confirm", args=[tender.reference])
    strange = as_user(arne).post(confirm, {"proposal": "noe annet"}).content.decode()
    assert "This is not the panel you have seen. Open the page again before you decide." in strange
    answer = as_user(arne).post(confirm, {"proposal": waiting.pk}, follow=True)
    assert "Cecilie Holm leads the panel, and three people judge" in answer.content.decode()


def test_the_form_shows_what_was_sent_back_and_why(tender, ingrid, arne, cast):
    approval = appointed(tender, ingrid, cast)
    back = reverse("evaluation:panel_return", args=[tender.reference])
    answer = as_user(arne).post(back, {"proposal": approval.pk, "reason": ""})
    assert "Write why, so that it can be mended." in answer.content.decode()
    as_user(arne).post(back, {"proposal": approval.pk, "reason": "Eva har ferie"})
    page = page_of(ingrid, tender)
    assert "Arne Lie sent the panel back" in page.content.decode()
    assert "Eva har ferie" in page.content.decode()
    assert page.context["form"].initial["evaluators"] == [cast["emre"].pk, cast["eva"].pk]
    assert "Eva har ferie" not in page_of(arne, tender).content.decode()


def test_too_few_people_is_said_on_the_page(tender, ingrid):
    assert "Too few hold these roles in the unit: Panel chair, Evaluator" in page_of(ingrid, tender).content.decode()


def test_the_page_is_for_those_who_work_with_it_and_audit_it(tender, ingrid, arne, cast, ragnhild, sara, per, with_role):
    seated(tender, ingrid, arne, cast["cecilie"], [cast["emre"], cast["eva"]])
    for user in (ingrid, arne, ragnhild, cast["cecilie"], cast["emre"]):
        assert "Cecilie Holm leads the panel" in page_of(user, tender).content.decode()
    for user in (sara, per, cast["erik"], with_role("Oda Vik", Role.OFFICER)):
        assert page_of(user, tender).status_code == 404
    answer = as_user(arne).post(reverse("evaluation:panel", args=[tender.reference]), {})
    assert answer.status_code == 409
    assert page_of(ingrid, describe(ingrid, name="Et utkast")).status_code == 404


def test_the_page_asks_the_same_for_two_evaluators_and_for_three(tender, ingrid, arne, cast):
    client, address = as_user(arne), reverse("evaluation:panel", args=[tender.reference])
    numbers = []
    for evaluators in (["emre", "eva"], ["emre", "eva", "erik"]):
        approval = appointed(tender, ingrid, cast, *evaluators)
        confirm_panel(approval_id=approval.pk, by=arne, at=SOON)
        client.get(address)
        with CaptureQueriesContext(connection) as statements:
            client.get(address)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


# What waits


def titles(user, at=SOON):
    return [str(row.title) for row in panel_work.waiting_for(user, at=at)]


def test_what_waits_follows_the_proposal(tender, ingrid, arne, cast):
    assert (titles(ingrid), titles(arne)) == (["Appoint the panel"], [])
    approval = appointed(tender, ingrid, cast)
    assert (titles(ingrid), titles(arne)) == ([], ["Confirm the panel"])
    return_panel(approval_id=approval.pk, reason="Eva har ferie", by=arne, at=SOON)
    [row] = panel_work.waiting_for(ingrid, at=SOON)
    assert (str(row.title), row.why) == ("Propose another panel", "Arne Lie sent the panel back: Eva har ferie")
    approval = appointed(tender, ingrid, cast)
    return_panel(approval_id=approval.pk, reason="Feil leder", by=ingrid, at=SOON)
    [row] = panel_work.waiting_for(ingrid, at=SOON)
    assert row.why == "You took the panel back: Feil leder"
    approval = appointed(tender, ingrid, cast)
    confirm_panel(approval_id=approval.pk, by=arne, at=SOON)
    assert (titles(ingrid), titles(arne), titles(cast["emre"])) == ([], [], [])


def test_after_the_opening_each_declares_and_then_the_officer_checks(tender, ingrid, arne, cast):
    from_now = proposed_panel(tender, ingrid, cast["cecilie"], [cast["emre"], cast["eva"]])
    confirm_panel(approval_id=from_now.pk, by=arne, at=SOON)
    handed_in(tender, 2)
    at = open_together(tender, ingrid, arne).opened_at
    for user in (ingrid, arne, cast["cecilie"], cast["emre"]):
        assert titles(user, at) == ["Declare whether you have a tie to anybody"]


def test_what_waits_asks_the_database_the_same_for_one_tender_and_three(tender, ingrid, arne, django_assert_num_queries):
    with django_assert_num_queries(WAITING_QUERIES):
        assert len(panel_work.waiting_for(ingrid, at=SOON)) == 1
    for name in ("To", "Tre"):
        announced(ingrid, arne, name=name)
    with django_assert_num_queries(WAITING_QUERIES):
        assert len(panel_work.waiting_for(ingrid, at=SOON)) == 3


WAITING_QUERIES = 7
