"""The production shape of the jobs: a real worker with beat over a real Redis mails what waits, once, without being asked."""

import os
import socketserver
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection

from accounts.models import User
from letters.commands.send_notices import send_notices
from letters.drafts import NewLetter
from letters.models import Letter
from letters.phases import MailState
from tests.conftest import NOON, make_person
from tests.rules.tree import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a worker of its own needs a database that it can reach"),
    pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="no Redis was found"),
]


class Sink(socketserver.StreamRequestHandler):
    """As much of a mail server as it takes; keeps what it is given in `server.mails`."""

    def handle(self):
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.mails.append(text.decode())
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def mail_server():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink)
    server.mails = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def surroundings(mail_server):
    base = connection.settings_dict
    return os.environ | {
        "NYVEI_DEMO": "0",
        "DATABASE_URL": f"postgresql://{base['USER']}@/{base['NAME']}?host={base['HOST']}&port={base['PORT']}",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_server.server_address[1]),
    }


def wait_until(done, seconds=60):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not done():
        time.sleep(0.3)
    return done()


def notify(person):
    notice = NewLetter("Svar på spørsmål", "Nav har svart.", "nb", user=person, path="/tenders/2026-001/")
    send_notices(kind="answer", about=person, stream="test", notices=[notice], by=User.clock(), at=NOON)


def test_a_worker_mails_what_waits(mail_server, tmp_path):
    sara, sindre = make_person("Sara Nilsen"), make_person("Sindre Haug")
    notify(sara)
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-B", "-s", str(tmp_path / "beat"), "--pool=solo", "-l", "warning"]
    worker = subprocess.Popen(command, cwd=ROOT, env=surroundings(mail_server), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert wait_until(lambda: Letter.objects.filter(mail=MailState.SENT).count() == 1)
        notify(sindre)  # when this one has gone, a later round has looked at the first one too
        assert wait_until(lambda: Letter.objects.filter(mail=MailState.SENT).count() == 2)
    finally:
        worker.terminate()
        said, _ = worker.communicate(timeout=30)
    to = [line for mail in mail_server.mails for line in mail.splitlines() if line.startswith("To: ")]
    assert to == [f"To: {sara.email}", f"To: {sindre.email}"], said[-2000:]
