"""CPV codes: the official list, finding one by words or digits, choosing, and what everybody sees of it."""

import time

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from accounts.refused import Refused
from tenders import cpv
from tenders.commands.save_announcement import save_announcement
from tenders.models import CpvChoice
from tenders.readiness import missing_in
from tests.conftest import NOON
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import announced, describe


def save(tender, by, *codes):
    save_announcement(tender_id=tender.pk, section="subject", values={"cpv": list(codes)}, by=by, at=NOON)


def codes_of(tender):
    return [one.code for one in tender.cpv_choices.all()]


def test_the_list_is_whole_and_read_once(counted):
    cpv.cpv_codes.cache_clear()
    began = time.perf_counter()
    codes = cpv.cpv_codes()
    counted(f"CPV: {len(codes)} codes read in {(time.perf_counter() - began) * 1000:.0f} ms, nothing in the database")
    assert len(codes) == 9454
    assert all(len(one.code) == 8 and one.nb and one.en for one in codes.values())
    assert {one.code for one in cpv.common_codes()} <= codes.keys()
    assert (codes["79634000"].nb, codes["79634000"].en) == ("Karriererådgivertjenester", "Career guidance services")


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("nb", "karriereRÅDgiver", "79634000"),
        ("nn", "jobbsøking", "79611000"),
        ("nb", "JOBBSØKING", "79611000"),
        ("en", "career GUIDANCE", "79634000"),
        ("nb", "rehabilitering yrke", "85312510"),
        ("nb", "79634", "79634000"),
        ("nb", "7963 utvikling", "79633000"),
        ("nb", "karrierera\u030adgiver", "79634000"),
    ],
)
def test_words_in_any_case_or_digits_from_the_left_find_it(language, text, first):
    with translation.override(language):
        assert cpv.search(text).codes[0].code == first


def test_every_word_must_fit_and_at_most_twenty_are_shown():
    with translation.override("nb"):
        assert cpv.search("tjenester").total > 100
        assert len(cpv.search("tjenester").codes) == 20
        assert cpv.search("tjenester").more == cpv.search("tjenester").total - 20
        assert not cpv.search("karriererådgiver sjokolade").codes
    with translation.override("en"):
        assert not cpv.search("karriererådgiver").codes


@pytest.mark.parametrize("text", ["", "  ", "\x00", "😀", "a " * 50_000, "abcdefghij " * 10_000, "%", "'; drop table"])
def test_a_strange_search_is_answered_soon(text):
    began = time.perf_counter()
    cpv.search(text)
    assert time.perf_counter() - began < 2


def test_nynorsk_shows_the_label_in_bokmaal():
    with translation.override("nn"):
        assert str(cpv.shown(["79611000"])[0]) == "79611000 Jobbsøkingstjenester"


def test_codes_are_kept_in_their_order_the_main_one_first(ingrid):
    tender = describe(ingrid)
    save(tender, ingrid, "85312510", "79634000")
    assert codes_of(tender) == ["85312510", "79634000"]
    assert tender.cpv_choices.get(no=0).code == "85312510"


def test_ten_codes_and_no_more(ingrid):
    tender = describe(ingrid)
    save(tender, ingrid, *cpv.COMMON[:10])
    with pytest.raises(Refused, match="A tender has one main code and at most nine more. Remove one first"):
        save(tender, ingrid, *cpv.COMMON[:11])
    assert codes_of(tender) == list(cpv.COMMON[:10])


def test_what_the_list_lacks_is_refused_and_the_same_twice_too(ingrid):
    tender = describe(ingrid)
    with pytest.raises(Refused, match="There is no such code in the list"):
        save(tender, ingrid, "79634000", "12345678")
    with pytest.raises(Refused, match="This code is chosen already"):
        save(tender, ingrid, "79634000", "79634000")
    assert codes_of(tender) == ["79634000"]


@pytest.mark.engine
def test_the_database_holds_no_eleventh_and_no_twin(ingrid):
    tender = describe(ingrid)
    for row in ({"no": 10, "code": "79611000"}, {"no": 0, "code": "79611000"}, {"no": 1, "code": "79634000"}):
        with pytest.raises(IntegrityError, match="cpvchoice"), transaction.atomic():
            CpvChoice.objects.create(tender=tender, **row)


def test_it_is_not_announced_without_a_code(ingrid):
    tender = describe(ingrid, cpv=[])
    assert [(one.section, one.field) for one in missing_in(tender, at=NOON)] == [("subject", "cpv")]


@pytest.mark.parametrize(
    ("do", "after"),
    [
        ({"add": "85312510"}, ["79634000", "79611000", "85312510"]),
        ({"add": "79611000"}, ["79634000", "79611000"]),
        ({"main": "79611000"}, ["79611000", "79634000"]),
        ({"remove": "79634000"}, ["79611000"]),
        ({}, ["79634000", "79611000"]),
    ],
)
def test_one_button_does_one_thing_with_one_code(ingrid, do, after):
    tender = describe(ingrid, cpv=["79634000", "79611000"])
    browser = Client()
    browser.force_login(ingrid)
    path = f"/tenders/{tender.reference}/announcement/subject/"
    answer = browser.post(path, {"draft_no": tender.draft_no, "cpv": ["79634000", "79611000"], **do})
    assert answer.headers["Location"] == (path if do else path.removesuffix("subject/"))
    assert codes_of(tender) == after


@pytest.mark.parametrize("code", ["12345678", "x", "\x00", "7963400", "9" * 100_000])
def test_a_code_that_is_none_is_said_and_nothing_is_kept(ingrid, code):
    tender = describe(ingrid)
    for changes in ({"add": code}, {"cpv": code}):
        form = typed(tender, "subject", **changes)
        assert "There is no such code in the list. Choose one that the search finds." in str(form.errors)
    assert codes_of(tender) == ["79634000"]


def test_the_page_finds_without_a_script(ingrid):
    tender = describe(ingrid)
    ingrid.language = "nb"
    ingrid.save(update_fields=["language"])
    browser = Client()
    browser.force_login(ingrid)
    path = f"/tenders/{tender.reference}/announcement/subject/"
    empty = browser.get(path).content.decode()
    assert "Mest brukt for arbeidsmarkedstiltak" in empty and "85312510" in empty
    found = browser.get(path, {"q": "SJØMAT"}).content.decode()
    assert 'value="SJØMAT"' in found and "85312510" not in found
    assert "Ingen koder passer" in browser.get(path, {"q": "<b>finnes ikke"}).content.decode()


def test_everybody_reads_the_codes_with_their_labels(ingrid, arne):
    tender = announced(ingrid, arne, cpv=["79634000", "85312510"])
    page = Client(headers={"accept-language": "en"}).get(f"/tenders/{tender.reference}/").content.decode()
    assert "79634000 Career guidance services" in page and "85312510 Vocational rehabilitation services" in page
