"""Words and phrases in a text, however they are capitalised, and never inside another word."""

import re
from collections.abc import Sequence


def phrases_in(text: str, wanted: Sequence[str]) -> list[str]:
    """Those of the phrases that stand in the text as whole words."""
    lower = " ".join(text.casefold().split())
    return [phrase for phrase in wanted if phrase and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", lower)]
