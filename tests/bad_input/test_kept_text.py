"""What was written when the log-in or the page had run out: kept sealed for an hour, shown once, passwords never."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.bad_input.sending import check_page, nothing_stored, still_typed
from tests.conftest import NOON
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
WRITTEN = "Kan unge uten jobb være med og lage løsningen?"
GOOD_PASSWORD = "på-vei-til-jobb-i-juni"


@pytest.fixture
def place(desk) -> str:
    return reverse("tenders:questions", args=[desk.world.tenders["open"].reference])


@pytest.fixture
def nora(desk) -> Client:
    """Nora, whose log-in has run out."""
    return Client(raise_request_exception=False)


def typed_again(desk, client, path) -> list[str]:
    client.force_login(desk.world.newcomer)
    return still_typed(client.get(path).content.decode())


def test_it_is_there_after_log_in_once_and_nothing_was_stored(desk, nora, place):
    with nothing_stored():
        answer = nora.post(place, {"text": WRITTEN})
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_login") + "?next=")
    assert WRITTEN in typed_again(desk, nora, place)
    assert WRITTEN not in still_typed(nora.get(place).content.decode()), "it is shown once"


def test_a_save_in_the_background_does_not_push_it_out(desk, nora, place):
    nora.post(place, {"text": WRITTEN})
    elsewhere = reverse("tenders:questions", args=[desk.world.tenders["closed"].reference])
    nora.post(elsewhere, {"text": "Noe fra en annen fane."}, headers={"sec-fetch-mode": "cors"})
    assert WRITTEN in typed_again(desk, nora, place)


def test_it_is_sealed_in_the_session(desk, nora, place):
    nora.post(place, {"text": WRITTEN})
    kept = nora.session["kept_text"]
    assert "unge" not in kept
    [row] = [row for row in Session.objects.all() if "kept_text" in row.get_decoded()]
    assert "unge" not in row.session_data and "unge" not in str(row.get_decoded())


def test_it_is_gone_after_an_hour(desk, nora, place, clock_at):
    nora.post(place, {"text": WRITTEN})
    clock_at(NOON + timedelta(minutes=61))
    assert WRITTEN not in typed_again(desk, nora, place)
    assert "kept_text" not in nora.session


def test_it_stays_on_its_own_page_only(desk, nora, place):
    nora.post(place, {"text": WRITTEN})
    elsewhere = reverse("tenders:questions", args=[desk.world.tenders["closed"].reference])
    assert WRITTEN not in typed_again(desk, nora, elsewhere)
    assert WRITTEN in still_typed(nora.get(place).content.decode())


def test_a_session_that_somebody_has_changed_gives_nothing(desk, nora, place):
    nora.post(place, {"text": WRITTEN})
    session = nora.session
    session["kept_text"] = session["kept_text"][:-8] + "AAAAAAA="
    session.save()
    assert WRITTEN not in typed_again(desk, nora, place)


def test_more_than_can_be_kept_is_not_kept(desk, nora, place):
    assert nora.post(place, {"text": "x" * 300_000}).status_code == 302
    assert "kept_text" not in nora.session


@pytest.mark.parametrize("path", ["account_change_password", "account_set_password", "account_reauthenticate", "tenders:questions"])
def test_passwords_and_codes_are_never_kept(desk, nora, place, path):
    secrets = ("password", "password1", "password2", "oldpassword", "new_password", "code")
    path = place if path == "tenders:questions" else reverse(path)
    nora.post(path, {name: f"hemmelig {name}" for name in secrets} | {"text": WRITTEN})
    nora.force_login(desk.world.member)
    request = nora.get(path).wsgi_request
    fields = getattr(request, "kept", None) or {}
    assert not set(fields) & set(secrets)


def test_a_refusal_of_a_whole_form_never_shows_a_password(desk):
    """The page that gives back what was written leaves passwords out, also those of several words."""
    world = desk.world
    path = reverse("suppliers:declaration", args=[world.organisation.number])
    newest = world.organisation.prequalifications.latest("started_at")
    type(newest).objects.filter(pk=newest.pk).update(phase="submitted")
    typed = {"social_purpose": WRITTEN, "oldpassword": "tre ord her", "password": "fire ord her da", "form_token": ""}
    html = check_page(desk.client("member").post(path, typed), status=409)
    assert WRITTEN in html
    assert "tre ord her" not in html and "fire ord her da" not in html


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_form_token_that_is_too_old_keeps_the_text(desk, place, language):
    """The page stood open over a log-in, so its token is of the session before."""
    desk.world.newcomer.language = language
    desk.world.newcomer.save()
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(desk.world.newcomer)
    stale = {"text": WRITTEN, "csrfmiddlewaretoken": "x" * 64}
    with nothing_stored():
        html = check_page(browser.post(place, stale, headers={"sec-fetch-site": "same-origin"}), status=403, language=language)
    kept = {
        "nb": "Det du skrev, tar vi vare på i en time.",
        "nn": "i ein time",
        "en": "what you wrote is kept for an hour",
    }
    assert kept[language] in html
    assert f'href="{place}"' in html
    assert WRITTEN in still_typed(browser.get(place).content.decode())
    desk.world.newcomer.refresh_from_db()


def test_a_form_from_elsewhere_keeps_nothing_and_does_not_say_so(desk, place):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(desk.world.newcomer)
    for site in ("cross-site", "same-site", ""):
        with nothing_stored():
            html = check_page(browser.post(place, {"text": WRITTEN}, headers={"sec-fetch-site": site}), status=403)
        assert "Ingenting ble lagret." in html and "en time" not in html
    assert WRITTEN not in still_typed(browser.get(place).content.decode())


def test_a_log_in_that_fails_shows_no_password(desk):
    answer = desk.client("").post(reverse("account_login"), {"login": "sara@nyvei.example", "password": PASSWORD + "x"})
    html = check_page(answer, status=200)
    assert PASSWORD not in html and "sara@nyvei.example" in still_typed(html)
