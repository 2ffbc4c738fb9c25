"""The same refusals in nynorsk and English: the page says its language, and every sentence is in it."""

import io
import re

import pytest
from django.urls import reverse

from tests.bad_input.corpus import NUL
from tests.bad_input.sending import PLACES, check_page, nothing_stored, sentences

pytestmark = pytest.mark.django_db
NORWEGIAN = re.compile(r"[æøåÆØÅ]|\b(ikke|ikkje|eller|skriv|siden|sida|det|og)\b", re.IGNORECASE)
BOKMAAL_ONLY = re.compile(r"\b(ikke|fra|siden|noe|noen|hva|ble|mer|jeg|hvor)\b", re.IGNORECASE)
# Where, what, its status, and how its English sentence goes
CASES = [
    ("question", {"text": "x" * 2001}, 200, "Cut it to at most 2000 characters. It has 2001 now."),
    ("question", {"text": NUL}, 200, "Write it anew instead of pasting it."),
    ("question", {"text": "Bl\ufffdb\ufffdr"}, 200, "a letter was lost on the way"),
    ("question", {"text": ""}, 200, "This field is required."),
    ("need", {"need": "ord " * 405}, 200, "Cut 5 words."),
    ("money", {"amount": "1e9"}, 200, "Write the amount in kroner"),
    ("money", {"pays_each_2": "450 000,01"}, 200, "the budget is"),
    ("dates", {"closes_at_date": "2026-10-25", "closes_at_time": "02:30"}, 200, "comes twice"),
    ("dates", {"closes_at_date": "2027-02-29", "closes_at_time": "12:00"}, 200, "Write a date that exists"),
    ("dates", {"closes_at_date": "2026-08-31", "closes_at_time": "12:00"}, 200, "The deadline has passed."),
    ("criteria", {"weight_1_1": "0"}, 200, "Write a weight above 0"),
    ("register", {"number": "12"}, 200, "Write nine digits"),
    ("sketch", {"answer_title": "x" * 20001}, 422, "Cut it to at most 20000 characters."),
    ("roles", {"email": "a@b.no,c@d.no"}, 200, "Write the whole e-mail address"),
]


@pytest.fixture(params=["nn", "en"])
def language(request, desk):
    for person in ("member", "officer", "admin", "newcomer"):
        user = getattr(desk.world, person)
        type(user).objects.filter(pk=user.pk).update(language=request.param)
    return request.param


def right(said: list[str], language: str) -> list[str]:
    """The sentences that are in another language; the name of the field before the colon may be the case's own."""
    wrong = {"nn": BOKMAAL_ONLY, "en": NORWEGIAN}[language]
    return [one for one in said if wrong.search(one.partition(": ")[2] or one)]


@pytest.mark.parametrize(("place", "typed", "status", "english"), CASES, ids=[f"{place}-{english[:20]}" for place, _, _, english in CASES])
def test_a_refused_form_speaks_the_readers_language(desk, language, place, typed, status, english):
    assert PLACES[place].persona
    with nothing_stored():
        html = check_page(desk.send_as_begun(place, typed), status=status, language=language)
    assert not right(sentences(html), language)
    if language == "en":
        assert any(english in one for one in sentences(html)), sentences(html)


def test_pages_for_what_cannot_be_read_speak_it_too(desk, language):
    """Also right after a request in another language on the same thread."""
    reference = desk.world.tenders["open"].reference
    path, member = reverse("tenders:questions", args=[reference]), desk.client("member")
    asked = [
        (400, lambda: member.post(path, {f"felt{no}": "x" for no in range(2000)})),
        (400, lambda: member.post(path, {"text": ["a", "b"]})),
        (400, lambda: member.generic("POST", path, b"text=\xe5", content_type="application/x-www-form-urlencoded")),
        (400, lambda: member.post(path, {"text": "x"}, CONTENT_LENGTH="900", **{"wsgi.input": io.BytesIO(b"text")})),
        (400, lambda: member.post(path, {"text": "x" * 3_000_000})),
        (411, lambda: member.generic("POST", path, b"text=x", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH="")),
        (413, lambda: member.post(path, {"text": "x"}, CONTENT_LENGTH=str(61 * 1024 * 1024))),
        (404, lambda: member.get("/tenders/2026-999/")),
        (405, lambda: member.get(reverse("suppliers:submit", args=[reference, 1]))),
        (409, lambda: member.post(reverse("suppliers:submission", args=[desk.world.tenders["closed"].reference, 1]), {"draft_no": 0})),
        (403, lambda: member.get(reverse("accounts:roles"))),
    ]
    for status, ask in asked:
        desk.get("other", "/tenders/")  # in bokmål
        html = check_page(ask(), status=status, language=language)
        assert not right(sentences(html), language), sentences(html)
