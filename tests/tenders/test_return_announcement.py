"""An approver sends the announcement back."""

import pytest

from accounts.models import JournalEntry
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.return_announcement import return_announcement
from tenders.phases import TenderPhase
from tests.conftest import NOON
from tests.tenders_made import announced, describe, proposed


def send_back(tender, by, reason="Fristen er for kort."):
    return_announcement(tender_id=tender.pk, reason=reason, by=by, at=NOON)


def test_it_is_a_draft_again_with_the_reason_on_the_record(ingrid, arne):
    tender = proposed(ingrid, arne)
    send_back(tender, arne, " Fristen er for kort. ")
    tender.refresh_from_db()
    approval = tender.approvals.get()
    assert tender.phase == TenderPhase.DRAFT
    assert (approval.returned_by, approval.returned_at, approval.return_reason) == (arne, NOON, "Fristen er for kort.")
    assert JournalEntry.objects.get(event="tenders.announcement_returned").reason == "Fristen er for kort."


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_reason_is_needed(ingrid, arne, reason):
    tender = proposed(ingrid, arne)
    with pytest.raises(Refused, match="Write why, so that it can be mended."):
        send_back(tender, arne, reason)


def test_only_what_waits_can_be_sent_back(ingrid, arne):
    twice = proposed(ingrid, arne)
    send_back(twice, arne)
    for tender in (twice, describe(ingrid), announced(ingrid, arne)):
        with pytest.raises(Refused, match="This announcement does not wait for approval"):
            send_back(tender, arne)


def test_the_officer_takes_it_back_when_the_approver_is_away(ingrid, arne):
    tender = proposed(ingrid, arne)
    send_back(tender, ingrid, "Arne er borte til mandag.")
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.DRAFT
    entry = JournalEntry.objects.get(event="tenders.announcement_returned")
    assert (entry.actor_id, entry.actor_role) == (ingrid.pk, Role.OFFICER)


def test_nobody_else_sends_it_back(ingrid, arne, sara, ragnhild, with_role):
    tender = proposed(ingrid, arne)
    for stranger in (sara, ragnhild, with_role("Berit Foss", Role.APPROVER)):
        with pytest.raises(Refused, match="Only the approver can send it back, and only the officer can take it back."):
            send_back(tender, stranger)
