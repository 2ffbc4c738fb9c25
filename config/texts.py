"""The catalogs of texts: one per part and language, extracted from Python and templates, checked and compiled without gettext programs.

A part is an app with its `templates/<app>/`; everything else (config, base.html, ui, e-mail, PDF) is the part of the root.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "letters", "tenders", "suppliers", "evaluation", "contracts", "insight", "demo")
LANGUAGES = ("nb", "nn")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Part:
    """An app with its templates, or everything else (`app` is empty)."""

    app: str

    def sources(self) -> list[Path]:
        """Every file that may hold texts, in a fixed order."""
        templates = ROOT / "templates"
        if self.app:
            found = [*(ROOT / self.app).rglob("*"), *(templates / self.app).rglob("*")]
        else:
            others = [path for path in templates.glob("*") if path.name not in APPS]
            found = [*(ROOT / "config").rglob("*.py"), *others, *(inner for path in others for inner in path.rglob("*"))]
        return sorted({path for path in found if path.suffix in {".py", ".html", ".txt", ".xml"} and path.is_file()})

    def catalog_path(self, language: str) -> Path:
        return ROOT / self.app / "locale" / language / "LC_MESSAGES" / "django.po"


PARTS = (*(Part(app) for app in APPS), Part(""))


def extracted(part: Part) -> list[Message]:
    """The part's messages, each once, sorted."""
    catalog = Catalog()
    for path in part.sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # in brackets, where the indentation of HTML means nothing to Python's tokenizer
            text = f"({templatize(text, origin=str(path))})"
        for _line, message_id, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
            catalog.add(message_id, context=context)
    return sorted((message for message in catalog if message.id), key=sort_key)


def sort_key(message: Message) -> tuple[str, str]:
    return singular(message), message.context or ""


def singular(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def stored(part: Part, language: str) -> Catalog:
    """The catalog on disk; an empty one when there is none."""
    path = part.catalog_path(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def renewed(part: Part, language: str, messages: list[Message]) -> str:
    """What the catalog's file shall hold: today's messages with the translations there are. Empty when there is no message."""
    old, new = stored(part, language), Catalog(locale=language, fuzzy=False, charset="utf-8")
    for message in messages:
        known = old.get(message.id, message.context)
        string = known.string if known and isinstance(known.string, str) == isinstance(message.id, str) else ""
        new.add(
            message.id,
            string,
            context=message.context,
            flags=known.flags if known else (),
            user_comments=known.user_comments if known else (),
        )
    if not messages:
        return ""
    written = BytesIO()
    write_po(written, new, width=120, no_location=True, omit_header=True, sort_output=True)
    return HEADER.format(language=language) + written.getvalue().decode().strip("\n") + "\n"


def update(parts: Sequence[Part] = PARTS) -> Iterator[str]:
    """Bring catalogs up to date with the sources; yields one line per catalog that changed."""
    for part in parts:
        messages = extracted(part)
        for language in LANGUAGES:
            path, text = part.catalog_path(language), renewed(part, language, messages)
            if text == (path.read_text(encoding="utf-8") if path.exists() else ""):
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            yield f"{path.relative_to(ROOT)}: {sum(not is_whole(message) for message in stored(part, language) if message.id)} to translate"


def compile_all() -> int:
    """Write a .mo beside every .po that is newer than its own; returns how many were written."""
    written = 0
    for part in PARTS:
        for language in LANGUAGES:
            source = part.catalog_path(language)
            target = source.with_suffix(".mo")
            if not source.exists() or (target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns):
                continue
            content = BytesIO()
            write_mo(content, stored(part, language))
            fresh = target.with_suffix(".mo.new")
            fresh.write_bytes(content.getvalue())
            fresh.replace(target)
            written += 1
    return written


def problems() -> Iterator[str]:
    """One line for everything that keeps the catalogs from being complete and right."""
    for language in LANGUAGES:
        elsewhere: dict[tuple[str, str], tuple[object, str]] = {}
        for part in PARTS:
            name = str(part.catalog_path(language).relative_to(ROOT))
            path, text = part.catalog_path(language), renewed(part, language, extracted(part))
            if text != (path.read_text(encoding="utf-8") if path.exists() else ""):
                yield f"{name}: differs from the sources; run manage.py texts update"
            for message in stored(part, language):
                if not message.id:
                    continue
                yield from (f"{name}: «{singular(message)}» {problem}" for problem in message_problems(message))
                there = elsewhere.setdefault(sort_key(message), (message.string, name))
                if there[0] != message.string:
                    yield f"{name}: «{singular(message)}» is translated differently in {there[1]}"


def message_problems(message: Message) -> Iterator[str]:
    """Missing, fuzzy, or placeholders that differ. One form of a plural may leave a placeholder out."""
    if not is_whole(message):
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    ids, strings = forms(message.id), forms(message.string)
    wanted = {found for text in ids for found in PLACEHOLDER.findall(text)}
    for text in strings:
        here = set(PLACEHOLDER.findall(text))
        if here - wanted or (wanted - here and len(ids) == 1):
            yield f"has the wrong placeholders: {', '.join(sorted(here ^ wanted))}"


def forms(text: object) -> list[str]:
    """One form, or singular and plural."""
    return [str(form) for form in text] if isinstance(text, (list, tuple)) else [str(text)]


def is_whole(message: Message) -> bool:
    """True when every form has a translation."""
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        sys.exit("python -m config.texts compile; the rest is manage.py texts update|check")
    compile_all()
