"""Searches take capital letters for small ones in every alphabet, on both databases."""

import pytest

from accounts import clock
from accounts.letter_case import is_like
from accounts.models import Organisation
from tenders.commands.shelve_tender import shelve_tender
from tenders.queries.archive import Sought, archived_tenders
from tenders.queries.market import found_dialogues
from tenders.queries.public import Wanted, found_tenders
from tests.conftest import NOON
from tests.market_made import in_dialogue
from tests.suppliers_made import applied, decided, registered
from tests.tenders_made import announced, describe

NAME = "Ærlig øving på Ås"
WORDS = ["ÆRLIG", "ærlig", "ØVING PÅ ÅS", "øving på ås"]


@pytest.mark.engine
@pytest.mark.parametrize("words", WORDS)
def test_every_list_of_tenders_finds_small_and_capital_letters(words, ingrid, arne):
    talked, laid_aside = in_dialogue(ingrid, heading=NAME), describe(ingrid, name=NAME)
    known = announced(ingrid, arne, heading=NAME)
    announced(ingrid, arne, heading="Noe annet")
    shelve_tender(tender_id=laid_aside.pk, reason="Nei.", by=ingrid, at=NOON)
    assert list(found_tenders(Wanted(text=words), at=NOON)) == [known]
    assert [row.tender for row in found_dialogues(Wanted(text=words))] == [talked]
    assert list(archived_tenders(ingrid, Sought(text=words), at=NOON)) == [laid_aside]


@pytest.mark.engine
def test_the_directory_of_suppliers_does_too(client, sara, per, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    firm = registered(sara)
    decided(applied(firm, sara), per)
    Organisation.objects.filter(pk=firm.pk).update(name=NAME)
    for words in WORDS:
        assert NAME in client.get("/suppliers/", {"q": words}).content.decode()
    assert NAME not in client.get("/suppliers/", {"q": "ØRLIG"}).content.decode()


@pytest.mark.engine
def test_signs_with_a_meaning_in_the_database_are_letters_in_a_search(ingrid, arne):
    announced(ingrid, arne, heading="100 % ærlig_")
    for words, found in {"0 % Æ": 1, "LIG_": 1, "1%Æ": 0, "l_g": 0, "\\": 0, ".*": 0}.items():
        assert found_tenders(Wanted(text=words), at=NOON).count() == found, words


@pytest.mark.parametrize(
    ("pattern", "text", "like"),
    [("%Æ%", "bær", True), ("b_r", "BÆR", True), ("b_r", "bær\n", False), ("%r", "b\nr", True), (None, "x", None), ("x", None, None)],
)
def test_like_is_that_of_the_database(pattern, text, like):
    assert is_like(pattern, text) is like
    assert is_like("1\\%", "1%", "\\") is True and is_like("1\\%", "12", "\\") is False
