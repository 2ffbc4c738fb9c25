"""The drawing of the lives, and every job once."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from accounts.roles import roles_of
from config.celery import SWEEPS
from config.management.commands.draw_phases import drawing
from tenders.phases import TENDER_STEPS
from tests.rules.tree import ROOT


def test_the_drawing_holds_every_step_of_every_life():
    text = drawing()
    for table in ("Letter (letters)", "Tender (tenders)", "Stage (tenders)", "Prequalification (suppliers)", "Submission (suppliers)"):
        assert f"## {table}" in text
    for (old, to), (who, owner) in TENDER_STEPS.items():
        roles = ", ".join(role.value for role in roles_of(who))
        assert f"    {old.value} --> {to.value}: {owner.split('.')[1]} ({roles})" in text
        assert f"`{owner}`" in text


def test_a_drawing_that_is_behind_is_found(tmp_path: Path, monkeypatch):
    for app in ("accounts", "letters", "tenders", "suppliers", "evaluation"):
        if (ROOT / app / "phases.py").exists():
            (tmp_path / app).mkdir()
            (tmp_path / app / "phases.py").touch()
    (tmp_path / "docs").mkdir()
    with override_settings(BASE_DIR=tmp_path):
        with pytest.raises(CommandError, match="run manage.py draw_phases"):
            call_command("draw_phases", "--check")
        call_command("draw_phases")
        call_command("draw_phases", "--check")
        (tmp_path / "docs" / "phases.md").write_text("# Lives\n")
        with pytest.raises(CommandError):
            call_command("draw_phases", "--check")


def test_every_job_runs_once_in_order_without_a_broker(db, capsys):
    call_command("sweep")
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == list(SWEEPS)
