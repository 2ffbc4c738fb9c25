"""A draft that will not be announced is laid aside, and can be taken up again."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import JournalEntry
from accounts.refused import Refused
from insight.queries import own_cases
from tenders.commands.answer_question import answer_question
from tenders.commands.ask_question import ask_question
from tenders.commands.end_dialogue import end_dialogue
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.commands.shelve_tender import shelve_tender
from tenders.commands.take_up_tender import take_up_tender
from tenders.models import Tender
from tenders.phases import TenderPhase
from tenders.queries import visible_tenders, waiting_for
from tests.conftest import NOON
from tests.market_made import in_dialogue
from tests.tenders_made import announced, describe, proposed

pytestmark = pytest.mark.django_db
WHY = "Kontoret løste det selv."


def shelved(tender, by, reason=WHY):
    shelve_tender(tender_id=tender.pk, reason=reason, by=by, at=NOON)
    tender.refresh_from_db()
    return tender


@pytest.mark.engine
def test_it_lies_aside_with_its_reason_and_comes_back_as_it_was(ingrid):
    tender = shelved(describe(ingrid), ingrid, f" {WHY} ")
    assert (tender.phase, tender.shelved_at, tender.shelved_by, tender.shelved_reason) == (TenderPhase.SHELVED, NOON, ingrid, WHY)
    assert JournalEntry.objects.get(event="tenders.tender_shelved").reason == WHY
    need = tender.need
    take_up_tender(tender_id=tender.pk, by=ingrid, at=NOON)
    tender.refresh_from_db()
    assert (tender.phase, tender.shelved_at, tender.shelved_by, tender.shelved_reason) == (TenderPhase.DRAFT, None, None, "")
    assert tender.need == need
    assert JournalEntry.objects.filter(event="tenders.tender_taken_up").count() == 1


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_reason_is_needed(ingrid, reason):
    with pytest.raises(Refused, match="Write why."):
        shelved(describe(ingrid), ingrid, reason)


def test_the_database_wants_the_reason_too(ingrid):
    tender = shelved(describe(ingrid), ingrid)
    for missing in ({"shelved_reason": ""}, {"shelved_by": None}, {"shelved_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tender.objects.filter(pk=tender.pk).update(**missing)


def test_only_the_officer_does_it_and_only_with_a_draft(ingrid, arne, sara, ragnhild):
    tender = describe(ingrid)
    for by in (arne, sara, ragnhild):
        with pytest.raises(Refused, match="Only the procurement officer of this tender can lay it aside"):
            shelved(tender, by)
    for other in (proposed(ingrid, arne), announced(ingrid, arne), shelved(tender, ingrid)):
        with pytest.raises(Refused, match="Only a draft can be laid aside"):
            shelved(other, ingrid)


def test_only_the_officer_takes_it_up_and_only_what_lies_aside(ingrid, arne, sara, ragnhild):
    tender = shelved(describe(ingrid), ingrid)
    for by in (arne, sara, ragnhild):
        with pytest.raises(Refused, match="Only the procurement officer of this tender can take it up again"):
            take_up_tender(tender_id=tender.pk, by=by, at=NOON)
    with pytest.raises(Refused, match="This tender is not laid aside"):
        take_up_tender(tender_id=describe(ingrid).pk, by=ingrid, at=NOON)


def test_nothing_is_written_or_proposed_while_it_lies_aside(ingrid, arne):
    tender = shelved(describe(ingrid), ingrid)
    for act in (
        lambda: save_announcement(tender_id=tender.pk, section="need", values={"need": "Nytt."}, by=ingrid, at=NOON),
        lambda: propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON),
    ):
        with pytest.raises(Refused, match="This draft is laid aside. Take it up again first"):
            act()


def test_it_is_out_of_my_work_and_nobody_elses_to_see(ingrid, arne, sara, ragnhild):
    tender = describe(ingrid)
    assert waiting_for(ingrid, at=NOON) and own_cases(ingrid, at=NOON).exists()
    shelved(tender, ingrid)
    assert waiting_for(ingrid, at=NOON) == [] and not own_cases(ingrid, at=NOON).exists()
    assert [visible_tenders(user, at=NOON).exists() for user in (ingrid, ragnhild, arne, sara)] == [True, True, False, False]


def test_a_question_waits_for_nobody_while_it_lies_aside(ingrid, sara):
    tender = in_dialogue(ingrid)
    asked = ask_question(tender_id=tender.pk, text="Kan vi være to?", by=sara, at=NOON)
    end_dialogue(tender_id=tender.pk, reason="Kommunen løser det.", by=ingrid, at=NOON)
    shelved(tender, ingrid)
    assert [row for row in waiting_for(ingrid, at=NOON) if "question" in str(row.title)] == []
    with pytest.raises(Refused, match="The draft lies aside, and nobody would see the answer. Take it up again first."):
        answer_question(question_id=asked.pk, answer="Ja.", by=ingrid, at=NOON)
