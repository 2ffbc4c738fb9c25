"""One tender from the announcement to its end: what road, state, my work and the public page say in each state."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.refused import Refused
from contracts.commands.propose_cancellation import propose_cancellation
from evaluation.commands.close_stage import close_stage
from evaluation.commands.propose_closing import propose_closing
from evaluation.commands.settle_stage import settle_stage
from evaluation.queries.settlement import going_on
from insight import others, queries
from insight.road import how_far
from tenders.commands.ask_question import ask_question
from tenders.commands.follow_tender import follow_tender
from tenders.models import Tender
from tenders.offers import state_tag
from tenders.queries.work import road_of
from tests.conftest import NOON, make_person
from tests.selections_made import MERIT, approved, grounds_written, proposed_selection, released
from tests.settled_made import (
    CANCELLED_WHY,
    cancelled,
    cast_of,
    developed,
    first_stage_opened,
    judged,
    opened_stage,
    proposed_settlement,
    second_stage_answered,
    settled,
    settling_moment,
    stage_no,
)
from tests.tenders_made import announced

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def cast(ingrid, arne, with_role):
    made = cast_of(ingrid, arne, with_role)
    User.objects.update(language="en")
    return made


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


def road(tender, at):
    fresh = Tender.objects.get(pk=tender.pk)
    return [(str(step.label), step.progress.value) for step in road_of(fresh, at)]


def here(tender, at):
    fresh = Tender.objects.get(pk=tender.pk)
    return how_far(list(road_of(fresh, at))).text


def tag(tender, at):
    fresh = Tender.objects.get(pk=tender.pk)
    return str(state_tag(fresh, list(fresh.stages.all()), at=at).label)


def titles(user, at):
    return [str(row.title) for row in queries.waiting_for(user, at=at)]


def cover(client, tender, user=None):
    if user:
        client.force_login(user)
    else:
        client.logout()
    return client.get(reverse("insight:tender", args=[tender.reference]), headers=ENGLISH).content.decode()


def test_from_the_announcement_to_the_last_settlement(tender, cast, client, clock_at):
    stage = first_stage_opened(tender, cast, count=4)
    at = stage.opened_at + timedelta(days=1)
    clock_at(at)
    assert (here(tender, at), tag(tender, at)) == ("Three finalists", "Being judged")
    stage = judged(stage, cast)
    selection = proposed_selection(stage, cast.cecilie)
    assert [row.text for row in others.waiting_for_others(cast.cecilie)] == ["Arne Lie is to approve the selection"]
    grounds_written(selection, cast.ingrid)
    approved(selection, cast.arne)
    assert MERIT not in cover(client, tender)
    assert "Selected in" not in cover(client, tender, User.objects.get(name="Sara Nilsen"))
    selection.refresh_from_db()
    released(selection.batch, selection.approved_at + timedelta(minutes=30))
    shown = cover(client, tender)
    assert "Selected in «Idéskisse»" in shown
    named = [row.name for row in going_on(stage)]
    left_out = stage.submissions.exclude(organisation__name__in=named).get().organisation.name
    assert all(name in shown for name in named) and left_out not in shown
    stage = stage_no(tender, 1)
    moment = settling_moment(stage)
    assert (here(tender, moment), tag(tender, moment)) == ("Three finalists", "Decided")
    assert "End «Idéskisse»" in titles(cast.ingrid, moment)
    approval = proposed_settlement(stage, cast.ingrid)
    assert [row.text for row in others.waiting_for_others(cast.ingrid)] == ["Arne Lie is to approve the end of the stage"]
    assert "End «Idéskisse»" not in titles(cast.ingrid, moment)
    assert "Approve the end of «Idéskisse»" in titles(cast.arne, moment)
    settle_stage(approval_id=approval.pk, by=cast.arne, at=moment)
    after = moment + timedelta(days=1)
    assert ("Three finalists", "done") in road(tender, after) and ("Utviklet skisse", "now") in road(tender, after)
    assert tag(tender, after) == "Open for those invited"
    second = second_stage_answered(tender, cast)
    assert here(tender, settling_moment(second)) == "One winner"
    settled(second, cast.ingrid, cast.arne)
    last = settling_moment(second) + timedelta(days=1)
    assert [step for step in road(tender, last) if step[1] != "done"] == []
    assert tag(tender, last) == "Decided"
    shown = cover(client, tender)
    assert shown.index("Selected in «Utviklet skisse»") < shown.index("Selected in «Idéskisse»")


def test_a_tender_that_is_closed_without_selection(tender, cast, client, clock_at):
    stage = first_stage_opened(tender, cast, count=0)
    at = stage.opened_at + timedelta(days=1)
    clock_at(at)
    assert "Close «Idéskisse» without selection" in titles(cast.ingrid, at)
    approval = propose_closing(stage_id=stage.pk, reason="Ingen svarte.", by=cast.ingrid, at=at)
    assert "Approve closing «Idéskisse» without selection" in titles(cast.arne, at)
    assert [row.text for row in others.waiting_for_others(cast.ingrid)] == ["Arne Lie is to approve closing without selection"]
    close_stage(approval_id=approval.pk, by=cast.arne, at=at)
    assert road(tender, at) == [("Announced", "done"), ("Idéskisse", "done"), ("Nobody was selected", "done")]
    assert tag(tender, at) == "Nobody was selected"
    shown = cover(client, tender)
    assert "was closed without selection, and the tender has ended" in shown
    assert "Ingen svarte." not in shown


def test_a_cancelled_tender_says_why_to_everybody(tender, cast, client, clock_at):
    at = NOON + timedelta(days=6)
    clock_at(at)
    assert "Cancel the tender" in cover(client, tender, cast.ingrid)
    assert "Cancel the tender" not in cover(client, tender, cast.arne)
    propose_cancellation(tender_id=tender.pk, reason=CANCELLED_WHY, again=True, by=cast.ingrid, at=at)
    assert [row.text for row in others.waiting_for_others(cast.ingrid)] == ["Arne Lie is to decide whether the tender is cancelled"]
    assert "Decide whether the tender is cancelled" in titles(cast.arne, at)
    assert CANCELLED_WHY not in cover(client, tender)
    waiting = tender.approvals.get(what="cancellation")
    waiting.delete()
    cancelled(tender, cast.ingrid, cast.arne, at, again=True)
    assert road(tender, at) == [("Announced", "done"), ("Cancelled", "now")]
    assert tag(tender, at) == "Cancelled"
    shown = cover(client, tender)
    assert CANCELLED_WHY in shown and "We plan to announce the need again." in shown
    assert "Follow the tender" not in cover(client, tender, make_person("Frode Fremmed", language="en"))
    listed = client.get(reverse("tenders:list"), headers=ENGLISH).content.decode()
    assert "Cancelled" in listed and "Deadline" not in listed.split("Cancelled")[1][:800]


def test_nobody_follows_or_asks_in_what_has_ended(tender, cast):
    cancelled(tender, cast.ingrid, cast.arne, NOON + timedelta(days=1))
    reader = make_person("Leser Lund")
    with pytest.raises(Refused, match="This tender has ended, so there is nothing more to be told of"):
        follow_tender(tender_id=tender.pk, organisation=None, by=reader, at=NOON + timedelta(days=2))
    with pytest.raises(Refused, match="This tender has ended, so no more questions are taken"):
        ask_question(tender_id=tender.pk, text="Hvorfor?", by=reader, at=NOON + timedelta(days=2))


def test_my_work_in_words_for_each_state(tender, cast, client, clock_at):
    """The table of tenders says what comes next."""

    def said(at):
        clock_at(at)
        client.force_login(cast.ingrid)
        User.objects.filter(pk=cast.ingrid.pk).update(language="en")
        return client.get(reverse("insight:my_work")).content.decode()

    stage = first_stage_opened(tender, cast, count=3)
    assert "Answer by" in said(stage.opened_at + timedelta(days=1))
    stage = judged(stage, cast)
    selection = proposed_selection(stage, cast.cecilie)
    grounds_written(selection, cast.ingrid)
    approved(selection, cast.arne)
    released(selection.batch, selection.approved_at + timedelta(minutes=30))
    assert "The standstill, and then the end of the stage" in said(settling_moment(stage))
    settled(stage_no(tender, 1), cast.ingrid, cast.arne)
    second = stage_no(tender, 2)
    assert "Deadline" in said(second.opens_at + timedelta(days=1))
    developed(second, going_on(stage)[:1])
    opened_stage(tender, 2, cast.ingrid, cast.arne)
    cancelled_at = second.closes_at + timedelta(days=1)
    assert "Answer by" in said(cancelled_at)


def test_what_is_left_after_the_end(tender, cast, client, clock_at):
    cancelled(tender, cast.ingrid, cast.arne, NOON)
    clock_at(NOON + timedelta(days=1))
    client.force_login(cast.ingrid)
    User.objects.filter(pk=cast.ingrid.pk).update(language="en")
    assert "Nothing more" in client.get(reverse("insight:my_work")).content.decode()
