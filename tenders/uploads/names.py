"""The name we show for a file that somebody sent: safe in a header, in a mail, in an archive and on a screen."""

import re
import unicodedata

MAX_NAME_BYTES = 120
NAMELESS = "uten navn"

_PATH = re.compile(r".*[/\\]", re.DOTALL)
_SPACES = re.compile(r"\s+")
_NOT_IN_A_NAME = re.compile('[<>:"|?*]')
_ENDING = re.compile("[A-Za-z0-9]{1,8}")
_TAKEN_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE | re.DOTALL)
# Other letters than these (control, format such as bidi and zero width, surrogate, private) are never seen in a name.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean_name(name: str) -> str:
    """The shown name: NFC, no path, nothing unseen, at most 120 bytes of UTF-8 with the ending kept in small letters.

    Cleaning a cleaned name changes nothing. A file without a name is called «uten navn».
    """
    last = _PATH.sub("", unicodedata.normalize("NFC", name))
    seen = "".join(" " if sign.isspace() else sign for sign in last if sign.isspace() or not _unseen(sign))
    whole = unicodedata.normalize("NFC", _NOT_IN_A_NAME.sub("-", seen)).rstrip(" .")
    stem, dot, ending = whole.rpartition(".")
    if dot and _ENDING.fullmatch(ending):
        stem, ending = _tidy(stem), dot + ending.lower()
    else:
        stem, ending = _tidy(whole).replace(".", "-"), ""
    if _TAKEN_BY_WINDOWS.fullmatch(stem):
        stem = f"fil {stem}"
    return (_cut(stem, MAX_NAME_BYTES - len(ending)) or NAMELESS) + ending


def ending_of(name: str) -> str:
    """What stands after the last full stop, in small letters; nothing when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN


def _tidy(text: str) -> str:
    """Single spaces, and no spaces or full stops at either end: a leading one hides a file, a trailing one is lost."""
    return _SPACES.sub(" ", text).strip(" .")


def _cut(stem: str, size: int) -> str:
    return _tidy(stem.encode()[:size].decode(errors="ignore"))
