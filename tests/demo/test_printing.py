"""Several processes make the letters of the demo world; who makes them changes nothing about the letters."""

from concurrent.futures import Executor

import pytest

from demo import printing
from letters import pdf
from letters.commands.draft_batch import draft_batch
from letters.commands.freeze_batch import freeze_batch
from letters.drafts import NewLetter
from letters.models import Letter
from letters.phases import LetterPhase
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
PAGE = "<!DOCTYPE html><html lang='nb'><head><title>Svar</title></head><body><h1>Svar</h1></body></html>"


class Here(Executor):
    """Makes each at once, in this process."""

    def map(self, function, *lists, timeout=None, chunksize=1):
        return map(function, *lists)


@pytest.fixture
def waiting(arne, sara, sindre, monkeypatch):
    """`waiting(people)` are letters to them that wait to be made."""
    monkeypatch.setattr(pdf, "render_pdf", lambda html: b"%PDF " + html.encode())

    def wait(*people):
        drafts = [NewLetter("Svar", PAGE, "nb", user=person) for person in people]
        batch = draft_batch(kind="answer", about=arne, stream="test", drafts=drafts, by=arne, at=NOON)
        freeze_batch(batch_id=batch.pk, by=arne, at=NOON)

    return wait


def phases():
    return set(Letter.objects.values_list("phase", flat=True))


def test_letters_that_wait_are_made_and_kept(waiting, sara, sindre):
    waiting(sara, sindre)
    printing._print_waiting(Here())
    assert phases() == {LetterPhase.RENDERED}


def test_one_letter_is_left_to_the_mail_room(waiting, sara):
    waiting(sara)
    printing._print_waiting(Here())
    assert phases() == {LetterPhase.WAITING}


def test_without_pango_they_are_left_to_the_mail_room(waiting, sara, sindre, monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    waiting(sara, sindre)
    printing._print_waiting(Here())
    assert phases() == {LetterPhase.WAITING}


def test_the_processes_end_with_the_block():
    with printing.printers() as print_letters:
        print_letters()
