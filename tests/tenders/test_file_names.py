import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.uploads.names import MAX_NAME_BYTES, clean_name, ending_of


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../settings.py", "settings.py"),
        ("C:\\Users\\Ola\\Skisse.PDF", "Skisse.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie- x=1.pdf"),
        ("søknad – «idé» 🙂.pdf", "søknad – «idé» 🙂.pdf"),
        ("a.pdf\u202eexe.fdp", "a.pdfexe.fdp"),
        ("a\u200b\u2066b.pdf", "ab.pdf"),
        ("a.pdf\0.exe", "a.pdf.exe"),
        ("CON.pdf", "fil CON.pdf"),
        ("com1.tar.pdf", "fil com1.tar.pdf"),
        (".htaccess", "uten navn.htaccess"),
        ("a.ikke en ending", "a-ikke en ending"),
        ("con." + "x" * 200 + ".pdf", "fil con." + "x" * 108 + ".pdf"),
        ("   .pdf", "uten navn.pdf"),
        ("", "uten navn"),
        ("a\u030angst.pdf", "ångst.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("å" * 300 + ".docx", "å" * 57 + ".docx"),
    ],
)
def test_a_name_is_shown_safely(sent, shown):
    assert clean_name(sent) == shown


@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200))
def test_whatever_is_sent_the_name_is_short_seen_and_settled(sent):
    shown = clean_name(sent)
    assert 0 < len(shown.encode()) <= MAX_NAME_BYTES
    assert not set(shown) & set('/\\<>:"|?*')
    assert all(unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for sign in shown)
    assert unicodedata.is_normalized("NFC", shown)
    assert clean_name(shown) == shown


@given(st.text(max_size=300))
def test_the_ending_is_kept_however_long_the_name(stem):
    assert ending_of(clean_name(stem.replace("/", "").replace("\\", "") + ".pdf")) == "pdf"
