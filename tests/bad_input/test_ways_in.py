"""Addresses: where one is sent afterwards, what a list does not know, a button's address without its button, and NUL."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.bad_input.corpus import REDIRECTS
from tests.bad_input.sending import GOOD, check_page, main_of, nothing_stored
from tests.pages import masked
from tests.suppliers_made import free_number
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db
AWAY = [*REDIRECTS.values(), "http://evil.no/", "///evil.no", "http:///evil.no", "\tjavascript:alert(1)", "/" + "x" * 400]


@pytest.fixture
def sara(desk) -> None:
    """Her address is proven, so that her password is enough."""
    member = desk.world.member
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_sent_away_after_log_in(desk, sara, away):
    answer = desk.client("").post(reverse("account_login"), {"login": "sara@nyvei.example", "password": PASSWORD, "next": away})
    assert answer.status_code == 302
    assert answer["Location"] == "/my/" or answer["Location"] == away.strip() and len(away) > 300


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_sent_away_after_choosing_a_language_or_registering(desk, away):
    chosen = desk.client("").post(reverse("accounts:set_language"), {"language": "nn", "next": away})
    assert (chosen.status_code, chosen["Location"]) == (302, "/")
    number = free_number()
    registered = desk.client("newcomer").post(
        reverse("suppliers:register"), {**GOOD["register"], "number": number, "language": "nb", "next": away}
    )
    assert (registered.status_code, registered["Location"]) == (302, reverse("suppliers:organisation", args=[number]))


def test_one_is_sent_on_to_where_one_was_going(desk, sara):
    to = reverse("tenders:list") + "?q=unge"
    assert desk.client("").post(reverse("accounts:set_language"), {"language": "nn", "next": to})["Location"] == to
    sent = desk.client("").post(reverse("account_login"), {"login": "sara@nyvei.example", "password": PASSWORD, "next": to})
    assert sent["Location"] == to


@pytest.mark.parametrize("language", ["xx", "", "nb; path=/", "../../etc", "\x00"])
def test_a_language_there_is_not_is_not_kept(desk, language):
    answer = desk.client("").post(reverse("accounts:set_language"), {"language": language})
    assert answer.status_code == 302
    assert "django_language" not in answer.cookies


@pytest.mark.parametrize("asked", ["team=1", "sealed=1", "order=score", "phase=draft", "user=1&is_staff=1", "limit=100000", "format=json"])
@pytest.mark.parametrize("name", ["insight:front", "tenders:list", "suppliers:directory"])
def test_questions_that_a_list_does_not_know(desk, name, asked):
    """Only the language menu knows of them: it leads back to where one was."""
    path = reverse(name)
    shown = [main_of(masked(desk.get("", path + more))) for more in ("", f"?{asked}")]
    assert shown[0] == shown[1] and shown[0]


@pytest.mark.parametrize("page", ["0", "-1", "999999", "9" * 400, "1e3", "NaN", "\x00", "siste", "%00"])
def test_a_page_number_that_is_none_still_gives_a_page(desk, page):
    for name in ("tenders:list", "suppliers:directory"):
        assert desk.client("").get(reverse(name), {"page": page, "q": page}).status_code == 200


BUTTONS = ["suppliers:start_submission", "suppliers:save_draft", "suppliers:submit"]


@pytest.mark.parametrize("name", [*BUTTONS, "evaluation:press", "suppliers:start_prequalification", "accounts:set_language"])
def test_a_buttons_address_without_its_button(desk, name):
    """One comes here by logging in again after a press: nothing is done, and the page leads to where the button is."""
    world = desk.world
    args = [world.tenders["open"].reference, 1] if name in BUTTONS else [world.tenders["closed"].reference]
    args = {"suppliers:start_prequalification": [world.organisation.number], "accounts:set_language": []}.get(name, args)
    path = reverse(name, args=args)
    with nothing_stored():
        answer = desk.client("officer" if name == "evaluation:press" else "member").get(path)
    html = check_page(answer, status=405)
    assert answer["Allow"] == "POST"
    assert "Ingenting er gjort." in html
    above = path.rstrip("/").rpartition("/")[0] + "/"
    assert f'href="{above}"' in html.partition("<main")[2]
    assert desk.get("officer" if name == "evaluation:press" else "member", above).status_code == 200


def test_nul_in_address_question_and_cookie(desk):
    reference = desk.world.tenders["open"].reference
    for path in ("/tenders/%00/announcement/", f"/tenders/{reference}%00/questions/", f"/tenders/{reference}/announcement/a%00/"):
        check_page(desk.get("officer", path), status=404)
    sketch = reverse("suppliers:submission", args=[reference, 1])
    # A number that no organisation has, once NUL is gone from it
    assert desk.get("member", f"{sketch}?organisation=%00").status_code == 200
    assert desk.get("member", f"{reverse('suppliers:receipt', args=[reference, 1])}?number=%00").status_code == 404
    for cookie in ('sessionid="aaaaaaaaaaaa\\000"', 'csrftoken="\\000"', 'django_language="\\000"', 'messages="\\000"'):
        assert desk.client("").get("/tenders/", headers={"cookie": cookie}).status_code == 200
