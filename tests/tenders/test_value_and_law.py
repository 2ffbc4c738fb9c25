"""Value and rules of a tender: counted from what it may pay, asked and never inferred, kept as it was when it was announced."""

import dataclasses
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from accounts.commands.grant_role import grant_role
from accounts.models import JournalEntry, Unit
from accounts.roles import Role
from tenders import law, rules, value_page
from tenders.commands.copy_tender import copy_tender
from tenders.commands.save_announcement import save_announcement
from tenders.estimated_value import estimated_value
from tenders.law import read_ruling, ruling_of
from tenders.models import Tender
from tenders.readiness import NotReady, missing_in
from tenders.rules import Part, rules_on
from tests.conftest import NOON
from tests.contracts_made import parties
from tests.frameworks_made import call_off_described, framework_announced, framework_running
from tests.settled_made import cast_of
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import announced, describe, proposed

pytestmark = pytest.mark.django_db
SMALL = Tender.Procedure.SMALL_TENDER
REASON = "Dette er en annen målgruppe, i et annet fylke."


def save(tender, ingrid, **values):
    save_announcement(tender_id=tender.pk, section="value", values=values, by=ingrid, at=NOON)
    tender.refresh_from_db()


def small(ingrid, amount="400000", at=NOON, **changes):
    return describe(ingrid, at, procedure=SMALL, amount=amount, pays_each_1=amount, **changes)


def small_announced(ingrid, arne, amount="400000", at=NOON, **changes):
    return announced(ingrid, arne, at, procedure=SMALL, amount=amount, pays_each_1=amount, **changes)


def browser_of(person):
    person.language = "en"
    person.save(update_fields=["language"])
    browser = Client()
    browser.force_login(person)
    return browser


def path(tender, section=""):
    return f"/tenders/{tender.reference}/announcement/{section}{'/' if section else ''}"


def test_the_value_is_stages_options_and_later_purchase(ingrid):
    more = {"options_amount": "300000", "options_text": "Ett år til.", "later_amount": "400000", "later_text": "Ti fylker."}
    value = estimated_value(describe(ingrid, **more), rate=Decimal(25))
    assert [(line.what, line.name, line.selects, line.amount) for line in value.lines] == [
        ("stage", "Idéskisse", 3, 150_000),
        ("stage", "Utviklet skisse", 1, 450_000),
        ("options", "", 0, 300_000),
        ("later", "", 0, 400_000),
    ]
    assert (value.stated, value.excluding, value.rate) == (1_300_000, 1_300_000, None)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({}, Part.PART_1),
        ({"vat_basis": "including"}, Part.OUTSIDE),
        ({"options_amount": "699999.99", "options_text": "x"}, Part.PART_1),
        ({"options_amount": "700000", "options_text": "x"}, Part.PART_2),
        ({"options_amount": "700000", "options_text": "x", "service_kind": "health_social"}, Part.PART_1),
        ({"later_amount": "1030000", "later_text": "x"}, Part.PART_3),
        ({"later_amount": "1030000", "later_text": "x", "service_kind": "special"}, Part.PART_2),
        ({"later_amount": "8099999.99", "later_text": "x", "service_kind": "health_social"}, Part.PART_1),
        ({"later_amount": "8100000", "later_text": "x", "service_kind": "health_social"}, Part.PART_4),
        ({"research": True, "cpv": ["73200000"], "sole_benefit": "yes", "full_payment": "yes"}, Part.RESEARCH),
        ({"research": True, "cpv": ["73110000"], "sole_benefit": "yes", "full_payment": "yes"}, Part.PART_1),
        ({"research": True, "cpv": ["79634000", "73110000"], "sole_benefit": "no", "full_payment": "yes"}, Part.RESEARCH),
        ({"research": False, "cpv": ["73200000"]}, Part.PART_1),
        ({"research": True, "cpv": ["73200000"]}, Part.PART_1),
        ({"research": True, "cpv": ["79634000"], "sole_benefit": "yes", "full_payment": "yes"}, Part.RESEARCH),
    ],
)
def test_which_part_follows(ingrid, changes, part):
    ruling = ruling_of(describe(ingrid, **changes), at=NOON)
    assert ruling.part == part and "§" in ruling.paragraph


