"""Choosing a person and a time, for everybody who runs the demo, and for nobody else."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import JournalEntry
from demo.models import ClockShift, SentMail
from demo.people import PEOPLE
from demo.world.cast import sign_up
from tests.conftest import NOON
from tests.tenders_made import announced

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def people(db):
    """Everybody one can become, without the world around them."""
    return {person.key: sign_up(person.name, person.email, "nb", NOON) for person in PEOPLE}


@pytest.mark.engine
def test_one_becomes_a_person_with_one_press_in_a_new_session(client, people):
    client.get(reverse("demo:choose"))
    client.post(reverse("demo:become"), {"person": "sara"})
    first = client.session.session_key
    answer = client.post(reverse("demo:become"), {"person": "ingrid"})
    assert answer.url == reverse("insight:my_work")
    assert client.session["_auth_user_id"] == str(people["ingrid"].pk)
    assert client.session.session_key != first
    assert JournalEntry.objects.filter(event="accounts.logged_in", actor_id=people["ingrid"].pk).exists()


def test_the_page_names_everybody_and_says_who_you_are(client, people):
    client.post(reverse("demo:become"), {"person": "arne"})
    page = client.get(reverse("demo:choose")).content.decode()
    assert all(person.name in page for person in PEOPLE)
    assert page.count("Dette er deg") == 1 and 'value="arne"' not in page


@pytest.mark.parametrize("person", ["", "nobody", "ingrid@nav.example", "00000000-0000-4000-8000-00000000c10c"])
def test_nobody_else_can_be_chosen(client, people, person):
    assert client.post(reverse("demo:become"), {"person": person}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_one_does_not_become_anybody_by_following_a_link(client, people):
    assert client.get(reverse("demo:become"), {"person": "ingrid"}).status_code == 405
    assert client.get(reverse("demo:move"), {"step": "day"}).status_code == 405


def test_without_people_the_page_says_what_to_do(client, db):
    assert "Her er det ingen ennå" in client.get(reverse("demo:choose")).content.decode()


def test_without_a_deadline_there_is_nothing_to_go_to(client, db):
    page = client.get(reverse("demo:choose")).content.decode()
    assert "Det er ingen frist framover" in page and 'value="next"' not in page
    assert client.post(reverse("demo:move"), {"step": "next"}).status_code == 404
    assert client.post(reverse("demo:move"), {"step": "back"}).status_code == 404


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_the_time_machine_goes_to_the_next_deadline_and_tells_what_happened(client, ingrid, arne, settings):
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    for person in (ingrid, arne):
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    tender = announced(ingrid, arne, clock.now())
    stage = tender.stages.get(no=1)
    assert "Tiden for spørsmål går ut i «Unge på vei til jobb»" in client.get(reverse("demo:choose")).content.decode()
    page = client.post(reverse("demo:move"), {"step": "next", "ahead": "0"}, follow=True).content.decode()
    assert "Tiden for spørsmål gikk ut i «Unge på vei til jobb»." in page and "Ingen e-post ble sendt." in page
    page = client.post(reverse("demo:move"), {"step": "next"}, follow=True).content.decode()
    assert timedelta(0) <= clock.now() - stage.closes_at < timedelta(seconds=30)
    assert "Fristen gikk ut i «Unge på vei til jobb»." in page and "2 e-poster ble sendt." in page
    assert JournalEntry.objects.filter(event="tenders.deadline_passed").count() == 1
    assert set(SentMail.objects.values_list("to", flat=True)) == {ingrid.email, arne.email}
    page = client.post(reverse("demo:move"), {"step": "next"}, follow=True).content.decode()
    assert "Nå kan to personer åpne skissene i «Unge på vei til jobb»." in page
    assert clock.now() >= stage.may_be_opened_from


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_days_go_by_and_a_second_press_of_the_same_page_is_not_counted(client):
    assert "Ingen frist gikk ut." in client.post(reverse("demo:move"), {"step": "day", "ahead": "0"}, follow=True).content.decode()
    assert ClockShift.objects.get().seconds == 86_400
    page = client.post(reverse("demo:move"), {"step": "day", "ahead": "0"}, follow=True).content.decode()
    assert "Klokken er flyttet etter at du åpnet siden." in page
    client.post(reverse("demo:move"), {"step": "ten_days", "ahead": "86400"})
    assert ClockShift.objects.get().seconds == 11 * 86_400


PROBE = """
import django
django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve
from accounts import clock
found = []
for path in ("/demo/", "/demo/become/", "/demo/time/", "/demo/mail/"):
    try:
        resolve(path)
        found.append(path)
    except Resolver404:
        pass
print(found, "demo" in settings.INSTALLED_APPS, settings.EMAIL_BACKEND, clock._shift.__module__)
"""


@pytest.mark.parametrize(("demo", "expected"), [
    ("0", "[] False django.core.mail.backends.smtp.EmailBackend accounts.clock"),
    ("1", "['/demo/', '/demo/become/', '/demo/time/', '/demo/mail/'] True demo.mailbox.MailboxBackend demo.clock_shift"),
])  # fmt: skip
def test_the_rehearsal_is_there_only_with_its_setting(demo, expected):
    surroundings = os.environ | {
        "NYVEI_DEMO": demo,
        "NYVEI_PRODUCTION": "0",
        "DATABASE_URL": "sqlite:///:memory:",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    ran = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == expected, ran.stderr
