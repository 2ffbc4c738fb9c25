"""The demo runs on SQLite: constraints, the demo world and one journey are tried there too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="runs with the whole suite, which has workers")
@pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("sqlite"), reason="this run is on SQLite already")
def test_the_engine_set_holds_on_sqlite():
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | {"NYVEI_TEST_ENGINE": "sqlite"}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
