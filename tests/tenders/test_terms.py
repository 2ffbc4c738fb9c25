"""On which terms: the agreement and its sanctions, climate and environment, and a tender that is reserved."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.refused import Refused
from tenders.commands.save_announcement import save_announcement
from tenders.models import Tender
from tenders.readiness import NotReady, missing_in
from tests.amendments_made import amended
from tests.conftest import NOON
from tests.submissions_made import LATER, drafted
from tests.suppliers_made import registered
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import announced, describe

GROUND = "Formålet er å gi dem som står lengst unna, en arbeidsplass. Det når vi best hos virksomheter for arbeidsinkludering."


def missing(tender):
    return [(one.section, one.field, str(one.text)) for one in missing_in(tender, at=NOON)]


def read(path, reader=None):
    browser = Client(headers={"accept-language": "en"})
    if reader:
        reader.language = "en"
        reader.save(update_fields=["language"])
        browser.force_login(reader)
    return browser.get(path).content.decode()


def test_it_is_not_announced_without_the_terms_of_the_agreement(ingrid):
    [(section, field, text)] = missing(describe(ingrid, contract_text=" "))
    assert (section, field) == ("terms", "contract_text") and text.startswith("Write which agreement is made")


@pytest.mark.parametrize("changes", [{"clauses": ["wages"]}, {"climate": "requirement"}])
def test_a_requirement_for_society_needs_a_sanction(ingrid, changes):
    tender = describe(ingrid, **changes)
    [(section, field, text)] = missing(tender)
    assert (section, field) == ("terms", "sanctions_text") and "§ 5p" in text
    save_announcement(tender_id=tender.pk, section="terms", values={"sanctions_text": "Dagbot."}, by=ingrid, at=NOON)
    assert not missing(Tender.objects.get(pk=tender.pk))


def test_no_requirement_needs_no_sanction(ingrid):
    assert not missing(describe(ingrid, clauses=[], sanctions_text=""))


def test_everybody_reads_agreement_clauses_and_sanction(ingrid, arne):
    tender = announced(ingrid, arne, contract_text="Vi betaler på 30 dager.", clauses=["wages"], sanctions_text="Dagbot på 1 000 kr.")
    page = read(f"/tenders/{tender.reference}/")
    for words in ("Vi betaler på 30 dager.", "Wages and working conditions (§ 5e)", "Dagbot på 1 000 kr."):
        assert words in page


def test_the_text_of_the_agreement_can_be_amended_and_the_change_is_shown(ingrid, arne, clock_at):
    tender = announced(ingrid, arne, contract_text="Vi betaler på 30 dager.", sanctions_text="")
    values = {"contract_text": "Vi betaler på 20 dager.", "sanctions_text": "Dagbot."}
    amended(tender, ingrid, arne, LATER, values=values)
    tender.refresh_from_db()
    assert (tender.contract_text, tender.sanctions_text) == ("Vi betaler på 20 dager.", "Dagbot.")
    clock_at(LATER)
    page = read(f"/tenders/{tender.reference}/amendments/")
    assert "The agreement" in page and "If a requirement is broken" in page and "20" in page


def test_an_amendment_takes_neither_agreement_nor_sanction_away(ingrid, arne):
    tender = announced(ingrid, arne, clauses=["wages"], sanctions_text="Dagbot.")
    for name in ("contract_text", "sanctions_text"):
        with pytest.raises(NotReady, match="This can't be empty"):
            amended(tender, ingrid, arne, LATER, values={name: ""})


def test_each_of_the_five_has_its_code_in_eforms():
    assert {one.eforms_code for one in Tender.Climate} == {
        "quality-nor-env-criteria", "quality-nor-env-spec", "quality-nor-env-exempt-insignificant",
        "quality-nor-env-exempt-critical-interest", "quality-nor-env-exempt-national-minimum",
    }  # fmt: skip


def test_a_criterion_on_climate_counts_at_least_thirty_per_cent_in_every_stage(ingrid):
    tender = describe(ingrid, climate="criterion")
    assert [field for _section, field, _text in missing(tender)] == ["climate_criteria", "climate_criteria"]
    assert "counts 0 per cent. It must count at least 30." in missing(tender)[0][2]
    for marked, left in ((["1_1"], ["Utviklet skisse"]), (["1_2", "2_1"], ["Idéskisse"]), (["1_1", "2_3", "2_4"], [])):
        save_announcement(tender_id=tender.pk, section="terms", values={"climate_criteria": marked}, by=ingrid, at=NOON)
        lacking = missing(Tender.objects.get(pk=tender.pk))
        assert len(lacking) == len(left) and all(stage in text for stage, (_s, _f, text) in zip(left, lacking, strict=True))


@pytest.mark.parametrize("climate", ["insignificant", "critical", "national_minimum"])
def test_an_exception_needs_its_ground_and_no_criterion(ingrid, climate):
    assert not missing(describe(ingrid, climate=climate))
    assert [field for _section, field, _text in missing(describe(ingrid, climate=climate, climate_text=""))] == ["climate_text"]


def test_a_reservation_needs_its_ground(ingrid):
    tender = describe(ingrid)
    with pytest.raises(Refused, match="Say why the tender is reserved. The ground is announced"):
        save_announcement(tender_id=tender.pk, section="terms", values={"reservation": "non_profit"}, by=ingrid, at=NOON)
    blank = describe(ingrid, reservation="non_profit", reservation_ground="  ")
    assert [field for _section, field, _text in missing(blank)] == ["reservation_ground"]


@pytest.mark.engine
def test_both_grounds_that_are_missing_are_told_at_their_fields(ingrid):
    tender = describe(ingrid)
    found = typed(tender, "terms", reservation="non_profit", prequalification_required="on")
    assert sorted(found.errors) == ["prequalification_ground", "reservation_ground"]


def test_the_database_itself_wants_the_ground(ingrid):
    tender = describe(ingrid)
    with pytest.raises(IntegrityError, match="tender_reservation_needs_its_ground"), transaction.atomic():
        Tender.objects.filter(pk=tender.pk).update(reservation="integration")


@pytest.mark.parametrize("field", ["reservation", "climate", "clauses", "climate_criteria"])
def test_a_choice_that_is_none_is_refused(ingrid, field):
    assert field in typed(describe(ingrid), "terms", **{field: "nobody"}).errors


def test_who_may_take_part_is_said_before_one_begins(ingrid, arne, sara, clock_at):
    tender = announced(ingrid, arne, reservation="integration", reservation_ground=GROUND)
    registered(sara)
    for path in ("", "announcement/", "stages/1/submission/"):
        page = read(f"/tenders/{tender.reference}/{path}", sara)
        assert "Enterprises for work integration, where at least 30 % of the staff are disabled or disadvantaged (§ 8-8)" in page
    assert GROUND in read(f"/tenders/{tender.reference}/")
    assert "· Reserved" in read("/tenders/")
    clock_at(LATER)
    drafted(sara, registered(sara, "Annen AS"), tender, at=LATER)
    assert "By handing in you confirm that you are one of them." in read(f"/tenders/{tender.reference}/stages/1/submission/review/", sara)


def test_an_open_tender_says_nothing_of_reservation(ingrid, arne, sara):
    tender = announced(ingrid, arne)
    registered(sara)
    assert "reserved" not in read(f"/tenders/{tender.reference}/stages/1/submission/", sara).lower()
    assert "Reserved" not in read("/tenders/")
