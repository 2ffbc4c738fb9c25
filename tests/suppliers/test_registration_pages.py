"""Registering an organisation, its own page, and the directory: who sees what, and what is said when something is wrong."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Membership, Organisation, User
from suppliers.forms.registration import LineField
from suppliers.models import Supplier
from tests.conftest import NOON, make_person
from tests.suppliers_made import applied, decided, free_number, joined, registered

pytestmark = pytest.mark.django_db

MARKER = "Kveldsmat i fjæra"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("accounts.clock.now", lambda: NOON)


@pytest.fixture
def sara(db):
    return make_person("Sara Nilsen", language="en")


@pytest.fixture
def signed_in(client, sara):
    client.force_login(sara)
    return client


def typed(**changes):
    return {
        "number": free_number(),
        "name": "Morgenkveik AS",
        "form": "AS",
        "address": "Storgata 1, 0155 Oslo",
        "language": "nn",
        "kind": "social_enterprise",
        "size": "5-19",
        "county_code": "NO081",
        "first_time": "yes",
        "form_token": str(uuid.uuid4()),
    } | changes


# Registering


def test_who_came_from_a_tender_goes_back_to_it_when_the_organisation_is_registered(signed_in):
    sketch = "/tenders/2026-003/stages/1/submission/"
    page = signed_in.get(f"/suppliers/register/?next={sketch}").content.decode()
    assert f'<input type="hidden" name="next" value="{sketch}">' in page
    assert signed_in.post("/suppliers/register/", typed(next=sketch)).url == sketch


def test_nobody_is_sent_to_another_house_after_registering(signed_in):
    number = free_number()
    answer = signed_in.post("/suppliers/register/", typed(number=number, next="https://nav.example.com/tenders/"))
    assert answer.url == f"/suppliers/{number}/"


def test_an_organisation_is_registered_on_the_page_and_shown(signed_in, sara):
    number = free_number()
    spaced = f"{number[:3]} {number[3:6]}\u00a0{number[6:]}"
    answer = signed_in.post("/suppliers/register/", typed(number=spaced, name="  Morgenkveik   AS "), follow=True)
    assert answer.redirect_chain == [(f"/suppliers/{number}/", 302)]
    organisation = Organisation.objects.get()
    assert (organisation.number, organisation.name, organisation.language) == (number, "Morgenkveik AS", "nn")
    assert Membership.objects.get().user == sara
    text = answer.content.decode()
    assert "We have not looked it up." in text and "Sara Nilsen" in text and "Limited company (AS)" in text


def test_a_double_click_registers_once(signed_in):
    same = typed()
    answers = [signed_in.post("/suppliers/register/", same) for _ in range(2)]
    assert [answer.url for answer in answers] == [f"/suppliers/{same['number']}/"] * 2
    assert Organisation.objects.count() == 1


def test_a_number_that_is_taken_says_to_ask_a_colleague_and_keeps_what_was_typed(signed_in, sindre):
    taken = registered(sindre, name="Kveldsro AS")
    answer = signed_in.post("/suppliers/register/", typed(number=taken.number, address="Kaia 7, 9008 Tromsø"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "This organisation is registered already. Ask a colleague there to let you in." in text
    assert "Kaia 7, 9008 Tromsø" in text
    assert "Sindre" not in text and "sindre@" not in text and "Kveldsro" not in text
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": ""}, "Write the organisation number, nine digits."),
        ({"number": "12345"}, "Write nine digits"),
        ({"number": "123456789"}, "Check the first digit."),
        ({"number": "000000000"}, "Check the first digit."),
        ({"number": "889640783"}, "Check the digits."),
        ({"number": "８８９６４０７８２"}, "Write nine digits"),
        ({"name": ""}, "This field is required."),
        ({"name": "   "}, "This field is required."),
        ({"name": "n" * 161}, "at most 160 characters"),
        ({"form": "XX"}, "Select a valid choice."),
        ({"kind": ""}, "This field is required."),
        ({"size": "1000"}, "Select a valid choice."),
        ({"county_code": "NO999"}, "Select a valid choice."),
        ({"first_time": "maybe"}, "Select a valid choice."),
        ({"language": "se"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(signed_in, changes, said):
    answer = signed_in.post("/suppliers/register/", typed(**changes))
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not Organisation.objects.exists() and not Supplier.objects.exists()


def test_half_a_character_is_refused_and_lines_and_spaces_are_made_one():
    with pytest.raises(ValidationError, match="The text holds a character that cannot be kept"):
        LineField().clean("Half \ud800")
    assert LineField().clean(" Morgen\x07kveik \r\n  AS\t") == "Morgenkveik AS"


def test_real_numbers_are_taken_with_the_words_that_well_formed_is_not_existing(signed_in):
    assert "not whether it exists" in signed_in.get("/suppliers/register/").content.decode()
    signed_in.post("/suppliers/register/", typed(number="889640782"))
    assert Organisation.objects.get().number == "889640782"


def test_synthetic_numbers_are_for_the_demo_only(signed_in, settings):
    settings.DEMO = False
    answer = signed_in.post("/suppliers/register/", typed())
    assert "Check the first digit." in answer.content.decode()
    assert not Organisation.objects.exists()


def test_registering_asks_for_log_in(client):
    assert client.get("/suppliers/register/").url == "/accounts/login/?next=/suppliers/register/"


# Describing


def test_a_representative_changes_the_description(signed_in, sara):
    organisation = registered(sara)
    page = f"/suppliers/{organisation.number}/description/"
    assert "Storgata 1, 0155 Oslo" in signed_in.get(page).content.decode()
    signed_in.post(page, typed(address="Kaia 7, 9008 Tromsø", county_code="NO072", first_time="no", number="889640782"))
    organisation.refresh_from_db()
    assert (organisation.address, organisation.supplier.county_id, organisation.supplier.first_time) == (
        "Kaia 7, 9008 Tromsø",
        "NO072",
        False,
    )
    assert organisation.number != "889640782", "the number is never changed"


def test_a_contributor_reads_why_not_and_strangers_find_nothing(client, sara, sindre):
    organisation = registered(sara)
    page = f"/suppliers/{organisation.number}/description/"
    client.force_login(sindre)
    assert [client.get(page).status_code, client.post(page, typed()).status_code] == [404, 404]
    joined(sindre, organisation)
    User.objects.filter(pk=sindre.pk).update(language="en")
    assert "Only a representative of the organisation can do this." in client.get(page).content.decode()
    refused = client.post(page, typed(name="Kapret AS"))
    assert "Only a representative of the organisation can do this." in refused.content.decode()
    organisation.refresh_from_db()
    assert organisation.name == "Morgenkveik AS"


# The organisation's page


def test_strangers_see_an_organisation_only_when_it_is_qualified_and_then_only_what_the_directory_shows(client, sara, sindre, per):
    organisation = registered(sara, address=MARKER)
    page = f"/suppliers/{organisation.number}/"
    for person in (None, sindre, per):
        if person:
            client.force_login(person)
        assert client.get(page).status_code == 404
    decided(applied(organisation, sara), per, grounds=MARKER)
    for person in (None, sindre, per):
        client.logout()
        if person:
            client.force_login(person)
        text = client.get(page).content.decode()
        assert "Morgenkveik AS" in text and "Oslo" in text and organisation.number[:3] in text
        assert MARKER not in text and "Sara Nilsen" not in text


def test_somebody_who_has_left_is_a_stranger(client, sara, sindre):
    organisation = registered(sara)
    membership = joined(sindre, organisation)
    client.force_login(sindre)
    assert client.get(f"/suppliers/{organisation.number}/").status_code == 200
    Membership.objects.filter(pk=membership.pk).update(ended_at=NOON, ended_by=sara)
    assert client.get(f"/suppliers/{organisation.number}/").status_code == 404


@pytest.mark.parametrize("number", ["999999999", "123", "drop table", "%00", "..%2f", "٣٠٠٠٠٠٠٠٠"])
def test_a_number_that_nobody_has_is_not_found(client, number):
    assert client.get(f"/suppliers/{number}/").status_code == 404


# The directory


def test_the_directory_shows_only_those_who_are_qualified(client, sara, sindre, per):
    qualified, waiting, refused = registered(sara), registered(sindre, name="Venter AS"), registered(sindre, name="Avslått AS")
    decided(applied(qualified, sara), per)
    applied(waiting, sindre)
    decided(applied(refused, sindre), per, qualified=False)
    text = client.get("/suppliers/").content.decode()
    assert "Morgenkveik AS" in text
    assert "Venter AS" not in text and "Avslått AS" not in text


@pytest.mark.parametrize(
    ("words", "found"),
    [("kveik", True), ("MORGEN", True), ("oslo", True), ("  300 000 ", False), ("Bergen", False), ("%", False), ("x" * 500, True)],
)
def test_the_directory_is_searched_by_name_number_and_county(client, sara, per, words, found):
    decided(applied(registered(sara), sara), per)
    text = client.get("/suppliers/", {"q": words}).content.decode()
    assert ("Morgenkveik AS" in text) == found


def test_the_directory_is_searched_by_the_whole_number_with_spaces(client, sara, per):
    organisation = registered(sara)
    decided(applied(organisation, sara), per)
    number = organisation.number
    assert "Morgenkveik AS" in client.get("/suppliers/", {"q": f"{number[:3]} {number[3:6]} {number[6:]}"}).content.decode()


def test_an_empty_directory_says_how_it_fills(client):
    client.cookies["django_language"] = "en"
    text = client.get("/suppliers/").content.decode()
    assert "Nobody is prequalified yet" in text and "Everybody can apply, at any time." in text
    assert "No prequalified supplier fits «x&quot;&gt;»" in client.get("/suppliers/", {"q": 'x">'}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_directory_costs_the_same_however_long(client, sara, per, number, django_assert_num_queries):
    for no in range(number):
        decided(applied(registered(sara, name=f"Firma {no}"), sara), per)
    with django_assert_num_queries(2):
        text = client.get(reverse("suppliers:directory")).content.decode()
    assert all(f"Firma {no}" in text for no in range(number))


@pytest.mark.parametrize("number", [1, 3])
def test_the_organisations_page_costs_the_same_however_many_act_for_it(signed_in, sara, number, django_assert_num_queries):
    organisation = registered(sara)
    for no in range(number):
        joined(make_person(f"Kollega{no} Aas"), organisation)
    with django_assert_num_queries(10):
        text = signed_in.get(f"/suppliers/{organisation.number}/").content.decode()
    assert all(f"Kollega{no} Aas" in text for no in range(number))
