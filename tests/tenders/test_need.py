"""The need in depth: what is known, whom it is about in open words, the road into use, and where it is tried out."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import Unit
from accounts.refused import Refused
from tenders.amendment_words import LABELS
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.documents import announcement_content
from tenders.forms.need import NeedForm
from tenders.models import TargetGroup, Tender
from tenders.readiness import NotReady, missing_in
from tests.conftest import NOON
from tests.tenders_made import announced, describe

pytestmark = pytest.mark.django_db


def save(tender, by, **values):
    save_announcement(tender_id=tender.pk, section="need", values=values, by=by, at=NOON)
    tender.refresh_from_db()


def missing(tender):
    return [one.field for one in missing_in(tender, at=NOON)]


def written(tender, **changes):
    """The form of the need, sent back with `changes` typed in."""
    blank = NeedForm(None, tender=tender)
    stands = {field.name: field.value() for field in blank if field.value() not in (None, "", [])}
    return NeedForm({**stands, **changes}, tender=tender)


@pytest.mark.engine
def test_groups_are_kept_once_in_the_order_of_the_list_and_replaced(ingrid):
    tender = describe(ingrid, groups=["older", "young"])
    assert announcement_content(tender)["groups"] == ["young", "older"]
    save(tender, ingrid, groups=["young", "employers"])
    save(tender, ingrid, need="Noe annet")
    assert announcement_content(tender)["groups"] == ["young", "employers"]
    with pytest.raises(ValueError, match="secret"):
        save(tender, ingrid, groups=["secret"])


def test_every_group_has_a_name_in_every_language():
    names = {}
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            names[language] = [str(group.label) for group in TargetGroup]
    assert all(len(set(row)) == len(TargetGroup) for row in names.values()) and len(TargetGroup) == 10
    assert names["nb"][0] == "Unge under 30 år" and names["en"][0] == "Young people under 30"


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({"groups": []}, ["groups"]),
        ({"adopter": " "}, ["adopter"]),
        ({"adoption_budget": ""}, ["adoption_budget"]),
        ({"places": None}, ["places"]),
        ({"places": None, "places_unknown": " "}, ["places"]),
        ({"places": None, "places_unknown": "Det avgjør kommunene til våren."}, []),
        ({"known": "", "who_counts": "", "adoption_from": "", "tried_at": None, "counties": []}, []),
    ],
)
def test_it_is_not_announced_without_group_taker_budget_and_number(ingrid, arne, values, lacks):
    tender = describe(ingrid, **values)
    assert missing(tender) == lacks
    if lacks:
        with pytest.raises(NotReady):
            propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=NOON)


@pytest.mark.engine
@pytest.mark.parametrize("values", [{"places": 0}, {"places": 60, "places_unknown": "Vet ikke"}])
def test_the_database_holds_a_number_of_at_least_one_or_why_it_is_not_known(ingrid, values):
    tender = describe(ingrid)
    with pytest.raises(Refused, match="Give a number of at least 1, or say why it is not known. Not both."):
        save(tender, ingrid, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tender.objects.filter(pk=tender.pk).update(**values)


@pytest.mark.parametrize("typed", ["0", "-3", "1,5", "mange", "9" * 30, "1000001", "\x00", "😀"])
def test_a_number_that_is_none_is_refused_and_stays(ingrid, typed):
    form = written(describe(ingrid), places=typed)
    assert list(form.errors) == ["places"] and form["places"].value() == typed


def test_number_and_reason_are_not_both_kept(ingrid):
    form = written(describe(ingrid), places="60", places_unknown="Vi vet ikke.")
    assert list(form.errors) == ["places_unknown"]
    form = written(describe(ingrid), places="", places_unknown="Vi vet ikke.")
    assert form.is_valid() and form.values["places"] is None


@pytest.mark.parametrize("wrong", [{"groups": ["secret"]}, {"tried_at": "nei"}, {"tried_at": "\x00"}, {"known": "ord " * 301}])
def test_what_cannot_be_kept_is_said_at_its_field(ingrid, wrong):
    assert list(written(describe(ingrid), **wrong).errors) == list(wrong)


def test_everybody_reads_what_is_known_whom_it_is_about_and_the_road_into_use(client, ingrid, arne):
    unit = Unit.objects.get(name="Nav Rogaland")
    told = {
        "known": "Kurs er prøvd, og hjalp lite.",
        "who_counts": "Den som selv sier at hun trenger det.",
        "adoption_budget": "Tiltaksbudsjettet i fylket.",
        "places": 1200,
        "adoption_from": "høsten 2028",
        "tried_at": unit,
        "groups": ["young", "parents"],
    }
    tender = announced(ingrid, arne, **told)
    for address in (f"/tenders/{tender.reference}/", f"/tenders/{tender.reference}/announcement/"):
        page = client.get(address).content.decode().replace("\u00a0", " ")
        for words in ("Kurs er prøvd", "Den som selv sier", "Veien i bruk", "Tiltaksbudsjettet i fylket.", "Omtrent 1 200", "Høsten 2028"):
            assert words in page, words
        assert "Unge under 30 år · Foreldre og aleneforsørgere" in page and "Nav Rogaland prøver det ut" in page
        assert "Hvor som helst i landet" in page


def test_what_is_not_known_yet_is_said_with_its_reason(client, ingrid, arne):
    tender = announced(ingrid, arne, places=None, places_unknown="Det avgjør kommunene til våren.", counties=["NO0A1"])
    page = client.get(f"/tenders/{tender.reference}/").content.decode()
    assert "Ikke kjent ennå" in page and "Det avgjør kommunene til våren." in page and "Hvor som helst i landet" not in page


def test_the_page_shows_every_field_once(ingrid):
    form = NeedForm(None, tender=describe(ingrid))
    shown = [field.name for part in form.parts() for field in part.fields]
    assert sorted(shown) == sorted(field.name for field in form.visible_fields())


def test_search_looks_in_what_is_known(client, ingrid, arne):
    announced(ingrid, arne, known="Vi har prøvd kveldskurs.", who_counts="Den som bor i bygda.")
    for words in ("kveldskurs", "bygda"):
        assert len(client.get("/tenders/", {"q": words}).context["offers"]) == 1


def test_what_somebody_else_chose_meanwhile_is_shown_by_its_name(ingrid):
    tender = describe(ingrid, tried_at=Unit.objects.get(name="Nav Rogaland"))
    form = written(tender, tried_at="")
    assert form.is_valid()
    form.show_newer()
    assert [text for _label, text in form.meanwhile] == ["Nav Rogaland"]


def test_the_words_of_an_amendment_name_every_text_of_the_need():
    assert {"known", "who_counts", "adoption_budget", "adoption_from"} <= set(LABELS)
