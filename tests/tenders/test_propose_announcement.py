"""An officer sends the announcement for approval."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.commands.end_role import end_role
from accounts.commands.grant_role import grant_role
from accounts.models import JournalEntry, RoleGrant
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.describe_need import describe_need
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.return_announcement import return_announcement
from tenders.documents import announcement_content, content_hash
from tenders.models import CpvChoice, Tender
from tenders.phases import TenderPhase
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.tenders_made import announced, describe, proposed


def propose(tender, approver, by, at=NOON):
    return propose_announcement(tender_id=tender.pk, approver=approver, by=by, at=at)


def test_the_announcement_is_kept_word_for_word_and_waits_for_the_approver(ingrid, arne):
    tender = describe(ingrid)
    approval = propose(tender, arne, ingrid)
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.AWAITING_APPROVAL
    assert approval.content["heading"] == tender.heading
    assert approval.content["stages"][0]["closes_at"] == "2026-10-01T10:00:00Z"
    assert approval.content_hash == content_hash(announcement_content(tender)) == content_hash(approval.content)
    assert tender.assignments.get(role=Role.APPROVER).user == arne
    entry = JournalEntry.objects.get(event="tenders.announcement_proposed")
    assert entry.facts == {"from": "draft", "to": "awaiting_approval", "content": approval.content_hash}


def test_an_empty_draft_is_refused_with_everything_that_is_missing(ingrid, arne, directorate):
    tender = describe_need(procedure="idea_competition", name="Tomt", unit=directorate, by=ingrid, at=NOON)
    Tender.objects.filter(pk=tender.pk).update(
        not_prescribed=" ", rights_regime="", climate="", climate_text="", contract_text="", legal_basis="", questions_close_at=None
    )
    CpvChoice.objects.filter(tender=tender).delete()
    with pytest.raises(NotReady) as refused:
        propose(tender, arne, ingrid)
    assert [(one.section, one.field) for one in refused.value.missing] == [
        ("need", "heading"), ("need", "need"), ("need", "target_group"), ("need", "wanted_effect"), ("need", "not_prescribed"),
        ("need", "adopter"), ("need", "adoption_budget"), ("need", "groups"), ("need", "places"), ("subject", "cpv"),
        ("value", "service_kind"),
        ("dates", "questions_close_at"), ("terms", "rights_regime"), ("terms", "climate"),
        ("terms", "climate_text"), ("terms", "contract_text"), ("terms", "legal_basis"), ("team", "need_owner_name"),
        ("team", "project_lead_name"), ("team", "contract_name"), ("team", "guide_name"),
    ]  # fmt: skip
    said = str(refused.value)
    for sentence in (
        "This must be mended first:",
        "Write the need in one sentence: it is the heading of the tender.",
        "Describe the need.",
        "Say who it is about.",
        "Say what you hope will be different.",
        "Say what those who answer decide for themselves.",
        "Say who will put the solution to use.",
        "Say from which budget it will be paid when it is put to use.",
        "Tick at least one target group, so that those who can help find the tender.",
        "Say how many places or people it is about, or why that is not known yet.",
        "Choose who owns the solution.",
        "Choose how climate and environment are taken care of.",
        "Write the ground for what you chose on climate and environment. It is announced.",
        "Write which rules the tender follows.",
        "Choose a CPV code.",
        "Write which agreement is made, when Nav pays, and how it can be ended.",
        "Name the one who owns the need.",
        "Name the project lead",
        "Name the contact for contract and law.",
        "Name the start-up guide.",
    ):
        assert sentence in said
    assert not tender.approvals.exists()


def test_a_tender_without_money_is_refused(ingrid, arne):
    tender = describe(ingrid, amount="0", pays_each_1="0", pays_each_2="0")
    with pytest.raises(NotReady, match="Set the budget."):
        propose(tender, arne, ingrid)


@pytest.mark.parametrize(("weight", "total"), [("34.99", "99,99"), ("35.01", "100,01"), ("50", "115")])
def test_weights_that_are_not_exactly_100_are_refused_with_their_sum(ingrid, arne, weight, total):
    tender = describe(ingrid, weight_1_1=Decimal(weight))
    with pytest.raises(NotReady, match=f"The weights of «Idéskisse» add up to {total} per cent. They must add up to exactly 100."):
        propose(tender, arne, ingrid)


def test_weights_of_every_stage_are_added(ingrid, arne):
    with pytest.raises(NotReady, match="The weights of «Utviklet skisse» add up to 105 per cent"):
        propose(describe(ingrid, weight_2_4="20"), arne, ingrid)


def test_dates_that_have_passed_since_they_were_written_are_refused(ingrid, arne):
    tender = describe(ingrid)
    with pytest.raises(NotReady, match="The deadline is less than 24 hours ahead"):
        propose(tender, arne, ingrid, at=tender.stages.first().closes_at - timedelta(hours=3))


def test_proposing_twice_is_refused(ingrid, arne):
    tender = proposed(ingrid, arne)
    with pytest.raises(Refused, match="This is already waiting for approval"):
        propose(tender, arne, ingrid)
    assert tender.approvals.count() == 1


def test_what_is_announced_cannot_be_proposed(ingrid, arne):
    with pytest.raises(Refused, match="This tender has already been announced"):
        propose(announced(ingrid, arne), arne, ingrid)


def test_nobody_approves_their_own(ingrid, admin, directorate):
    grant_role(to=ingrid, role=Role.APPROVER, unit=directorate, by=admin, at=NOON)
    with pytest.raises(Refused, match="Someone else must approve your proposal"):
        propose(describe(ingrid), ingrid, ingrid)


def test_the_approver_must_be_one_in_the_unit(ingrid, arne, sara, per, admin):
    tender = describe(ingrid)
    grant = RoleGrant.objects.get(user=arne)
    end_role(grant_id=grant.pk, by=admin, at=NOON)
    for nobody in (sara, per, arne):
        with pytest.raises(Refused, match="Choose somebody who is an approver in this unit"):
            propose(tender, nobody, ingrid)


def test_only_the_officer_of_the_tender_proposes(ingrid, arne, sara, ragnhild, with_role):
    tender = describe(ingrid)
    for stranger in (arne, sara, ragnhild, with_role("Ola Ruud", Role.OFFICER)):
        with pytest.raises(Refused, match="Only the procurement officer of this tender can send it for approval"):
            propose(tender, arne, stranger)


def test_an_officer_whose_role_has_ended_proposes_nothing(ingrid, arne, admin):
    tender = describe(ingrid)
    end_role(grant_id=RoleGrant.objects.get(user=ingrid).pk, by=admin, at=NOON)
    with pytest.raises(Refused, match="Only the procurement officer of this tender can send it for approval"):
        propose(tender, arne, ingrid)


def test_another_approver_can_be_chosen_after_it_came_back(ingrid, arne, with_role):
    tender = proposed(ingrid, arne)
    return_announcement(tender_id=tender.pk, reason="Fristen er for kort.", by=arne, at=NOON)
    berit = with_role("Berit Foss", Role.APPROVER)
    propose(tender, berit, ingrid)
    assert [row.user for row in tender.assignments.filter(role=Role.APPROVER)] == [berit]


def test_a_legal_ground_of_spaces_is_no_ground(ingrid, arne):
    tender = describe(ingrid, prequalification_required=True, prequalification_ground="  ")
    with pytest.raises(NotReady, match="Say which legal ground lets you require prequalification"):
        propose(tender, arne, ingrid)
