"""Each piece under templates/ui/ with what a page gives it: what must be said is said, and each is used alone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from accounts import page_parts as parts
from accounts.fields import LocalMomentField, MoneyField
from accounts.words_field import WordsField

AT = datetime(2026, 10, 12, 19, 7, 43, tzinfo=UTC)
FRAME = {"language_menu", "read_more", "who", "main_nav", "demo_strip", "look", "htmx_config", "messages"}


class Questions(forms.Form):
    email = forms.EmailField(
        label="E-post", help_text="Vi sender kvitteringen hit.", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    answer = WordsField(label="Hva trenger dere fra Nav?", max_words=5)
    county = forms.ChoiceField(label="Fylke", choices=[("r", "Rogaland"), ("f", "Finnmark")])
    choice = forms.ChoiceField(label="Hva bestemmer du?", widget=forms.RadioSelect, choices=[("y", "Ja"), ("n", "Nei")])
    groups = forms.MultipleChoiceField(label="Hvem?", required=False, widget=forms.CheckboxSelectMultiple, choices=[("a", "Unge")])
    agree = forms.BooleanField(label="Jeg har ingen tilknytning")
    until = LocalMomentField(label="Frist")
    amount = MoneyField(label="Ramme")
    note = forms.CharField(label="Merknad", required=False)
    attachment = forms.FileField(label="Vedlegg", required=False)


@pytest.fixture(autouse=True)
def _bokmål():
    with translation.override("nb"):
        yield


def piece(name, **values):
    """The piece included as pages include it: with nothing but what it is given."""
    given = " ".join(f"{key}={key}" for key in values)
    given = f"with {given}" if given else ""
    return Template(f'{{% include "ui/{name}.html" {given} only %}}').render(Context(values))


TAG = parts.Tag("Forseglet", "neutral", "PadlockLocked")
FACTS = [parts.Fact("Ramme", "600 000 kr", "eks. mva.", figure=True), parts.Fact("Arbeid", "6 timer")]
CASES = {
    "alert": (
        {"kind": "danger", "text": "Fristen gikk ut.", "href": "/a", "link": "Les mer"},
        ['data-color="danger"', "Fristen gikk ut."],
    ),
    "autosave": ({"at": AT}, ["Ikke lagret ennå", "autosave"]),
    "bar": (
        {"done": 4, "total": 8, "text": "Vurdering"},
        ["Vurdering, 4 av 8", 'class="is-now"', 'aria-hidden="true"'],
    ),
    "brand": ({"href": "/"}, ["Nyvei", "nv-mark-road"]),
    "button": (
        {"label": "Skriv idéskisse", "href": "/a"},
        ['href="/a"', 'data-variant="primary"', '<span class="aksel-label">'],
    ),
    "button_inside": ({"label": "Følg", "icon": "Bell", "about": "Unge"}, ["Følg", "nv-icon", ": Unge"]),
    "check_list": (
        {"items": [parts.Check("Vedlegg 2", "wait", "Lastes opp", "#a")]},
        ["Venter:", 'href="#a"', "Lastes opp"],
    ),
    "crumbs": (
        {"crumbs": [("Konkurranser", "/t/"), ("Valg", "")]},
        ['aria-label="Du er her"', 'aria-current="page">Valg'],
    ),
    "deadline_box": ({"until": AT + timedelta(days=3, hours=15), "at": AT}, ["Frist", "før", "Om 3 dager og 15 timer"]),
    "empty": ({"heading": "Ingen klager", "text": "Kommer det en, ser du den her."}, ["nv-empty", "Ingen klager"]),
    "error_page": (
        {"heading": "Her er det ingen side", "lead": "Adressen.", "number": 404, "href": "/", "link": "Hjem"},
        ["Feil 404", "<h1"],
    ),
    "event": (
        {"item": parts.Event(AT, "Kunngjort", "Arne Lie", "Frist nær")},
        ["Grunn: Frist nær", "2026-10-12T21:07:43+02:00"],
    ),
    "fact_row": ({"items": FACTS}, ["nv-facts-row", "nv-figure"]),
    "facts": ({"items": FACTS}, ["<dt>Ramme</dt>", "eks. mva."]),
    "file_list": (
        {"items": [parts.FileRow("a.pdf", 1_200_000, "ok", "Sjekket", remove_name="fjern", remove_value="1")]},
        ["MB", "Fjern", ": a.pdf"],
    ),
    "file_row": (
        {"item": parts.FileRow("b.xlsm", state="bad", note="Filen har makroer.")},
        ["nv-bad-text", "Filen har makroer."],
    ),
    "fingerprint": ({"value": "8f3a91c04be72d15"}, ["8f3a 91c0 4be7 2d15", "nv-print"]),
    "form_token": ({}, ['name="form_token"', 'value="']),
    "local_nav": ({"items": [("Oversikt", "/a", False), ("Valg", "/b", True)]}, ['href="/b" aria-current="page"']),
    "money": ({"amount": Decimal("50000")}, ["nv-money", "50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr"]),
    "more": ({"title": "Må vi det?", "text": "Nei."}, ["<summary>Må vi det?</summary>", "Nei."]),
    "notice": ({"heading": "Her røper dere hvem dere er", "quote": "Morgenkveik"}, ["nv-notice", "nv-quote"]),
    "now": ({"items": [parts.Fact("Nå", "Arne kan godkjenne", "i dag")]}, ["<dt>Nå</dt>", "<b>Arne kan godkjenne</b>"]),
    "offer": (
        {"kind": "Lite anbud", "title": "Unge venter", "href": "/t/1/", "items": FACTS},
        ["<h3", 'href="/t/1/"', "nv-facts-row"],
    ),
    "page_head": (
        {"heading": "Tre finalister", "lead": "Arne kan.", "tag": TAG, "crumbs": [("A", "/")]},
        ["<h1", "nv-lead", "Forseglet"],
    ),
    "pagination": (
        {"page": Paginator(range(138), 10).page(5), "query": "q=a&"},
        ["138 treff.", "Viser 41–50.", "?q=a&amp;page=6"],
    ),
    "pairs": ({"items": [parts.Fact("Levert av", "Sara Nilsen")]}, ["nv-pairs", "Sara Nilsen"]),
    "progress": (
        {"text": "41 av 55 brev er sendt", "done": 41, "total": 55},
        ['max="55" value="41"', 'aria-label="41 av 55'],
    ),
    "quiet": ({"title": "Vis regnestykket", "text": "6 timer"}, ["nv-quiet", "6 timer"]),
    "receipt": (
        {"heading": "Kvittering K-1", "items": FACTS, "print": "8f3a91c0", "href": "/r.pdf"},
        ["Fingeravtrykk", "Last ned kvitteringen"],
    ),
    "enter_saves": ({}, ['tabindex="-1"', 'aria-hidden="true"', "Lagre"]),
    "road": (
        {"items": [parts.RoadStep("Kunngjort", state="done"), parts.RoadStep("Vurdering", state="now")], "wide": True},
        ["Her er vi nå:", 'aria-current="step"'],
    ),
    "saved": ({"at": AT}, ["Lagret kl.", "21.07", 'role="status"']),
    "search": ({"label": "Søk i konkurranser", "query": '"unge'}, ['role="search"', "&quot;unge"]),
    "table": (
        {
            "caption": "Dine",
            "columns": [parts.Column("Sak"), parts.Column("Ramme", number=True)],
            "rows": [[parts.Cell("Unge", "/t/"), parts.Cell("1 kr")]],
        },
        ['data-label="Ramme"', "is-num", 'scope="row"'],
    ),
    "table_cell": ({"cell": parts.Cell("Unge", "/t/", tag=TAG)}, ['href="/t/"', "Forseglet"]),
    "table_data": (
        {"column": parts.Column("Neste"), "cell": parts.Cell("I dag", note="kl. 12")},
        ['data-label="Neste"', "kl. 12"],
    ),
    "tag": ({"label": "Utkast", "icon": "PencilWriting"}, ['data-color="neutral"', "Utkast"]),
    "task": (
        {"item": parts.WorkItem("Svar på to spørsmål", action="Svar", href="/q/", soon=True), "primary": True},
        ["is-soon", ": Svar på to spørsmål"],
    ),
    "ticks": ({"items": ["Vi betaler innen 14 dager."]}, ["nv-ticks", "Vi betaler innen 14 dager."]),
    "two_persons": (
        {"proposed_by": "Cecilie Dahl", "proposed_at": AT, "others": "Arne Lie"},
        ["Foreslått av Cecilie Dahl", "Skal godkjennes av en annen"],
    ),
    "when": ({"at": AT, "kind": "moment_seconds"}, ['datetime="2026-10-12T21:07:43+02:00"', "21.07.43"]),
    "why": ({"text": "Du kan ikke godkjenne ditt eget forslag.", "id": "why-x"}, ['id="why-x"', "nv-why"]),
    "word_meter": ({"words": 212, "limit": 200, "id": "m", "for": "q"}, ["is-over", "12 ord for mye", 'value="212"']),
}
FORM_PIECES = {"error_summary", "field", "form_fields"}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_piece_shows_what_it_is_given(name):
    given, expected = CASES[name]
    html = piece(name, **given)
    for text in expected:
        assert text in html


def test_every_piece_is_tried():
    files = {path.stem for path in Path(settings.BASE_DIR, "templates", "ui").glob("*.html")}
    assert files == set(CASES) | FORM_PIECES | FRAME


def test_a_refused_button_can_be_reached_does_nothing_and_says_why():
    html = piece("button", label="Godkjenn", href="/go/", refusal="Du kan ikke godkjenne ditt eget forslag.")
    assert 'aria-disabled="true"' in html
    assert 'aria-describedby="why-godkjenn"' in html
    assert 'id="why-godkjenn"' in html
    assert 'type="button"' in html
    assert "/go/" not in html


def test_text_from_people_is_never_markup():
    for html in (
        piece("page_head", heading="<script>x</script>"),
        piece("more", title="<b>", text="<script>x</script>"),
        piece("alert", kind="info", text="<script>x</script>"),
    ):
        assert "<script>" not in html


def answered(**changes):
    given = {
        "email": "sara",
        "answer": "en to tre fire fem seks",
        "county": "r",
        "until_date": "2026-10-13",
        "until_time": "x",
        "amount": "femti",
    }
    form = Questions(given | changes)
    form.is_valid()
    return form


def test_the_error_summary_names_each_field_once_and_leads_to_it():
    html = piece("error_summary", form=answered())
    assert "Rett seks ting før du kan gå videre" in html
    assert 'href="#id_email">E-post: Skriv en adresse med @' in html
    assert 'href="#id_answer">Hva trenger dere fra Nav: Kort ned med 1 ord.' in html
    assert 'href="#id_choice"' in html
    assert 'href="#id_until"' in html


def test_the_targets_of_the_error_summary_are_on_the_page():
    html = piece("form_fields", form=answered())
    for target in ("id_email", "id_answer", "id_choice", "id_agree", "id_until", "id_amount"):
        assert f'href="#{target}"' in html
        assert f' id="{target}"' in html


def test_a_form_without_mistakes_has_no_error_summary():
    assert piece("error_summary", form=Questions()).strip() == ""


def test_a_field_points_to_its_error_its_hint_and_its_word_meter():
    form = answered()
    assert 'aria-describedby="id_email_error id_email_helptext"' in piece("field", field=form["email"])
    html = piece("field", field=form["answer"])
    assert 'aria-describedby="id_answer_error id_answer_words"' in html
    assert 'id="id_answer_words"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_stays_in_the_fields():
    form = answered()
    assert 'value="sara"' in piece("field", field=form["email"])
    assert 'value="femti"' in piece("field", field=form["amount"])
    assert 'value="2026-10-13"' in piece("field", field=form["until"])
    assert "en to tre fire fem seks</textarea>" in piece("field", field=form["answer"])


def test_only_what_may_be_left_out_is_marked():
    form = Questions()
    assert "(valgfritt)" in piece("field", field=form["note"])
    assert "(valgfritt)" not in piece("field", field=form["email"])
    assert 'autocomplete="email"' in piece("field", field=form["email"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("county", "aksel-select__input"),
        ("choice", "aksel-radio__input"),
        ("groups", "aksel-checkbox__input"),
        ("agree", "aksel-checkbox__input"),
        ("until", 'type="time"'),
        ("amount", "nv-amount"),
        ("attachment", "nv-file-input"),
        ("answer", "aksel-textarea__input"),
    ],
)
def test_each_kind_of_field_has_its_own_look(name, expected):
    assert expected in piece("field", field=Questions()[name])


def test_date_and_time_have_a_label_each():
    html = piece("field", field=Questions(initial={"until": AT})["until"])
    assert "<legend" in html
    assert html.count("<label>") == 2
    assert 'value="21:07"' in html


def test_words_over_the_limit_are_refused_and_never_cut():
    form = answered(answer="en  to\r\ntre\tfire fem seks sju")
    assert form.errors["answer"] == ["Kort ned med 2 ord. Alle har den samme grensen, og vi kan ikke ta imot mer."]
    assert answered(answer="en to tre fire fem").errors.get("answer") is None


@pytest.mark.parametrize("number", ["400", "500", "503", "413"])
def test_pages_for_trouble_need_neither_request_nor_database(number):
    html = render_to_string(f"{number}.html")
    assert f"Feil {number}" in html
    assert "<h1" in html
    assert 'lang="nb"' in html


def test_each_form_has_a_token_of_its_own():
    assert piece("form_token") != piece("form_token")
