"""The pages and mails of the log-in library, in our look and our words."""

import re

import pytest
from django.core import mail
from django.urls import reverse

PAGES = ["account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_reset_password_done"]
ENGLISH_LEFT = re.compile(r">\s*(Email|Password|Sign In|Sign Up|Code|Log in|Continue)\b")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_strangers_is_ours_in_every_language(client, name, language):
    client.cookies["django_language"] = language
    html = client.get(reverse(name)).content.decode()
    assert f'<html lang="{language}"' in html
    assert 'class="nv-skip"' in html
    assert html.count("<h1") == 1
    assert not ENGLISH_LEFT.search(html)
    assert "placeholder=" not in html


def test_wrong_password_says_what_to_do_and_keeps_the_address(client):
    html = client.post(reverse("account_login"), {"login": "sara@morgenkveik.example", "password": "feil"}).content.decode()
    assert "E-postadressen og passordet hører ikke sammen." in html
    assert 'value="sara@morgenkveik.example"' in html
    assert "feil" not in re.findall(r'name="password"[^>]*value="([^"]*)"', html)


def test_signing_up_sends_a_code_in_plain_words(client):
    password = "tre-prøveuker-i-ekte-jobber"
    answers = {"email": "sara@morgenkveik.example", "name": "Sara Nilsen", "password1": password, "password2": password}
    html = client.post(reverse("account_signup"), answers, follow=True).content.decode()
    assert "Skriv koden fra e-posten" in html
    assert 'autocomplete="one-time-code"' in html
    letter = mail.outbox[-1]
    assert letter.subject == "Bekreft e-postadressen din"
    assert "Skriv denne koden i vinduet der du laget bruker:" in letter.body
    assert "Nyvei, fra Nav" in letter.body


def test_two_different_passwords_are_told_at_the_second_field(client):
    answers = {"email": "s@m.example", "name": "Sara", "password1": "tre-prøveuker-i-ekte", "password2": "noe-annet-langt-nok"}
    html = client.post(reverse("account_signup"), answers).content.decode()
    assert 'href="#id_password2"' in html
    assert "Skriv det samme passordet begge ganger." in html


def test_a_stranger_who_asks_for_a_new_password_gets_the_same_page(client):
    html = client.post(reverse("account_reset_password"), {"email": "ukjent@ingen.example"}, follow=True).content.decode()
    assert "Finnes det en bruker med den adressen" in html
    assert "Her kan du lage en:" in mail.outbox[-1].body


def test_an_address_that_is_not_there_says_so_and_leads_on(client):
    answer = client.get("/finnes-ikke/")
    assert answer.status_code == 404
    assert "Her er det ingen side" in answer.content.decode()
    assert 'href="/tenders/"' in answer.content.decode()


def test_from_signing_up_to_the_pages_of_ones_own(client):
    password = "tre-prøveuker-i-ekte-jobber"
    answers = {"email": "sara@morgenkveik.example", "name": "Sara Nilsen", "password1": password, "password2": password}
    client.post(reverse("account_signup"), answers)
    code = re.search(r"^([A-Z0-9-]{6,12})$", mail.outbox[-1].body, re.MULTILINE)
    client.post(reverse("account_email_verification_sent"), {"code": code.group(1)})
    own = client.get(reverse("account_email")).content.decode()
    assert "sara@morgenkveik.example" in own
    assert "Hovedadresse" in own
    assert "Bekreftet" in own
    assert "<b>Sara Nilsen</b>" in own
    assert "Passordet du har nå" in client.get(reverse("account_change_password")).content.decode()
    assert "Vil du logge ut?" in client.get(reverse("account_logout")).content.decode()
