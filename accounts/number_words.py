"""Small numbers as words, the way a sentence wants them. Pure."""

from django.utils.translation import gettext, gettext_noop

_WORDS = (
    gettext_noop("zero"),
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
    gettext_noop("ten"),
    gettext_noop("eleven"),
    gettext_noop("twelve"),
)


def number_word(number: int) -> str:
    """«tre» for 3 in the active language; digits from 13 on. One is written in the sentence itself, where its gender is known."""
    return gettext(_WORDS[number]) if 0 <= number < len(_WORDS) else str(number)
