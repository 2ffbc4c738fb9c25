"""The announcement of a framework agreement: how long, at most how much, and nobody paid for being in it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.refused import Refused
from tenders.commands.announce_tender import announce_tender
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.models import Tender
from tenders.offers import prize_fact
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.contracts_made import parties
from tests.frameworks_made import call_off_described, call_off_proposed, framework_running
from tests.settled_made import cast_of
from tests.tenders_made import announced, describe, hash_seen

pytestmark = pytest.mark.django_db
FRAMEWORK = Tender.Procedure.FRAMEWORK


@pytest.fixture
def draft(ingrid):
    return describe(ingrid, procedure=FRAMEWORK)


def save(tender, ingrid, section, **values):
    save_announcement(tender_id=tender.pk, section=section, values=values, by=ingrid, at=NOON)


def test_it_selects_several_and_plans_no_money(ingrid, draft):
    stage = draft.stages.get()
    assert (stage.selects, stage.pays_each, draft.budget.planned, draft.months) == (5, 0, 0, 24)
    assert prize_fact(draft, [stage]).note == "a framework agreement with each of five suppliers"
    with pytest.raises(ValueError, match="pays_each_1"):
        save(draft, ingrid, "money", pays_each_1=Decimal(1))


def test_more_than_48_months_takes_a_ground(ingrid, draft):
    with pytest.raises(NotReady, match="A framework agreement lasts at most 48 months") as refused:
        save(draft, ingrid, "money", months=49)
    assert [one.field for one in refused.value.missing] == ["months_ground"]
    with pytest.raises(NotReady, match="Say how many months the framework agreement lasts"):
        save(draft, ingrid, "money", months=None)
    save(draft, ingrid, "money", months=60, months_ground="Opplæringen tar to år.")
    draft.refresh_from_db()
    assert draft.months == 60
    with pytest.raises(IntegrityError, match="tender_more_than_four_years"), transaction.atomic():
        Tender.objects.filter(pk=draft.pk).update(months_ground="")
    with pytest.raises(IntegrityError, match="tender_call_off_has_its_framework"), transaction.atomic():
        Tender.objects.filter(pk=draft.pk).update(procedure="call_off")


def test_the_officer_types_the_highest_value_and_the_months(client, ingrid, draft):
    client.force_login(ingrid)
    address = reverse("tenders:announcement_section", args=[draft.reference, "money"])
    page = client.get(address).content.decode()
    assert "Høyeste verdi" in page and 'name="months"' in page and "pays_each_1" not in page
    typed = {
        "draft_no": draft.draft_no,
        "amount": "900000",
        "vat_basis": "excluding",
        "selects_1": "4",
        "months": "60",
        "months_ground": "",
    }
    answer = client.post(address, typed)
    assert answer.status_code == 200 and "høyst 48 måneder" in answer.content.decode()
    assert client.post(address, typed | {"months": "x"}).status_code == 200
    assert client.post(address, typed | {"months": "36"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.months, draft.budget.amount, draft.stages.get().selects) == (36, 900_000, 4)


def test_everybody_reads_what_it_means_to_be_in_it(client, ingrid, arne):
    tender = announced(ingrid, arne, procedure=FRAMEWORK, months=30)
    for name in ("insight:tender", "tenders:announcement"):
        page = " ".join(client.get(reverse(name, args=[tender.reference])).content.decode().split())
        assert "får en avtale i 30 måneder" in page and "minikonkurranse" in page
        assert "0 kr til" not in page and "betalt 0 kr" not in page
    assert "rammeavtale med hver av fem leverandører" in client.get(reverse("tenders:list")).content.decode()


def test_new_tenders_are_started_from_a_template_with_a_line_on_what_it_is_for(client, ingrid, directorate):
    client.force_login(ingrid)
    page = client.get(reverse("tenders:new")).content.decode()
    assert "Når behovet kommer igjen og igjen" in page and 'value="call_off"' not in page
    client.post(reverse("tenders:new"), {"procedure": "framework", "name": "Veiledning", "unit": directorate.pk})
    assert Tender.objects.get().procedure == FRAMEWORK
    refused = client.post(reverse("tenders:new"), {"procedure": "call_off", "name": "Avrop", "unit": directorate.pk})
    assert refused.status_code == 200 and Tender.objects.count() == 1


def test_a_call_off_keeps_the_stated_criteria_and_is_announced_with_its_invitations_only(ingrid, arne, with_role):
    nav, cast = parties(ingrid, arne, with_role), cast_of(ingrid, arne, with_role)
    framework = framework_running(cast, nav)
    tender = call_off_described(framework, nav)
    save(tender, ingrid, "criteria", weight_1_1=Decimal(60), weight_1_2=Decimal(20), weight_1_3=Decimal(20))
    assert list(tender.stages.get().criteria.values_list("weight", flat=True)) == [60, 20, 20]
    for section, values in {"criteria": {"name_1_1": "Pris"}, "money": {"vat_basis": "including"}}.items():
        with pytest.raises(ValueError, match="Not in this section"):
            save(tender, ingrid, section, **values)
    save(tender, ingrid, "money", amount=Decimal(250_000))
    save(tender, ingrid, "dates", standstill_days_1=5)
    stage = tender.stages.get()
    assert (stage.pays_each, stage.standstill_days, stage.entry) == (250_000, 5, "invited")
    waiting = call_off_proposed(framework, nav)
    with pytest.raises(Refused, match="A call-off is announced together with its invitations"):
        announce_tender(tender_id=waiting.pk, content_hash=hash_seen(waiting), by=arne, at=waiting.created_at)
    with pytest.raises(NotReady):
        propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON.replace(year=2028))


def test_weights_of_a_call_off_are_whole_and_in_the_same_proportions(ingrid, arne, with_role):
    nav, cast = parties(ingrid, arne, with_role), cast_of(ingrid, arne, with_role)
    framework = framework_running(cast, nav)
    for chosen, weights in (([1, 2], [57, 43]), ([2, 3], [50, 50]), ([1, 2, 3], [40, 30, 30])):
        tender = call_off_described(framework, nav, criteria=chosen)
        assert list(tender.stages.get().criteria.values_list("weight", flat=True)) == weights
