import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.words import clean_text, count_words, over_by


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("Vi finner jobber.", 3),
        ("ett-to tre/fire", 2),
        ("ett\r\nto\rtre\u2028fire", 4),
        ("ett\u00a0to\u202ftre\u2009fire", 4),
        ("ett\u2800to\u3164tre", 3),
        ("ett – to", 3),
        ("čđŋ šŧž 🙂", 3),
    ],
)
def test_words_are_what_stands_between_spaces(text, words):
    assert count_words(text) == words


@pytest.mark.parametrize(("words", "over"), [(4, 0), (5, 0), (6, 1), (12, 7)])
def test_over_by_says_how_many_to_cut(words, over):
    assert over_by("ord " * words, 5) == over


def test_text_is_kept_without_what_nobody_sees():
    assert clean_text("a\0b\x07c\td\r\ne\x85f\x7f") == "abc\td\ne\nf"
    assert clean_text("a\u030a") == "å"
    assert clean_text("👩\u200d🚒 čđŋ") == "👩\u200d🚒 čđŋ"


@pytest.mark.parametrize("broken", ["a\ud800", "\udfff b"])
def test_half_a_character_is_refused(broken):
    with pytest.raises(ValueError):
        clean_text(broken)
    with pytest.raises(ValueError):
        count_words(broken)


@given(st.text())
def test_cleaning_settles_and_never_changes_the_count(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert count_words(cleaned) == count_words(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in cleaned)


@given(st.lists(st.text(alphabet="abcæøå", min_size=1)), st.sampled_from([" ", "\n", "\u00a0", "  ", "\r\n"]))
def test_n_words_are_n_words_whatever_stands_between(words, space):
    assert count_words(space.join(words)) == len(words)
