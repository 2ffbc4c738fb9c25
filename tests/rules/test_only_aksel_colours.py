"""Colours come from Aksel's custom properties; nothing of ours is inline."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
PAPER = ROOT / "templates" / "pdf"

HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
FUNCTION = re.compile(r"\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(")
COLOUR_PROPERTY = re.compile(
    r"(?<![-\w])(?:color|background(?:-color)?|border(?:-[a-z-]+)?|outline(?:-color)?|fill|stroke|box-shadow)\s*:\s*([^;}]+)"
)
NAMED = re.compile(
    r"\b(black|white|red|green|blue|yellow|orange|purple|pink|gray|grey|brown|navy|teal|silver|gold|maroon|lime|aqua|olive|beige|crimson|tomato|salmon)\b"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", STYLES, ids=names(STYLES))
def test_style_sheets_take_every_colour_from_aksel(path):
    text = COMMENT.sub("", path.read_text())
    assert not HEX.findall(text)
    assert not FUNCTION.findall(text)
    for value in COLOUR_PROPERTY.findall(text):
        assert not NAMED.search(re.sub(r"var\([^)]*\)", "", value)), value


@pytest.mark.parametrize("path", STYLES, ids=names(STYLES))
def test_style_sheets_use_only_properties_that_aksel_has(path):
    known = set(re.findall(r"(--ax-[\w-]+)\s*:", (ROOT / "static" / "vendor" / "aksel" / "tokens.min.css").read_text()))
    used = set(re.findall(r"var\((--ax-[\w-]+)", path.read_text()))
    assert used <= known


@pytest.mark.parametrize("path", TEMPLATES, ids=names(TEMPLATES))
def test_templates_hold_no_colours_styles_or_scripts_of_their_own(path):
    text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=", text)
    assert not INLINE_SCRIPT.search(text)
    assert not HANDLER.search(text)
    assert not re.search(r"\bhx-on", text)
    if PAPER not in path.parents:
        assert "<style" not in text
        assert not re.search(r"(?<![-\w])(?:fill|stroke|bgcolor)=\"(?!none|currentColor)", text)


def test_paper_uses_aksels_own_values():
    """Print knows no custom properties of Aksel, so letters name the values; each must be one of Aksel's."""
    aksel = (ROOT / "static" / "vendor" / "aksel" / "tokens.min.css").read_text().lower()
    values = {value.lower() for path in PAPER.rglob("*") for value in HEX.findall(path.read_text())}
    assert values
    for value in values:
        assert value in aksel, value


@pytest.mark.parametrize("path", SCRIPTS, ids=names(SCRIPTS))
def test_scripts_keep_nothing_on_the_machine_and_make_no_markup(path):
    text = path.read_text()
    for word in ("localStorage", "sessionStorage", "indexedDB", "innerHTML", "insertAdjacentHTML", "eval(", "new Function", ".style."):
        assert word not in text