def test_the_same_value_falls_under_the_limit_on_the_day_the_limit_is_raised(ingrid):
    tender = describe(ingrid, vat_basis="including")
    day = NOON.replace(month=6, day=30, hour=21, minute=59)
    assert ruling_of(tender, at=day).part == Part.PART_1
    assert ruling_of(tender, at=day + timedelta(minutes=1)).part == Part.OUTSIDE


def test_it_says_why(ingrid):
    ruling = ruling_of(describe(ingrid), at=NOON)
    with translation.override("en"):
        said = str(ruling.why)
    assert "600,000" in said and "500,000" in said and "1,300,000" in said
    assert ruling.paragraph == "anskaffelsesforskriften § 5-1"


def test_nothing_is_inferred_and_it_is_not_announced_without_the_choice(ingrid):
    tender = describe(ingrid, service_kind="", cpv=["85312510"])
    assert ruling_of(tender, at=NOON).part is None
    [missing] = missing_in(tender, at=NOON)
    assert (missing.section, missing.field) == ("value", "service_kind")
    page = browser_of(ingrid).get(path(tender, "value")).content.decode()
    assert "Not decided" in page and "The CPV code does not decide it" in page
    assert 'name="service_kind" value="' in page and "checked" not in page.split('name="sole_benefit"')[0]


def test_research_asks_three_questions_and_a_ground(ingrid):
    tender = describe(ingrid, research=True, cpv=["73110000"])
    assert [one.field for one in missing_in(tender, at=NOON)] == ["sole_benefit", "full_payment", "research_ground"]
    save(tender, ingrid, sole_benefit="yes", full_payment="no", research_ground="Vi vet ikke om det virker.")
    assert not missing_in(tender, at=NOON)
    page = browser_of(ingrid).get(path(tender, "value")).content.decode()
    assert "73110000 is in the list of § 2-5, but Nav does not pay for all of it" in page and "Vi vet ikke om det virker." in page


def test_a_code_that_is_not_for_research_is_told(ingrid):
    ruling = ruling_of(describe(ingrid, research=True, cpv=["79634000"], sole_benefit="no", full_payment="yes"), at=NOON)
    assert ruling.research and "none of the chosen codes is for that" in str(ruling.research.why)
    assert read_ruling(ruling.stored()).research == ruling.research


def test_an_amount_says_what_it_is_for_and_the_database_holds_it(ingrid):
    tender = describe(ingrid)
    for values, field in (({"options_amount": Decimal(1)}, "options_text"), ({"later_text": "Mer."}, "later_amount")):
        with pytest.raises(NotReady) as refused:
            save(tender, ingrid, **values)
        assert [one.field for one in refused.value.missing] == [field]
        with pytest.raises(IntegrityError, match="amount_and_text_together"), transaction.atomic():
            Tender.objects.filter(pk=tender.pk).update(**values)
    tender.options_amount = Decimal(-1)
    with pytest.raises(ValidationError, match="amount and what it is for"):
        tender.validate_constraints()


def test_what_was_in_force_is_kept_whatever_the_data_says_later(ingrid, arne, monkeypatch):
    tender = announced(ingrid, arne, options_amount="100000", options_text="Ett år til.")
    kept = read_ruling(tender.ruling)
    assert kept == dataclasses.replace(ruling_of(tender, at=NOON), version="2026-07-01")
    told = JournalEntry.objects.get(event="tenders.tender_announced")
    assert (told.facts["rules"], told.facts["part"]) == ("2026-07-01", "part_1")
    changed = dataclasses.replace(rules_on(NOON.date()), ladders={"ordinary": (rules.Rung(Decimal(0), Part.PART_4, "§ 1"),)})
    for module in (law, rules):
        monkeypatch.setattr(module, "rules_on", lambda _day: changed)
    page = value_page.value_page(Tender.objects.get(pk=tender.pk), at=NOON + timedelta(days=400))
    assert page.ruling == kept and page.ruling.part == Part.PART_1 and not page.proposed
    shown = browser_of(ingrid).get(path(tender)).content.decode()
    assert "Part I" in shown and "when the tender was announced" in shown and "Part IV" not in shown


