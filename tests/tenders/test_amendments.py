"""Amending what is announced: two persons, until the deadline, dates only forward, and only what may be amended."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import JournalEntry
from accounts.refused import Refused
from evaluation.commands.press_opening import press_opening
from suppliers.commands.submit_submission import submit_submission
from tenders.amending import suggested_deadline
from tenders.commands.announce_amendment import announce_amendment
from tenders.commands.propose_amendment import propose_amendment
from tenders.commands.return_approval import return_approval
from tenders.commands.tell_passed_deadlines import tell_passed_deadlines
from tenders.documents import announcement_content, content_hash
from tenders.models import Amendment, Approval, Stage, Tender
from tenders.readiness import NotReady
from tests.amendments_made import CLEARER, WHY, amended, asked_to_amend
from tests.conftest import NOON
from tests.settled_made import CANCELLED_WHY, cancelled
from tests.stages_made import stage_of
from tests.submissions_made import drafted
from tests.suppliers_made import registered
from tests.tenders_made import announced, describe, hash_seen

MICROSECOND = timedelta(microseconds=1)
LATER = NOON + timedelta(days=2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def stage(tender):
    return stage_of(tender)


def longer(stage, days=7):
    return stage.closes_at + timedelta(days=days)


def announce(approval, by, at, **more):
    return announce_amendment(approval_id=approval.pk, content_seen=approval.content_hash, **more, by=by, at=at)


@pytest.mark.engine
def test_from_the_proposal_to_what_stands(tender, ingrid, arne):
    before = tender.need
    approval = asked_to_amend(tender, ingrid, LATER)
    tender.refresh_from_db()
    assert tender.need == before
    amendment = announce(approval, arne, LATER + timedelta(hours=1))
    tender = Tender.objects.select_related("unit", "budget").get(pk=tender.pk)
    assert tender.need == CLEARER
    assert amendment.changes == [{"field": "need", "before": before, "after": CLEARER}]
    assert (amendment.no, amendment.kind, amendment.reason, amendment.material) == (1, "correction", WHY, True)
    assert (amendment.announced_by, amendment.announced_at) == (arne, LATER + timedelta(hours=1))
    assert amendment.content_hash == content_hash(announcement_content(tender)) == content_hash(amendment.content)
    assert amended(tender, ingrid, arne, LATER + timedelta(hours=2), values={"summary": "Nytt"}).no == 2


def test_the_journal_tells_who_and_what_and_never_the_words(tender, stage, ingrid, arne):
    amended(tender, ingrid, arne, LATER, values={"need": CLEARER, "closes_at": longer(stage)})
    asked, told = JournalEntry.objects.filter(stream=f"tender:{tender.pk}", event__startswith="tenders.amendment").order_by("seq")
    assert (asked.event, asked.actor_id, asked.actor_role) == ("tenders.amendment_proposed", ingrid.pk, "officer")
    assert (told.event, told.actor_id, told.actor_role, told.reason) == ("tenders.amendment_announced", arne.pk, "approver", WHY)
    assert told.facts["fields"] == ["need", "closes_at"] and told.facts["no"] == 1 and told.facts["kind"] == "correction"
    assert told.facts["deadline_before"] < told.facts["deadline_after"]
    assert CLEARER not in str(told.facts)


def test_every_text_the_counties_and_the_dates_can_be_amended(tender, stage, ingrid, arne):
    texts = [
        *("summary", "need", "known", "target_group", "who_counts", "wanted_effect", "not_prescribed"),
        *("adopter", "adoption_budget", "adoption_from", "rights_text", "climate_text", "legal_basis"),
    ]
    first, second = tender.stages.order_by("no")
    wanted = {
        **{name: f"Nytt om {name}" for name in texts},
        "counties": ["NO081", "NO0A1"],
        "closes_at": longer(stage, 14),
        "questions_close_at": tender.questions_close_at + timedelta(days=7),
        "answer_by_1": first.answer_by + timedelta(days=14),
        "answer_by_2": second.answer_by + timedelta(days=14),
    }
    amendment = amended(tender, ingrid, arne, LATER, values=wanted)
    tender.refresh_from_db()
    first, second = tender.stages.order_by("no")
    assert [getattr(tender, name) for name in texts] == [f"Nytt om {name}" for name in texts]
    assert {county.code for county in tender.counties.all()} == {"NO081", "NO0A1"}
    assert (first.closes_at, first.answer_by, second.answer_by) == (wanted["closes_at"], wanted["answer_by_1"], wanted["answer_by_2"])
    assert tender.questions_close_at == wanted["questions_close_at"]
    assert len(amendment.changes) == len(wanted)


@pytest.mark.parametrize(
    "frozen", ["amount", "weight_1_1", "procedure", "prequalification_required", "selects_1", "heading", "opens_at", "groups", "places"]
)
def test_what_is_fixed_cannot_be_amended(tender, ingrid, frozen):
    with pytest.raises(ValueError, match=frozen):
        asked_to_amend(tender, ingrid, LATER, values={frozen: 1})


def test_only_the_officer_proposes_and_only_another_person_announces(tender, ingrid, arne, with_role, sara):
    for stranger in (arne, sara):
        with pytest.raises(Refused, match="Only the officer of this tender proposes an amendment"):
            asked_to_amend(tender, stranger, LATER)
    approval = asked_to_amend(tender, ingrid, LATER)
    with pytest.raises(Refused, match="This is already waiting for approval"):
        asked_to_amend(tender, ingrid, LATER)
    with pytest.raises(Refused, match="Someone else must approve your proposal"):
        announce(approval, ingrid, LATER)
    with pytest.raises(Refused, match="Only the approver of this tender can approve this"):
        announce(approval, sara, LATER)
    announce(approval, arne, LATER)
    with pytest.raises(Refused, match="This proposal does not wait for approval any more"):
        announce(approval, arne, LATER)
    with transaction.atomic(), pytest.raises(IntegrityError, match="approval_by_another_person"):
        Approval.objects.filter(pk=approval.pk).update(approved_by=ingrid)


def test_sent_back_it_changes_nothing_and_can_be_proposed_anew(tender, ingrid, arne):
    approval = asked_to_amend(tender, ingrid, LATER)
    return_approval(approval_id=approval.pk, reason="Skriv det enklere.", by=arne, at=LATER)
    assert not Amendment.objects.exists()
    assert Tender.objects.get(pk=tender.pk).need == tender.need
    assert amended(tender, ingrid, arne, LATER + timedelta(hours=1)).no == 1


@pytest.mark.engine
@pytest.mark.parametrize(
    ("off", "taken"), [(-MICROSECOND, True), (timedelta(), False), (MICROSECOND, False)], ids=["before", "at", "after"]
)
def test_at_the_deadline_it_is_too_late(tender, stage, ingrid, arne, off, taken):
    approval = asked_to_amend(tender, ingrid, LATER, kind="deadline", values={"closes_at": longer(stage)})
    at = stage.closes_at + off
    if taken:
        assert announce(approval, arne, at).no == 1
        assert stage_of(tender).closes_at == longer(stage)
        return
    with pytest.raises(Refused, match=r"The deadline was .* before\s12:00\. Nothing can be amended after it\."):
        announce(approval, arne, at)
    with pytest.raises(Refused, match="This proposal does not wait|The deadline was"):
        asked_to_amend(tender, ingrid, at)
    assert stage_of(tender).closes_at == stage.closes_at


def test_nothing_is_amended_before_the_announcement_after_the_opening_or_when_it_is_cancelled(tender, stage, ingrid, arne):
    with pytest.raises(Refused, match="Only a tender that is announced can be amended"):
        asked_to_amend(describe(ingrid), ingrid, NOON)
    approval = asked_to_amend(tender, ingrid, LATER)
    press_opening(stage_id=stage.pk, by=ingrid, at=stage.closes_at + timedelta(minutes=2))
    press_opening(stage_id=stage.pk, by=arne, at=stage.closes_at + timedelta(minutes=3))
    with pytest.raises(Refused, match="No stage takes submissions now, so nothing can be amended"):
        announce(approval, arne, stage.closes_at - MICROSECOND)
    other = announced(ingrid, arne)
    approval = asked_to_amend(other, ingrid, LATER)
    cancelled(other, ingrid, arne, LATER)
    with pytest.raises(Refused, match="This proposal does not wait for approval any more"):
        announce(approval, arne, LATER)
    assert Approval.objects.get(pk=approval.pk).return_reason == CANCELLED_WHY


def test_a_sketch_at_the_old_deadline_is_late_until_the_new_one_holds(tender, stage, ingrid, arne, sara):
    submission = drafted(sara, registered(sara), tender)
    approval = asked_to_amend(tender, ingrid, LATER, kind="deadline", values={"closes_at": longer(stage)})
    with pytest.raises(Refused, match="The deadline was"):
        submit_submission(submission_id=submission.pk, by=sara, at=stage.closes_at)
    announce(approval, arne, stage.closes_at - MICROSECOND)
    assert submit_submission(submission_id=submission.pk, by=sara, at=stage.closes_at)


def test_a_deadline_that_was_told_is_told_anew_when_the_new_one_passes(tender, stage, ingrid, arne, admin):
    approval = asked_to_amend(tender, ingrid, LATER, kind="deadline", values={"closes_at": longer(stage)})
    tell_passed_deadlines(by=admin, at=stage.closes_at)
    announce(approval, arne, stage.closes_at - MICROSECOND)
    assert tell_passed_deadlines(by=admin, at=stage.closes_at + timedelta(days=1)) == 0
    assert tell_passed_deadlines(by=admin, at=longer(stage)) == 1


def refused_for(refused):
    return {(one.field, str(one.text)) for one in refused.value.missing}


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"closes_at": -1}, "closes_at", "It can only be moved forward."),
        ({"questions_close_at": -1}, "questions_close_at", "It can only be moved forward."),
        ({"answer_by_1": -1}, "answer_by_1", "It can only be moved forward."),
        ({"closes_at": 3}, "closes_at", "The deadline is not on a working day. Choose a working day."),
        ({"questions_close_at": 14}, "questions_close_at", "The time for questions must end before the deadline."),
        ({"closes_at": 90}, "answer_by_1", "The answer must come after the deadline."),
    ],
)
def test_dates_move_forward_to_working_days_that_fit(tender, stage, ingrid, values, field, said):
    [(name, days)] = values.items()
    old = {"closes_at": stage.closes_at, "questions_close_at": tender.questions_close_at, "answer_by_1": stage.answer_by}[name]
    with pytest.raises(NotReady) as refused:
        asked_to_amend(tender, ingrid, LATER, values={name: old + timedelta(days=days)})
    assert (field, said) in refused_for(refused)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"values": {}}, "", "Nothing is changed yet. Change what shall be amended."),
        ({"values": {"summary": "Vi søker nye måter å finne neste steg mot jobb på, sammen med den unge selv. \r\n"}}, "", "Nothing is"),
        ({"reason": " \n"}, "reason", "Write why. Everybody reads it."),
        ({"values": {"need": " "}}, "need", "This can't be empty."),
        ({"kind": "deadline"}, "closes_at", "Set a later deadline: this amendment gives more time."),
        ({"kind": "failure"}, "closes_at", "Set a later deadline: this amendment gives more time."),
        ({"kind": "failure"}, "failed_from", "Say from when it failed."),
        ({"kind": "failure", "failed": (NOON, NOON)}, "failed_until", "Say until when it failed"),
        ({"kind": "failure", "failed": (NOON, LATER + MICROSECOND)}, "failed_until", "Say until when it failed"),
    ],
)
def test_what_is_missing_is_said_at_its_field(tender, ingrid, given, field, said):
    with pytest.raises(NotReady) as refused:
        asked_to_amend(tender, ingrid, LATER, **given)
    assert any(name == field and text.startswith(said) for name, text in refused_for(refused))
    assert not Approval.objects.filter(what="amendment").exists()


def test_a_page_that_was_opened_before_another_amendment_is_refused(tender, ingrid, arne):
    amended(tender, ingrid, arne, LATER)
    with pytest.raises(Refused, match="Another amendment was announced after you opened the page"):
        asked_to_amend(tender, ingrid, LATER, after_no=0)
    assert asked_to_amend(tender, ingrid, LATER, after_no=1, values={"summary": "Nytt"}).content["no"] == 2


def test_what_was_read_is_what_is_announced(tender, ingrid, arne):
    approval = asked_to_amend(tender, ingrid, LATER)
    with pytest.raises(Refused, match="The amendment is not the one you have read"):
        announce_amendment(approval_id=approval.pk, content_seen=hash_seen(tender)[::-1], by=arne, at=LATER)
    Tender.objects.filter(pk=tender.pk).update(need="Noe helt annet")
    with pytest.raises(Refused, match="The announcement was changed after this was proposed"):
        announce(approval, arne, LATER)


def test_dates_are_looked_at_anew_when_it_is_announced(tender, stage, ingrid, arne):
    approval = asked_to_amend(tender, ingrid, LATER, values={"questions_close_at": tender.questions_close_at + timedelta(days=1)})
    with pytest.raises(NotReady, match="The time for questions has passed"):
        announce(approval, arne, stage.closes_at - timedelta(days=8))


@pytest.mark.parametrize(("left", "asked"), [(timedelta(days=7), False), (timedelta(days=7) - MICROSECOND, True)])
def test_a_late_and_material_one_without_more_time_takes_a_reason(tender, stage, ingrid, arne, left, asked):
    approval = asked_to_amend(tender, ingrid, LATER)
    if not asked:
        assert announce(approval, arne, stage.closes_at - left, deadline_reason="Ikke nødvendig").deadline_reason == ""
        return
    with pytest.raises(Refused, match="Fewer than seven days are left. Write why the deadline is not moved, or send it back"):
        announce(approval, arne, stage.closes_at - left)
    said = announce(approval, arne, stage.closes_at - left, deadline_reason=" Det er bare et ord. ")
    assert said.deadline_reason == "Det er bare et ord."


def test_a_late_one_that_is_not_material_or_gives_time_takes_no_reason(tender, stage, ingrid, arne):
    at = stage.closes_at - timedelta(days=2)
    assert amended(tender, ingrid, arne, at, material=False).deadline_reason == ""
    assert amended(tender, ingrid, arne, at, values={"summary": "Nytt", "closes_at": longer(stage)}).deadline_reason == ""


def test_the_suggested_deadline_is_noon_on_a_working_day_with_seven_days_left():
    friday = datetime(2026, 10, 2, 10, 0, tzinfo=UTC)
    assert suggested_deadline(friday, at=friday - timedelta(days=2)) == datetime(2026, 10, 8, 10, 0, tzinfo=UTC)
    # Counted from the deadline when that is later, and past the days between Christmas and New Year, when nobody writes
    christmas = datetime(2026, 12, 24, 11, 0, tzinfo=UTC)
    assert suggested_deadline(christmas, at=christmas - timedelta(days=20)) == datetime(2027, 1, 4, 11, 0, tzinfo=UTC)


@pytest.mark.engine
def test_a_technical_failure_has_its_time_and_gives_more(tender, stage, ingrid, arne):
    failed = (LATER - timedelta(hours=3), LATER - timedelta(hours=1))
    more = {"kind": "failure", "material": False, "values": {"closes_at": longer(stage)}, "failed": failed}
    amendment = amended(tender, ingrid, arne, LATER, reason="Innsendingen var nede.", **more)
    assert (amendment.kind, amendment.failed_from, amendment.failed_until) == ("failure", *failed)
    with transaction.atomic(), pytest.raises(IntegrityError, match="amendment_failure_has_its_time"):
        Amendment.objects.filter(pk=amendment.pk).update(failed_until=failed[0])
    with transaction.atomic(), pytest.raises(IntegrityError):
        Amendment.objects.filter(pk=amendment.pk).update(kind="correction")


def test_numbers_are_given_once(tender, ingrid, arne):
    first = amended(tender, ingrid, arne, LATER)
    second = amended(tender, ingrid, arne, LATER, values={"summary": "Nytt"})
    with transaction.atomic(), pytest.raises(IntegrityError):
        Amendment.objects.filter(pk=second.pk).update(no=first.no)


def test_an_unknown_kind_is_a_fault(tender, ingrid):
    with pytest.raises(ValueError, match="whim"):
        propose_amendment(tender_id=tender.pk, kind="whim", reason=WHY, material=True, values={}, by=ingrid, at=LATER)
    assert Stage.objects.filter(tender=tender).count() == 2
