"""Words, counted in the same way for everybody, and text made clean at the door."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

WORD_RULE = _("A word is what stands between two spaces or line breaks. All text is counted in this way.")

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LOOKS_EMPTY = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text as we keep it: composed letters (NFC), line breaks as \\n, no control characters but \\n and tab.

    Raises `ValueError` for a lone surrogate, which is no character and cannot be stored.
    """
    if _SURROGATE.search(text):
        raise ValueError("The text holds half a character.")
    lines = _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc")


def count_words(text: str) -> int:
    """Words in the text: what stands between two spaces or line breaks. What looks like a space counts as one."""
    return len(_LOOKS_EMPTY.sub(" ", clean_text(text)).split())


def over_by(text: str, limit: int) -> int:
    """How many words too many; 0 when the text keeps to the limit."""
    return max(0, count_words(text) - limit)
