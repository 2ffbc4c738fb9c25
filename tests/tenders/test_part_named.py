"""An announcement does not name a weaker part of the rules than the one that follows from the value."""

import pytest
from django.test import Client

from accounts.models import JournalEntry
from tenders.commands.announce_tender import announce_tender
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.law import ruling_of
from tenders.models import Tender
from tenders.part_named import missing_in_part, parts_named
from tenders.phases import TenderPhase
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.tenders_made import describe, give_reasons, hash_seen

pytestmark = pytest.mark.django_db
SAID = (
    "The announcement says part I, and part II follows from the value. Use the sentence proposed in «Value and rules», or mend the value."
)
OPTIONS = {"options_amount": "700000", "options_text": "Ett år til."}
PART_3 = {"options_amount": "1100000", "options_text": "Ett år til."}
PART_4 = {"options_amount": "8100000", "options_text": "x", "service_kind": "health_social"}
RESEARCH = {"research": True, "cpv": ["73200000"], "sole_benefit": "yes", "full_payment": "yes"}


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("Anskaffelsesloven og anskaffelsesforskriften del I.", [1]),
        ("forskriften DEL II", [2]),
        ("del i. Anslått verdi", [1]),
        ("del i og ii", [1, 2]),
        ("Del I og III gjelder.", [1, 3]),
        ("del I og del IV", [1, 4]),
        ("del I, II og III", [1, 2, 3]),
        ("del\N{NO-BREAK SPACE}IV", [4]),
        ("Dette er en del i et større arbeid.", []),
        ("Les en del I dag.", []),
        ("Det er del i forskriften som gjelder.", []),
        ("modell II, delI, del IVO, fordel I, del V", []),
        ("", []),
    ],
)
def test_the_parts_that_a_text_names(text, numerals):
    assert [int(part.value[-1]) for part in parts_named(text)] == numerals


@pytest.mark.parametrize(
    ("changes", "text", "weaker"),
    [
        ({}, "Del I.", ""),
        (OPTIONS, "Del I.", "I II"),
        (OPTIONS, "Del I og II.", ""),
        (OPTIONS, "Del III.", ""),
        (OPTIONS, "Vi følger loven.", ""),
        (PART_3, "Del I.", "I III"),
        (PART_3, "Del I og II.", "II III"),
        (PART_3, "Del I og III.", ""),
        (PART_4, "Del I og III.", "III IV"),
        (PART_4, "Del I og IV.", ""),
        ({"vat_basis": "including"}, "Del I.", ""),
        (RESEARCH, "Del I.", ""),
        ({"service_kind": ""}, "Del I.", ""),
    ],
)
def test_a_weaker_part_is_held_against_the_value(ingrid, changes, text, weaker):
    tender = describe(ingrid, legal_basis=text, **changes)
    found = list(missing_in_part(tender, ruling_of(tender, at=NOON)))
    assert [(one.section, one.field) for one in found] == ([("value", "service_kind")] if weaker else [])
    for one, (said, part) in zip(found, [weaker.split()] if weaker else [], strict=True):
        assert str(one.text).startswith(f"The announcement says part {said}, and part {part} follows from the value.")


def test_it_is_neither_proposed_nor_announced(ingrid, arne):
    tender = describe(ingrid, **OPTIONS)
    give_reasons(tender, ingrid, NOON)
    with pytest.raises(NotReady) as refused:
        propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    assert [(one.section, str(one.text)) for one in refused.value.missing] == [("value", SAID)]
    assert not JournalEntry.objects.filter(event="tenders.announcement_proposed").exists()
    save_announcement(tender_id=tender.pk, section="value", values={"use_proposed": True}, by=ingrid, at=NOON)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)
    Tender.objects.filter(pk=tender.pk).update(legal_basis="Anskaffelsesforskriften del I.")
    with pytest.raises(NotReady, match="part II follows from the value"):
        announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.AWAITING_APPROVAL and tender.ruling is None


def test_the_officer_is_led_to_the_value(ingrid, clock_at):
    clock_at(NOON)
    ingrid.language = "en"
    ingrid.save(update_fields=["language"])
    tender = describe(ingrid, **OPTIONS)
    browser = Client()
    browser.force_login(ingrid)
    page = browser.get(f"/tenders/{tender.reference}/announcement/").content.decode()
    assert SAID in page and f"/tenders/{tender.reference}/announcement/value/" in page


@pytest.mark.parametrize("procedure", [one for one in Tender.Procedure if one != Tender.Procedure.CALL_OFF])
def test_no_template_contradicts_its_own_value(ingrid, procedure):
    tender = describe(ingrid, procedure=procedure, **({"amount": "1299999"} if procedure == Tender.Procedure.FRAMEWORK else {}))
    assert list(missing_in_part(tender, ruling_of(tender, at=NOON))) == []
