"""Bokmål and nynorsk are complete from the first page on."""

import ast

from babel.messages.catalog import Message

from config import texts
from tests.rules.tree import modules


def test_catalogs_are_complete_and_up_to_date():
    assert list(texts.problems()) == []


def test_every_kind_of_mistake_in_a_translation_is_found():
    cases = {
        ("Open %(name)s", ""): "is not translated",
        ("Open %(name)s", "Åpne"): "has the wrong placeholders: %(name)s",
        ("Open {name}", "Åpne {navn}"): "has the wrong placeholders: {name}, {navn}",
        (("one day", "%(n)s days"), ("én dag", "")): "is not translated",
        (("one day", "%(n)s days"), ("én dag", "%(m)s dager")): "has the wrong placeholders: %(m)s, %(n)s",
    }
    for (message_id, string), problem in cases.items():
        assert list(texts.message_problems(Message(message_id, string))) == [problem]
    assert list(texts.message_problems(Message("Open", "Åpne", flags=["fuzzy"]))) == ["is marked fuzzy"]
    assert list(texts.message_problems(Message(("one day", "%(n)s days"), ("én dag", "%(n)s dager")))) == []


def test_texts_are_found_in_python_and_in_templates(tmp_path, monkeypatch):
    (tmp_path / "tenders").mkdir()
    (tmp_path / "templates" / "tenders").mkdir(parents=True)
    (tmp_path / "templates" / "ui").mkdir()
    (tmp_path / "tenders" / "words.py").write_text(
        'from x import gettext_lazy as _\nA = _("Open")\nB = ngettext("a day", "%(n)s days", 2)\n'
    )
    (tmp_path / "templates" / "tenders" / "a.html").write_text(
        "<p>\n      {% translate 'Read' %}\n"
        "  {% blocktranslate trimmed count n=n %}one\n  {% plural %}{{ n }} more{% endblocktranslate %}\n </p>"
    )
    (tmp_path / "templates" / "ui" / "b.html").write_text("{% translate 'Close' context 'button' %}")
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    found = [message.id for message in texts.extracted(texts.Part("tenders"))]
    assert found == [
        "Open",
        "Read",
        ("a day", "%(n)s days"),
        ("one", "%(n)s more"),
    ]
    assert [(message.id, message.context) for message in texts.extracted(texts.Part(""))] == [("Close", "button")]


def test_update_keeps_translations_drops_unused_and_is_stable(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    source = tmp_path / "tenders" / "words.py"
    source.parent.mkdir()
    source.write_text('A = _("Open")\nB = _("Gone")\n')
    part = texts.Part("tenders")
    list(texts.update())
    path = part.catalog_path("nb")
    path.write_text(path.read_text().replace('msgid "Open"\nmsgstr ""', 'msgid "Open"\nmsgstr "Åpne"'))
    source.write_text('A = _("Open")\nC = _("New")\n')
    list(texts.update())
    assert {message.id: message.string for message in texts.stored(part, "nb") if message.id} == {"New": "", "Open": "Åpne"}
    assert list(texts.update()) == []
    assert "Gone" not in path.read_text() and "Date" not in path.read_text()


def test_one_text_translated_two_ways_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    for app, word in (("tenders", "Anskaffelse"), ("suppliers", "Konkurranse")):
        (tmp_path / app).mkdir()
        (tmp_path / app / "a.py").write_text('A = _("Tender")\n')
        list(texts.update())
        for language in texts.LANGUAGES:
            path = texts.Part(app).catalog_path(language)
            path.write_text(path.read_text().replace('"Tender"\nmsgstr ""', f'"Tender"\nmsgstr "{word}"'))
    found = list(texts.problems())
    assert len(found) == 2 and all("is translated differently in tenders/" in line for line in found)


def test_no_text_stands_inside_an_f_string():
    """There it is never found, and stays English for everybody."""
    inside = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        for f_string in ast.walk(tree)
        if isinstance(f_string, ast.JoinedStr)
        for call in ast.walk(f_string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", "gettext", "ngettext"}
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert inside == []
