"""Guides and the pages of the footer: there in every language, easy to read, and leading somewhere."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from accounts import clock
from insight.guides import FOR_BUYERS, FOR_SUPPLIERS, GUIDES
from insight.views.guides import ABOUT
from tests.conftest import NOON

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LANGUAGES = ("nb", "nn", "en")
PAGES = [*(f"/guides/{slug}/" for slug in GUIDES), *(f"/about/{page}/" for page in ABOUT)]
HARD_TO_READ = 45


class Prose(HTMLParser):
    """The words of a text with a stop after each paragraph, its headings and its links."""

    def __init__(self, html):
        super().__init__()
        self.words, self.headings, self.links = "", 0, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.headings += tag == "h2"
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self.words += ".\n" if tag in {"p", "li", "h2"} else ""

    def handle_data(self, data):
        self.words += data


def lix(text):
    """Words per sentence, and words of more than six letters per cent (Björnsson 1968)."""
    words = re.findall(r"\w+", text)
    sentences = [part for part in re.split(r"[.:!?]+\s", text) if re.search(r"\w", part)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def prose_of(client, path, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(path)
    assert answer.status_code == 200 and f'<html lang="{language}"' in answer.text, path
    return Prose(answer.text.split('<div class="nv-prose">')[1].split("</div>")[0])


@pytest.mark.parametrize("path", PAGES)
def test_a_text_is_there_in_every_language_with_as_many_headings(client, db, path):
    found = {language: prose_of(client, path, language) for language in LANGUAGES}
    assert len({prose.headings for prose in found.values()}) == 1 and found["nb"].headings >= 3
    assert len({prose.words for prose in found.values()}) == 3
    assert len({tuple(prose.links) for prose in found.values()}) == 1
    if path.startswith("/guides/"):
        assert all(120 <= len(prose.words.split()) <= 250 for prose in found.values())


@pytest.mark.parametrize("path", PAGES)
def test_a_text_in_bokmal_is_easy_to_read(client, db, path):
    assert lix(prose_of(client, path, "nb").words) < HARD_TO_READ


def test_lix_counts_sentences_and_long_words():
    assert lix("Vi kjøper det. Hvem er du?") == 3
    assert lix("Anskaffelsesforskriften gjelder.\n") == 2 + 100


@pytest.mark.parametrize("path", ["/guides/", *PAGES])
def test_no_link_leads_nowhere(client, db, path):
    inside = [link for link in Prose(client.get(path).text).links if link.startswith("/") and not link.startswith("/static/")]
    assert inside and [link for link in inside if client.get(link).status_code != 200] == []


def test_no_text_is_left_behind_and_the_list_has_them_all(client, db):
    assert {path.name for path in (TEMPLATES / "guides").iterdir()} == set(GUIDES)
    assert {path.name for path in (TEMPLATES / "about").iterdir()} == set(ABOUT)
    page = client.get("/guides/").text
    assert [f'href="/guides/{guide.slug}/"' in page for guide in (*FOR_SUPPLIERS, *FOR_BUYERS)] == [True] * len(GUIDES)


def test_a_guide_that_there_is_not_is_not_found(client, db):
    assert client.get("/guides/no-such-guide/").status_code == 404


def test_the_tag_leads_to_its_guide_and_knows_no_other():
    with translation.override("nb"):
        html = Template('{% load guides %}{% read_more "sealed" %}').render(Context())
    assert 'href="/guides/sealed/"' in html and "Les mer: Hva er forseglet" in html
    with pytest.raises(KeyError):
        Template('{% load guides %}{% read_more "seald" %}').render(Context())


def test_every_guide_is_shown_where_its_question_arises():
    used = {slug for path in TEMPLATES.rglob("*.html") for slug in re.findall(r'read_more "([\w-]+)"', path.read_text(encoding="utf-8"))}
    assert used == set(GUIDES)


def test_the_contact_is_a_setting(client, db, settings):
    settings.CONTACT_EMAIL = "somebody@example.invalid"
    for path in ("/about/contact/", "/about/privacy/", "/about/accessibility/", "/about/security/", "/.well-known/security.txt"):
        assert "mailto:somebody@example.invalid" in client.get(path).text


def test_security_txt_holds_for_less_than_a_year_by_our_own_clock(client, db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(0) < expires - NOON < timedelta(days=365)
    assert fields["Canonical"].endswith("/.well-known/security.txt") and fields["Policy"].endswith("/about/security/")
    assert client.get(fields["Policy"].removeprefix(settings.SITE_URL)).status_code == 200
