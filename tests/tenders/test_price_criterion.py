"""Price as a criterion: added and removed by the officer, one in each stage, with its formula announced in words and an example."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from tenders.commands.save_announcement import save_announcement
from tenders.documents import announcement_content
from tenders.forms.sections import SECTION_FORMS
from tenders.models import Criterion, Tender
from tenders.readiness import missing_in
from tests.conftest import NOON
from tests.priced_made import priced
from tests.tenders_made import announced, describe

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid):
    return describe(ingrid, procedure=Tender.Procedure.SMALL_TENDER)


def save(tender, **values):
    save_announcement(tender_id=tender.pk, section="criteria", values=values, by=tender.created_by, at=NOON)
    return Tender.objects.get(pk=tender.pk).stages.get()


def test_it_is_added_changed_and_removed(tender):
    assert tender.stages.get().price_criterion is None
    added = save(tender, price_1="linear", price_weight_1=Decimal(30), weight_1_1=Decimal(40), weight_1_2=Decimal(30)).price_criterion
    assert (added.no, added.name, added.weight, added.formula) == (3, "Pris", 30, "linear")
    changed = save(tender, price_1="proportional", price_weight_1=Decimal(20)).price_criterion
    assert (changed.pk, changed.weight, changed.formula) == (added.pk, 20, "proportional")
    assert save(tender, name_1_1="Virkning").price_criterion == changed
    assert save(tender, price_1="no", price_weight_1=None).price_criterion is None


def test_the_database_holds_one_price_for_each_stage_and_no_price_without_a_formula(tender):
    stage = save(tender, price_1="linear", price_weight_1=Decimal(30))
    wrong = [
        {"no": 8, "kind": "price", "formula": "linear"},
        {"no": 9, "kind": "price", "formula": ""},
        {"no": 9, "kind": "levels", "formula": "linear"},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Criterion.objects.create(stage=stage, name="Pris", question="?", weight=10, **values)


def test_its_weight_counts_among_the_hundred_and_it_needs_a_highest_price(tender, ingrid):
    def said():
        return [str(one.text) for one in missing_in(Tender.objects.get(pk=tender.pk), at=NOON)]

    assert said() == []
    save(tender, price_1="linear", price_weight_1=Decimal(30))
    assert said() == ["The weights of «Tilbud» add up to 130 per cent. They must add up to exactly 100."]
    save(tender, weight_1_1=Decimal(40), weight_1_2=Decimal(30))
    assert said() == []
    save_announcement(tender_id=tender.pk, section="money", values={"pays_each_1": Decimal(0)}, by=ingrid, at=NOON)
    assert said() == ["Price counts in «Tilbud», so set the most that each of those chosen can be paid."]


def form(tender, **typed):
    shown = SECTION_FORMS["criteria"](None, tender=tender)
    data = QueryDict(mutable=True)
    for name in shown.fields:
        data[name] = shown[name].value() or ""
    data.update(typed)
    for name, value in typed.items():
        data[name] = value
    return SECTION_FORMS["criteria"](data, tender=tender)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"price_1": "linear"}, "price_weight_1"),
        ({"price_1": "linear", "price_weight_1": "NaN"}, "price_weight_1"),
        ({"price_1": "linear", "price_weight_1": "100,01"}, "price_weight_1"),
        ({"price_1": "gratis", "price_weight_1": "30"}, "price_1"),
        ({"price_1": ""}, "price_1"),
        ({"price_1": "no", "price_weight_1": "30"}, "price_weight_1"),
    ],
)
def test_what_is_no_formula_or_no_weight_is_refused_at_the_field(tender, typed, field):
    found = form(tender, **typed)
    assert list(found.errors) == [field]


def test_the_sum_on_the_page_counts_the_price_only_when_it_counts(tender):
    assert form(tender, price_1="no", price_weight_1="30").groups[0].total == 100
    assert form(tender, price_1="linear", price_weight_1="30").groups[0].total == 130


@pytest.mark.parametrize(
    ("formula", "words", "points"),
    [
        ("linear", "10 − 10 × (the price − the lowest price) / the lowest price", "6.67"),
        ("proportional", "10 × the lowest price / the price", "7.50"),
    ],
)
def test_formula_rounding_and_an_example_are_announced(ingrid, arne, client, formula, words, points):
    tender = priced(ingrid, arne, formula)
    User.objects.update(language="en")
    client.force_login(ingrid)
    page = client.get(reverse("tenders:announcement", args=[tender.reference])).content.decode().replace("\u00a0", " ")
    for said in (words, "rounded to two decimals, half up", "A price can't be above NOK 700,000", "NOK 560,000", points):
        assert said in page, said
    assert page.count("An example with invented prices") == 1
    assert "Price does not count" not in page and "is paid the price it has offered" in page


def test_where_price_does_not_count_the_announcement_says_so_and_its_content_is_as_before(ingrid, arne, client):
    tender = announced(ingrid, arne)
    stage = announcement_content(tender)["stages"][0]
    assert "price" not in stage and not any("formula" in one for one in stage["criteria"])
    User.objects.update(language="en")
    client.force_login(ingrid)
    assert "Price does not count" in client.get(reverse("tenders:announcement", args=[tender.reference])).content.decode()
