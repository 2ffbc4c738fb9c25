"""A real worker over a real Redis is killed (SIGKILL) again and again while it makes, releases and mails letters.

None is missing and none goes twice: a mail that was under way when the worker died is shown to a person instead.
"""

import os
import signal
import subprocess
from collections import Counter
from random import Random

import pytest
from django.db import connection

from accounts.models import User
from letters.commands.draft_batch import draft_batch
from letters.commands.freeze_batch import freeze_batch
from letters.drafts import NewLetter
from letters.models import Letter, LetterBatch, LetterFile
from letters.phases import LetterPhase, MailState
from letters.tasks import mail_letters
from tests.conftest import NOON, make_person
from tests.faults.worker import start_worker, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real_clock,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a worker of its own needs a database that it can reach"),
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no Redis was found"),
]

LETTERS, KILLS = 56, 6
PAGE = "<!DOCTYPE html><html lang='nb'><head><title>Svar</title></head><body><h1>Svar</h1><p>Takk for skissen.</p></body></html>"


def approved_batch() -> LetterBatch:
    arne = make_person("Arne Lie")
    people = [make_person(f"Leverandor{no} Nilsen") for no in range(LETTERS)]
    drafts = [NewLetter("Svar", PAGE, "nb", user=person) for person in people]
    batch = draft_batch(kind="selection", about=arne, stream="test", drafts=drafts, by=arne, at=NOON)
    return freeze_batch(batch_id=batch.pk, by=arne, at=NOON)


def start_group(mail_server, beat):
    """In a group of its own, so that beat dies with the worker."""
    return start_worker(mail_server, beat, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill(worker):
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(30)


def progress():
    """Grows with every letter that is made, and with every mail that is settled."""
    made = LetterFile.objects.count()
    return made + Letter.objects.filter(mail__in=[MailState.SENT, MailState.UNCLEAR]).count()


def test_none_is_missing_and_none_goes_twice(mail_server, tmp_path, counted):
    batch, chance = approved_batch(), Random(2026)
    for no in range(KILLS):
        seen = progress()
        worker = start_group(mail_server, tmp_path / f"beat-{no}")
        try:
            # Somewhere in the middle of its work: after a few letters more, made or mailed
            wanted = seen + chance.randint(3, 15)
            assert wait_until(lambda wanted=wanted: progress() >= min(wanted, 2 * LETTERS)), "the worker did nothing"
        finally:
            kill(worker)
        forget_claims()
        # All or nothing: either nobody has their letter, or everybody
        assert Letter.objects.filter(released_at__isnull=False).count() in {0, LETTERS}
    worker = start_group(mail_server, tmp_path / f"beat-{KILLS}")
    try:
        assert wait_until(lambda: progress() == 2 * LETTERS, seconds=120)
    finally:
        kill(worker)
    to = Counter(line for text in mail_server.mails for line in text.splitlines() if line.startswith("To: "))
    letters = Letter.objects.filter(batch=batch).select_related("user")
    unclear = [letter for letter in letters if letter.mail == MailState.UNCLEAR]
    assert {letter.phase for letter in letters} == {LetterPhase.RELEASED} and len({letter.released_at for letter in letters}) == 1
    assert LetterFile.objects.count() == LETTERS
    assert set(to.values()) == {1}, "a mail went twice"
    missing = {letter.user.email for letter in letters} - {line.removeprefix("To: ") for line in to}
    assert missing <= {letter.user.email for letter in unclear}, "a mail is missing, and nobody was told"
    counted(f"letters with the worker killed: {KILLS} kills, {LETTERS} letters, 0 twice, 0 missing, {len(unclear)} shown to a person")


def forget_claims():
    """What the dead worker had claimed is looked at after five minutes; here the five minutes have passed."""
    Letter.objects.filter(phase=LetterPhase.CLAIMED).update(claimed_at=NOON)
    Letter.objects.filter(mail=MailState.CLAIMED).update(mail_claimed_at=NOON)


def test_a_mail_under_way_when_the_worker_died_is_shown_to_a_person(db):
    """The same by hand: claimed, and then nothing. The next sweep sends it to nobody and marks it unclear."""
    batch = approved_batch()
    Letter.objects.filter(batch=batch).update(phase=LetterPhase.RELEASED, released_at=NOON, mail=MailState.CLAIMED, mail_claimed_at=NOON)
    mail_letters()
    assert set(Letter.objects.values_list("mail", flat=True)) == {MailState.UNCLEAR}
    assert User.objects.count() > LETTERS
