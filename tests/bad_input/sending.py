"""Fills in a page as a browser does, sends it, and reads what came back: sentences, what is still typed, what is stored."""

import re
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.forms_on_pages import PageForm, form_to, forms_of
from tests.world import World

# Who looked at what, who tried what, and what the libraries keep of a visit
NOT_COUNTED = {"AccessEvent", "JournalEntry", "JournalStream"}


@dataclass(frozen=True)
class Place:
    """A page with a form: who opens it, where, and where the form is sent when not to the page itself."""

    persona: str
    page: Callable[[World], str]
    action: Callable[[World], str] | None = None


def _tender(name: str, state: str, *more: Any) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.tenders[state].reference, *more])


def _own(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.organisation.number])


def _section(section: str) -> Place:
    return Place("officer", _tender("tenders:announcement_section", "draft", section))


PLACES = {
    "question": Place("newcomer", _tender("tenders:questions", "open")),
    "answer": Place("officer", lambda w: reverse("tenders:answer", args=[w.tenders["open"].reference, w.questions["open"].pk])),
    "new": Place("officer", lambda _world: reverse("tenders:new")),
    **{section: _section(section) for section in ("need", "money", "value", "dates", "asked", "criteria", "requirements", "terms")},
    "return": Place("approver", _tender("tenders:announcement", "awaiting"), _tender("tenders:return", "awaiting")),
    "file": Place("officer", _tender("tenders:files", "draft"), _tender("tenders:add_file", "draft")),
    "shelve": Place("officer", _tender("tenders:shelve", "draft")),
    "register": Place("newcomer", lambda _world: reverse("suppliers:register")),
    "describe": Place("member", _own("suppliers:describe")),
    "declaration": Place("member", _own("suppliers:declaration")),
    "review": Place("reviewer", lambda world: reverse("suppliers:review", args=[world.application.pk])),
    "ask_applicant": Place(
        "reviewer",
        lambda world: reverse("suppliers:review", args=[world.application.pk]),
        lambda world: reverse("suppliers:ask_applicant", args=[world.application.pk]),
    ),
    "sketch": Place("member", _tender("suppliers:submission", "open", 1)),
    "roles": Place("admin", lambda _world: reverse("accounts:roles")),
    "signup": Place("", lambda _world: reverse("account_signup")),
}
PERSONAS = ("", "member", "other", "officer", "approver", "reviewer", "auditor", "admin", "newcomer")
# What a good answer holds where the page itself is empty
GOOD = {
    "question": {"text": "Kan vi være to om det?"},
    "answer": {"answer": "Ja."},
    "new": {"name": "Trygg i trafikken"},
    "return": {"reason": "Fristen er for kort."},
    "file": {"title": "Utkast til kontrakt"},
    "shelve": {"reason": "Behovet ble borte."},
    "register": {
        "number": "310000026",
        "name": "Granly AS",
        "form": "AS",
        "address": "Storgata 2, 0155 Oslo",
        "kind": "social_enterprise",
        "size": "5-19",
        "county_code": "NO081",
        "first_time": "no",
    },
    "declaration": {"new_way": "Unge med egne erfaringer er med.", "send": ""},
    "review": {"qualified": "yes", "grounds": "Alt er på plass."},
    "ask_applicant": {"text": "Hvem har laget ideen?"},
    "roles": {"email": "nora@nyvei.example", "role": "reviewer"},
    "signup": {"email": "ny@nyvei.example", "name": "Ny Person", "password1": "på-vei-til-jobb", "password2": "på-vei-til-jobb"},
}


