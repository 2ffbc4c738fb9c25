"""Two people open, from a minute after the deadline, within fifteen minutes of each other."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import journal
from accounts.commands.end_role import end_role
from accounts.commands.grant_role import grant_role
from accounts.models import JournalEntry
from accounts.refused import Refused
from accounts.roles import Role
from evaluation.commands.open_stage import open_stage
from evaluation.commands.press_opening import press_opening
from evaluation.models import OpeningPress
from evaluation.queries import PRESS_COUNTS_FOR
from tenders.models import Assignment, Stage
from tenders.phases import StagePhase
from tests.conftest import NOON
from tests.stages_made import firm, from_when, handed_in, open_together, stage_of
from tests.tenders_made import describe

A_MICROSECOND = timedelta(microseconds=1)


def assign(tender, user, role, by):
    """Being one of several is not built as a page yet."""
    Assignment.objects.create(tender=tender, user=user, role=role, assigned_at=NOON, assigned_by=by)


def lines(tender, event):
    return list(JournalEntry.objects.filter(stream=journal.stream_of(tender), event=event).order_by("seq"))


@pytest.mark.engine
def test_the_first_press_is_written_down_and_opens_nothing(tender, ingrid):
    handed_in(tender, 2)
    stage = stage_of(tender)
    assert press_opening(stage_id=stage.pk, by=ingrid, at=from_when(tender)) is False
    stage.refresh_from_db()
    assert stage.phase == StagePhase.ANNOUNCED
    [line] = lines(tender, "evaluation.opening_pressed")
    assert (line.actor_id, line.actor_role, line.facts) == (ingrid.pk, "officer", {"stage": 1})


@pytest.mark.engine
def test_the_second_press_opens_whoever_of_the_two_it_is(tender, ingrid, arne):
    stage = open_together(tender, arne, ingrid)
    assert stage.phase == StagePhase.OPENED
    [line] = lines(tender, "evaluation.stage_opened")
    assert (line.actor_id, line.actor_role) == (ingrid.pk, "officer")
    presses = OpeningPress.objects.filter(stage=stage).order_by("pressed_at")
    assert [(press.pressed_by, press.role) for press in presses] == [(arne, "approver"), (ingrid, "officer")]
    assert {journal.about_of(press) for press in presses} < set(line.about)


def test_the_approver_who_presses_second_acts_as_approver(tender, ingrid, arne):
    open_together(tender, ingrid, arne)
    assert lines(tender, "evaluation.stage_opened")[0].actor_role == "approver"


def test_a_microsecond_too_early_is_refused_with_the_time_to_the_second(tender, ingrid):
    stage = stage_of(tender)
    with pytest.raises(Refused, match=r"It can be opened from 1 October 2026 at 12:01:00\."):
        press_opening(stage_id=stage.pk, by=ingrid, at=from_when(tender) - A_MICROSECOND)
    assert not OpeningPress.objects.exists()
    assert press_opening(stage_id=stage.pk, by=ingrid, at=from_when(tender)) is False


def test_the_reason_is_kept_in_the_language_of_the_source(tender, ingrid):
    with pytest.raises(Refused):
        press_opening(stage_id=stage_of(tender).pk, by=ingrid, at=from_when(tender) - A_MICROSECOND)
    line = JournalEntry.objects.get(event="refused.evaluation.press_opening")
    assert line.stream == journal.stream_of(ingrid)
    assert line.reason.startswith("It can be opened from")


def test_a_tender_that_is_not_announced_has_nothing_to_open(ingrid, arne):
    draft = describe(ingrid)
    with pytest.raises(Refused, match="This stage is not announced yet, so there is nothing to open."):
        press_opening(stage_id=stage_of(draft).pk, by=ingrid, at=NOON + timedelta(days=90))


def test_one_person_twice_is_refused(tender, ingrid):
    stage = stage_of(tender)
    press_opening(stage_id=stage.pk, by=ingrid, at=from_when(tender))
    with pytest.raises(Refused, match="You have pressed already. Another person must press too."):
        press_opening(stage_id=stage.pk, by=ingrid, at=from_when(tender) + timedelta(minutes=1))
    assert stage_of(tender).phase == StagePhase.ANNOUNCED


def test_an_officer_who_is_also_approver_is_still_one_person(tender, ingrid, arne, admin, directorate):
    grant_role(to=ingrid, role=Role.APPROVER, unit=directorate, by=admin, at=NOON)
    assign(tender, ingrid, Role.APPROVER, arne)
    stage, at = stage_of(tender), from_when(tender)
    press_opening(stage_id=stage.pk, by=ingrid, at=at)
    with pytest.raises(Refused, match="You have pressed already"):
        press_opening(stage_id=stage.pk, by=ingrid, at=at)
    assert press_opening(stage_id=stage.pk, by=arne, at=at) is True


def test_who_holds_both_roles_takes_the_one_that_is_free(tender, ingrid, arne, admin, directorate):
    grant_role(to=arne, role=Role.OFFICER, unit=directorate, by=admin, at=NOON)
    assign(tender, arne, Role.OFFICER, ingrid)
    open_together(tender, ingrid, arne)
    assert set(OpeningPress.objects.values_list("pressed_by__name", "role")) == {("Ingrid Aas", "officer"), ("Arne Lie", "approver")}


def test_two_approvers_are_not_officer_and_approver(tender, arne, ingrid, with_role):
    berit = with_role("Berit Dahl", Role.APPROVER)
    assign(tender, berit, Role.APPROVER, ingrid)
    stage, at = stage_of(tender), from_when(tender)
    press_opening(stage_id=stage.pk, by=arne, at=at)
    with pytest.raises(Refused, match="Somebody with your role has already pressed."):
        press_opening(stage_id=stage.pk, by=berit, at=at)
    assert stage_of(tender).phase == StagePhase.ANNOUNCED


def test_the_database_holds_one_press_per_role_and_per_person(tender, ingrid, arne):
    stage, at = stage_of(tender), from_when(tender)
    press_opening(stage_id=stage.pk, by=ingrid, at=at)
    for role, user in [("officer", arne), ("approver", ingrid)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            OpeningPress.objects.create(stage=stage, role=role, pressed_at=at, pressed_by=user)


@pytest.mark.parametrize("who", ["other officer", "auditor", "supplier", "administrator"])
def test_nobody_else_can_press(tender, who, with_role, ragnhild, admin):
    user = {"auditor": ragnhild, "administrator": admin}.get(who)
    user = user or (with_role("Oda Vik", Role.OFFICER) if who == "other officer" else firm(0)[0])
    with pytest.raises(Refused, match="Only the officer and the approver of this tender can open the stage."):
        press_opening(stage_id=stage_of(tender).pk, by=user, at=from_when(tender))


def test_an_officer_whose_role_has_ended_cannot_press(tender, ingrid, admin):
    end_role(grant_id=ingrid.role_grants.get().pk, by=admin, at=NOON)
    with pytest.raises(Refused, match="Only the officer and the approver"):
        press_opening(stage_id=stage_of(tender).pk, by=ingrid, at=from_when(tender))


@pytest.mark.parametrize("late", [A_MICROSECOND, timedelta(0)])
def test_a_press_counts_for_fifteen_minutes(tender, ingrid, arne, late):
    """A microsecond before its end it counts; at its end it does not."""
    stage, at = stage_of(tender), from_when(tender)
    press_opening(stage_id=stage.pk, by=ingrid, at=at)
    opened = press_opening(stage_id=stage.pk, by=arne, at=at + PRESS_COUNTS_FOR - late)
    assert opened is (late > timedelta(0))


def test_a_press_that_ran_out_must_be_made_again(tender, ingrid, arne):
    stage, at = stage_of(tender), from_when(tender)
    press_opening(stage_id=stage.pk, by=ingrid, at=at)
    later = at + timedelta(minutes=40)
    assert press_opening(stage_id=stage.pk, by=arne, at=later) is False
    assert OpeningPress.objects.get(pressed_by=ingrid).lapsed_at == later
    assert len(lines(tender, "evaluation.opening_press_lapsed")) == 1
    assert press_opening(stage_id=stage.pk, by=ingrid, at=later + timedelta(minutes=1)) is True


def test_opened_once_is_opened_for_good(tender, ingrid, arne):
    stage = open_together(tender, ingrid, arne)
    for user in (ingrid, arne):
        with pytest.raises(Refused, match="The stage has been opened already."):
            press_opening(stage_id=stage.pk, by=user, at=from_when(tender) + timedelta(days=1))
    with pytest.raises(Refused, match="The stage has been opened already."):
        open_stage(stage_id=stage.pk, by=ingrid, at=from_when(tender) + timedelta(days=1))


@pytest.mark.parametrize("pressed", ["none", "one", "run out", "another presses the button"])
def test_the_stage_does_not_open_itself_without_both(tender, ingrid, arne, ragnhild, pressed):
    stage, at = stage_of(tender), from_when(tender)
    if pressed in {"one", "run out"}:
        press_opening(stage_id=stage.pk, by=ingrid, at=at)
    if pressed == "run out":
        at += timedelta(minutes=20)
        OpeningPress.objects.create(stage=stage, role="approver", pressed_at=at, pressed_by=arne)
    if pressed == "another presses the button":
        OpeningPress.objects.create(stage=stage, role="officer", pressed_at=at, pressed_by=ingrid)
        OpeningPress.objects.create(stage=stage, role="approver", pressed_at=at, pressed_by=arne)
    by = ragnhild if pressed == "another presses the button" else ingrid
    with pytest.raises(Refused, match="The officer and the approver must both press before the stage is opened."):
        open_stage(stage_id=stage.pk, by=by, at=at)
    assert Stage.objects.get(pk=stage.pk).phase == StagePhase.ANNOUNCED


def test_nor_before_a_minute_after_the_deadline(tender, ingrid, arne):
    stage, at = stage_of(tender), from_when(tender) - A_MICROSECOND
    OpeningPress.objects.create(stage=stage, role="officer", pressed_at=at, pressed_by=ingrid)
    OpeningPress.objects.create(stage=stage, role="approver", pressed_at=at, pressed_by=arne)
    with pytest.raises(Refused, match="It can be opened from"):
        open_stage(stage_id=stage.pk, by=ingrid, at=at)
