"""The audit's house is its own: it takes nothing from the environment and leaves nothing behind."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from bot.audit.ground import ground
from bot.audit.stage import Stage
from bot.errors import SettingsError
from bot.settings import read
from bot.throwaway import own_folder
from tests.support.postgres import need_programs


def test_it_refuses_to_work_inside_the_real_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    for name in ("LUWTE_DATA", "LUWTE_KEYS"):
        with (
            pytest.raises(SettingsError, match="TMPDIR"),
            own_folder({name: str(tmp_path)}, "audit"),
        ):
            pass
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with ground("sqlite", {"LUWTE_DATA": "/nowhere"}) as here:
        assert here.stage("life").data.is_dir()

    assert list(tmp_path.iterdir()) == []


def test_the_settings_are_complete_and_name_only_what_was_made_for_it(tmp_path: Path) -> None:
    stage = Stage(tmp_path, f"sqlite:///{tmp_path / 'luwte.db'}")

    settings = read(stage.settings())

    assert settings.data.is_relative_to(tmp_path)
    assert settings.keys.is_relative_to(tmp_path)
    assert {tenant for _, tenant in settings.organisations} == {
        stage.town.slack_team,
        stage.town.teams_tenant,
    }


def test_no_two_runs_share_a_mark(tmp_path: Path) -> None:
    marks = {Stage(tmp_path / str(n), "sqlite:///x").town.mark for n in range(20)}

    assert len(marks) == 20


def test_a_run_that_is_stopped_takes_its_folder_and_its_cluster_with_it() -> None:
    need_programs()
    code = (
        "from bot.audit.ground import ground\n"
        "with ground('postgresql', {}) as here:\n"
        "    print(here.cluster.url, flush=True)\n"
        "    import time; time.sleep(60)\n"
    )
    with tempfile.TemporaryDirectory(prefix="luwte-test-") as folder:  # a socket's path is short
        Path(folder).chmod(0o711)
        with subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "TMPDIR": folder},
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            port = int(child.stdout.readline().rpartition(":")[2].partition("/")[0])
            child.terminate()

        assert list(Path(folder).iterdir()) == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
