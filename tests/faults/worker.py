"""A real worker with beat in a process of its own, on the database and the Redis of the tests."""

import os
import subprocess
import sys
import time

from django.db import connection

from tests.rules.tree import ROOT


def start_worker(mail_server, beat, **options):
    """`beat` is the file of the beat; it is a child of the worker."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-B", "-s", str(beat), "--pool=solo", "-l", "warning"]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings(mail_server), **options)


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