def test_a_copy_takes_the_amounts_and_the_choice_and_not_what_was_decided(ingrid, arne):
    origin = announced(ingrid, arne, options_amount="1", options_text="Mer.", splitting_reason=REASON)
    copy = copy_tender(origin_id=origin.pk, name="Igjen", unit=origin.unit, by=ingrid, at=NOON)
    assert (copy.service_kind, copy.options_amount, copy.ruling, copy.splitting_reason) == ("ordinary", 1, None, "")


def test_a_framework_is_worth_the_most_it_can_be_over_its_life(ingrid):
    tender = describe(ingrid, procedure=Tender.Procedure.FRAMEWORK, amount="1300000")
    ruling = ruling_of(tender, at=NOON)
    assert (ruling.value.excluding, ruling.part) == (1_300_000, Part.PART_2)


def test_a_call_off_counts_within_its_framework(ingrid, arne, with_role, per):
    cast, nav = cast_of(ingrid, arne, with_role), parties(ingrid, arne, with_role)
    framework = framework_running(cast, nav)
    call_off = call_off_described(framework, nav)
    ruling = ruling_of(call_off, at=NOON)
    assert (ruling.value.excluding, ruling.split) == (framework.budget.amount, None)
    before = call_off.legal_basis
    page = browser_of(ingrid).get(path(call_off, "value"))
    assert "A call-off counts within its framework agreement" in page.content.decode()
    assert list(page.context["form"].fields) == ["draft_no"] and not page.context["page"].proposed
    assert browser_of(ingrid).post(path(call_off, "value"), {"draft_no": call_off.draft_no}).status_code == 302
    call_off.refresh_from_db()
    assert call_off.legal_basis == before and not missing_in(call_off, at=call_off.created_at)


def test_the_officer_takes_the_proposed_sentence_with_one_button(ingrid):
    tender = describe(ingrid, legal_basis="Vet ikke.")
    browser = browser_of(ingrid)
    data = typed(tender, "value", service_kind="special", use_proposed="1").data
    answer = browser.post(path(tender, "value"), data)
    assert answer.headers["Location"] == path(tender, "value")
    tender.refresh_from_db()
    assert tender.legal_basis.startswith("Anskaffelsesloven og anskaffelsesforskriften del I. Anslått verdi er 600")
    page = browser.get(path(tender, "value")).content.decode()
    assert "The announcement says what follows" in page and "use this sentence" not in page


def test_no_sentence_without_the_kind_of_service(ingrid):
    tender = describe(ingrid, service_kind="", legal_basis="Vet ikke.")
    answer = browser_of(ingrid).post(path(tender, "value"), typed(tender, "value", use_proposed="1").data)
    assert "Choose which kind of service it is first." in answer.content.decode()
    tender.refresh_from_db()
    assert tender.legal_basis == "Vet ikke."


def test_everybody_reads_kind_options_and_later_purchase_and_nothing_of_the_rest(ingrid, arne):
    more = {"options_amount": "200000", "options_text": "Ett år til.", "later_amount": "1", "later_text": "Ti fylker."}
    research = {"research": True, "sole_benefit": "yes", "full_payment": "yes", "research_ground": "Bare for oss."}
    tender = announced(ingrid, arne, **more, **research, splitting_reason=REASON)
    page = Client(headers={"accept-language": "en"}).get(f"/tenders/{tender.reference}/").content.decode()
    assert all(words in page for words in ("Ordinary service", "Ett år til.", "Ti fylker.", "Research and development"))
    assert not any(words in page for words in ("Bare for oss.", REASON, "Estimated value"))


