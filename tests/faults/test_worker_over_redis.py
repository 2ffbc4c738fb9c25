"""The production shape of the jobs: a real worker with beat over a real Redis mails what waits, once, without being asked."""

import os
import subprocess

import pytest
from django.db import connection

from accounts.models import User
from letters.commands.send_notices import send_notices
from letters.drafts import NewLetter
from letters.models import Letter
from letters.phases import MailState
from tests.conftest import NOON, make_person
from tests.faults.worker import start_worker, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a worker of its own needs a database that it can reach"),
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no Redis was found"),
]


def notify(person):
    notice = NewLetter("Svar på spørsmål", "Nav har svart.", "nb", user=person, path="/tenders/2026-001/")
    send_notices(kind="answer", about=person, stream="test", notices=[notice], by=User.clock(), at=NOON)


def test_a_worker_mails_what_waits(mail_server, tmp_path):
    sara, sindre = make_person("Sara Nilsen"), make_person("Sindre Haug")
    notify(sara)
    worker = start_worker(mail_server, tmp_path / "beat", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert wait_until(lambda: Letter.objects.filter(mail=MailState.SENT).count() == 1)
        notify(sindre)  # when this one has gone, a later round has looked at the first one too
        assert wait_until(lambda: Letter.objects.filter(mail=MailState.SENT).count() == 2)
    finally:
        worker.terminate()
        said, _ = worker.communicate(timeout=30)
    to = [line for mail in mail_server.mails for line in mail.splitlines() if line.startswith("To: ")]
    assert to == [f"To: {sara.email}", f"To: {sindre.email}"], said[-2000:]
