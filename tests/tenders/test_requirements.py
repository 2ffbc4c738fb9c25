"""What is demanded of those who take part: written, changed and removed in the draft, and announced word for word."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.refused import Refused
from tenders.commands.copy_tender import copy_tender
from tenders.commands.save_announcement import save_announcement
from tenders.documents import announcement_content, content_hash
from tenders.models import Requirement, Tender
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import announced, describe
from tests.thresholds_made import demand

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid):
    return describe(ingrid)


def save(tender, by, **values):
    save_announcement(tender_id=tender.pk, section="requirements", values=values, by=by, at=NOON)


def content_of(tender):
    return announcement_content(Tender.objects.select_related("unit", "budget").get(pk=tender.pk))


def path(tender):
    return f"/tenders/{tender.reference}/announcement/requirements/"


def test_there_are_none_to_begin_with_and_the_content_says_nothing_of_it(tender):
    assert "requirements" not in content_of(tender)


def test_they_are_in_the_content_and_its_hash(tender, ingrid):
    before = content_hash(content_of(tender))
    demand(tender, ingrid, kind="turnover", amount=100_000)
    content = content_of(tender)
    assert content_hash(content) != before
    [one] = content["requirements"]
    assert (one["kind"], one["amount"], one["no"]) == ("turnover", Decimal(100_000), 1)
    save(tender, ingrid, **dict.fromkeys(("kind_1", "whom_1", "text_1", "why_1", "proof_1"), ""), amount_1=None)
    assert content_hash(content_of(tender)) == before


def test_those_after_a_removed_one_move_up(tender, ingrid):
    for kind in ("other", "proof", "premises"):
        demand(tender, ingrid, kind=kind)
    save(tender, ingrid, kind_2="", text_2="", why_2="", proof_2="")
    assert [(one.no, one.kind) for one in tender.requirements.all()] == [(1, "other"), (2, "premises")]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"kind_1": ""}, "kind_1", "Choose what kind of requirement it is"),
        ({"kind_1": "turnover"}, "amount_1", "Write how much or how many you require"),
        ({"kind_1": "references", "amount_1": Decimal("2.5")}, "amount_1", "Write a whole number"),
        ({"text_1": "  "}, "text_1", "Write what you require, as those who take part will read it"),
        ({"why_1": ""}, "why_1", "Write why it is needed. The ground is announced"),
    ],
)
def test_half_a_requirement_is_refused_at_its_field(tender, ingrid, changes, field, said):
    with pytest.raises(NotReady) as refused:
        save(tender, ingrid, **{"kind_1": "other", "text_1": "Norsk.", "why_1": "Deltakerne snakker norsk.", **changes})
    [missing] = refused.value.missing
    assert (missing.section, missing.field) == ("requirements", field) and said in str(missing.text)
    assert not tender.requirements.exists()


def test_the_database_wants_words_ground_and_figure(tender, ingrid):
    demand(tender, ingrid, kind="years")
    for wrong in ({"text": ""}, {"why": ""}, {"amount": None}, {"amount": 0}, {"no": 21}, {"no": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Requirement.objects.update(**wrong)


def test_there_is_no_twenty_first(tender, ingrid):
    whole = {
        name: text for no in range(1, 22) for name, text in ((f"kind_{no}", "other"), (f"text_{no}", "Norsk."), (f"why_{no}", "Slik."))
    }
    with pytest.raises(Refused, match="A tender has twenty requirements at most. Remove one first"):
        save(tender, ingrid, **whole)


def test_a_copy_brings_them_along(tender, ingrid):
    demand(tender, ingrid, kind="other")
    made = copy_tender(origin_id=tender.pk, name="Kopi", unit=tender.unit, by=ingrid, at=NOON)
    assert [one.kind for one in made.requirements.all()] == ["other"] and tender.requirements.count() == 1


@pytest.fixture
def browser(ingrid, clock_at):
    clock_at(NOON)
    ingrid.language = "en"
    ingrid.save(update_fields=["language"])
    made = Client()
    made.force_login(ingrid)
    return made


def test_written_one_by_one_and_removed_by_its_button(tender, ingrid, browser):
    page = browser.get(path(tender)).content.decode()
    assert "No requirements" in page and "One more requirement" in page and ">Remove" not in page
    data = typed(tender, "requirements").data
    data.update({"kind_1": "other", "text_1": "Dere skal snakke norsk.", "why_1": "Deltakerne gjør det.", "add": "1"})
    assert browser.post(path(tender), data).headers["Location"] == path(tender)
    page = browser.get(path(tender)).content.decode()
    assert "Requirement 1" in page and "Dere skal snakke norsk." in page and "No requirements" not in page
    tender.refresh_from_db()
    data = typed(tender, "requirements").data
    data.update({"remove": "1"})
    assert browser.post(path(tender), data).headers["Location"] == path(tender)
    assert not tender.requirements.exists()


def test_what_is_wrong_is_said_at_the_field_and_the_rest_is_kept(tender, browser):
    data = typed(tender, "requirements").data
    data.update({"kind_1": "turnover", "amount_1": "mye", "text_1": "Stor omsetning.", "why_1": ""})
    page = browser.post(path(tender), data).content.decode()
    assert "Write a number, for example 3 or 500 000." in page and "Stor omsetning." in page
    data.update({"amount_1": "0"})
    assert "Write a number above 0." in browser.post(path(tender), data).content.decode()
    data.update({"amount_1": "1 000"})
    page = browser.post(path(tender), data).content.decode()
    assert "Write why it is needed. The ground is announced." in page and "Stor omsetning." in page
    assert not tender.requirements.exists()


def test_everybody_reads_them_with_their_ground_when_it_is_announced(ingrid, arne, client):
    tender = announced(ingrid, arne)
    assert "Ingen krav utover det som står her" in client.get(f"/tenders/{tender.reference}/").content.decode()
    strict = describe(ingrid)
    demand(strict, ingrid, kind="turnover", amount=200_000, why="Vi betaler etterpå.")
    Client.force_login(client, ingrid)
    page = client.get(f"/tenders/{strict.reference}/announcement/").content.decode().replace("\xa0", " ")
    for said in ("Dette krever vi av dere", "Omsetning: 200 000 kr", "10 millioner kroner", "Hvorfor: Vi betaler etterpå."):
        assert said in page, said