def test_two_purchases_below_a_limit_that_pass_it_together_are_named_to_officer_and_approver(ingrid, arne):
    first = small_announced(ingrid, arne, name="Den første")
    later = NOON + timedelta(days=200)
    second = proposed(ingrid, arne, later, procedure=SMALL, name="Den andre", amount="400000", pays_each_1="400000")
    split = ruling_of(second, at=later).split
    assert (split.limit, split.total, split.others) == (500_000, 800_000, (f"{first.reference} Den første",))
    page = browser_of(arne).get(path(second)).content.decode()
    assert "This may be one purchase that was split" in page and f"{first.reference} Den første" in page
    assert "Den andre" in page and "No reason is written." in page


def test_a_reason_is_written_and_kept_and_the_warning_stops_nothing(ingrid, arne, clock_at):
    small_announced(ingrid, arne)
    later = NOON + timedelta(days=1)
    clock_at(later)
    second = small(ingrid, at=later)
    browser = browser_of(ingrid)
    assert "Why they are not one purchase" in browser.get(path(second, "value")).content.decode()
    assert browser.post(path(second, "value"), typed(second, "value", splitting_reason=REASON).data).status_code == 302
    assert not missing_in(second, at=later)
    data = typed(Tender.objects.get(pk=second.pk), "value").data.copy()
    del data["splitting_reason"]
    assert browser.post(path(second, "value"), data).status_code == 302
    second.refresh_from_db()
    assert second.splitting_reason == REASON
    assert REASON in browser.get(path(second)).content.decode()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"cpv": ["80530000"]}),
        ({"amount": "99000"}, {}),
        ({"amount": "500000"}, {}),
        ({}, {"options_amount": "100000", "options_text": "Mer."}),
    ],
)
def test_what_is_no_split(ingrid, arne, first, second):
    small_announced(ingrid, arne, **first)
    assert ruling_of(small(ingrid, **second), at=NOON).split is None


@pytest.mark.parametrize(("days", "counts"), [(364, True), (365, False)])
def test_it_looks_back_twelve_months(ingrid, arne, days, counts):
    small_announced(ingrid, arne)
    later = NOON + timedelta(days=days)
    assert (ruling_of(small(ingrid, at=later), at=later).split is not None) == counts


def test_another_unit_buys_for_itself(ingrid, arne, admin):
    small_announced(ingrid, arne)
    elsewhere = Unit.objects.get(name="Nav Nordland")
    grant_role(to=ingrid, role=Role.OFFICER, unit=elsewhere, by=admin, at=NOON)
    assert ruling_of(small(ingrid, unit=elsewhere), at=NOON).split is None


def test_a_draft_of_somebody_else_is_not_named(ingrid):
    small(ingrid, name="Hemmelig utkast")
    assert ruling_of(small(ingrid), at=NOON).split is None


def test_many_purchases_alike_take_no_more_statements(ingrid, arne, django_assert_num_queries):
    for count in (1, 2):
        small_announced(ingrid, arne)
        second = Tender.objects.select_related("unit", "budget", "framework").get(pk=small(ingrid).pk)
        with django_assert_num_queries(3):
            assert len(ruling_of(second, at=NOON).split.others) == count


def test_a_framework_and_what_is_cancelled(ingrid, arne, with_role):
    framework = framework_announced(cast_of(ingrid, arne, with_role), amount=Decimal(400_000), selects_1=2)
    tender = small(ingrid, cpv=[framework.cpv_choices.get(no=0).code])
    assert ruling_of(tender, at=NOON).split.others == (str(framework),)
    Tender.objects.filter(pk=framework.pk).update(phase="cancelled")
    assert ruling_of(tender, at=NOON).split is None


def test_a_kind_that_does_not_exist_is_refused_and_nothing_stored(ingrid):
    tender = describe(ingrid)
    before = tender.draft_no
    answer = browser_of(ingrid).post(path(tender, "value"), typed(tender, "value", service_kind="work", options_text="Mer.").data)
    assert answer.status_code == 200 and set(answer.context["form"].errors) == {"service_kind"}
    tender.refresh_from_db()
    assert (tender.service_kind, tender.options_text, tender.draft_no) == ("ordinary", "", before)