class Desk:
    """Everybody in the world with a browser of their own."""

    def __init__(self, world: World, **more: Any) -> None:
        self.world = world
        self.first = world.stage("open").fields.order_by("no").first().key
        self.opened: dict[str, tuple[str, PageForm]] = {}
        self.clients = {persona: Client(raise_request_exception=False, **more) for persona in PERSONAS}
        for persona in PERSONAS[1:]:
            self.clients[persona].force_login(getattr(world, persona))

    def client(self, persona: str) -> Client:
        return self.clients[persona]

    def get(self, persona: str, path: str) -> HttpResponse:
        return self.client(persona).get(path)

    def form(self, name: str) -> tuple[str, PageForm]:
        """The form of the place as its page gives it, and where it is sent."""
        place = PLACES[name]
        page = place.page(self.world)
        action = place.action(self.world) if place.action else page
        shown = self.client(place.persona).get(page)
        assert shown.status_code == 200, f"{page} as {place.persona}: {shown.status_code}"
        return action, form_to(shown.content.decode(), action, page=page)

    def send(self, name: str, typed: dict[str, Any]) -> HttpResponse:
        """Open the page, fill it in well but for what is `typed`, and send it."""
        return self._post(name, *self.form(name), typed)

    def send_as_begun(self, name: str, typed: dict[str, Any]) -> HttpResponse:
        """The same from the page as it was when nobody had stored anything: opened once for many tests."""
        if name not in self.opened:
            self.opened[name] = self.form(name)
        return self._post(name, *self.opened[name], typed)

    def _post(self, name: str, action: str, form: PageForm, typed: dict[str, Any]) -> HttpResponse:
        return self.client(PLACES[name].persona).post(action, {**form.data, **GOOD.get(name, {}), **self.named(typed)})

    def named(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The names of the fields in this world: `{first}` is the first question of the sketch."""
        return {name.replace("{first}", self.first): value for name, value in typed.items()}


class _Words(HTMLParser):
    """What is written on a page, and what a browser would do with it."""

    def __init__(self, only: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.only, self.depth = only, 0
        self.text: list[str] = []
        self.values: list[str] = []
        self.lang = ""
        self.acts: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.lang = found.get("lang", "") if tag == "html" else self.lang
        self.values += found.values()
        self.inside = tag
        self.acts += [f"<{tag} {name}>" for name in found if name.startswith("on") or name in {"hx-on", "style", "srcdoc"}]
        self.acts += [f"<{tag} {value}>" for name, value in found.items() if name.startswith("hx-") and "/admin/" in value]
        self.acts += [
            f"<{tag} {value}>"
            for name, value in found.items()
            if name in {"href", "src", "action"} and re.match(r"\s*javascript:|.*evil\.(no|example)", value)
        ]
        self.acts += [f"<{tag}>"] if tag == "script" and not found.get("src") and found.get("type") != "application/json" else []

    def handle_data(self, data: str) -> None:
        if self.inside not in {"style"}:
            self.text.append(data)


def read(html: str) -> _Words:
    words = _Words()
    words.feed(html)
    return words


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def words_of(html: str) -> str:
    """What one reads between header and footer, with one space for several."""
    return squeezed("".join(read("<main" + main_of(html)).text))


def sentences(html: str) -> list[str]:
    """What is said to be wrong: the lines of the error summary, or the lead of an error page."""
    listed = re.findall(r'<ul class="aksel-error-summary__list">(.*?)</ul>', html, re.DOTALL)
    said = re.findall(r"<li>(.*?)</li>", "".join(listed), re.DOTALL) or re.findall(r'<p class="nv-lead">(.*?)</p>', html, re.DOTALL)
    return [squeezed("".join(read(one).text)) for one in said]


def still_typed(html: str) -> list[str]:
    """Everything that stands in the fields of the page."""
    return [value for form in forms_of(html) for values in form.fields.values() for value in values]


def stored() -> dict[str, str]:
    """A sum of every table of ours but who saw and who tried what: the same before and after what was refused."""
    ours = [
        model for app in ("accounts", "letters", "tenders", "suppliers", "evaluation") for model in apps.get_app_config(app).get_models()
    ]
    tables = [model._meta.db_table for model in ours if model.__name__ not in NOT_COUNTED]
    sums = [f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sums))
        return dict(cursor.fetchall())


@contextmanager
def nothing_stored():
    before = stored()
    yield
    after = stored()
    changed = [name for name in before if before[name] != after[name]]
    assert not changed, f"stored: {changed}"


def check_page(answer: HttpResponse, *, status: int, language: str = "nb") -> str:
    """The page, when it is one: its status and its language as they should be."""
    html = answer.content.decode()
    assert answer.status_code == status, f"{answer.status_code}: {sentences(html)}"
    assert read(html).lang == language, read(html).lang
    assert sentences(html), "the page says what is wrong"
    return html
