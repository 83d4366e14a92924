"""`luwte audit`: what its small actions print, and that `serve` knows nothing of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

ENV = {"LUWTE_OPERATOR": "bureau", "LUWTE_SLACK_TEAM": "T0"}


def test_the_map_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "map"], {}) == 0
    assert "person.sealed" in capsys.readouterr().out


def test_the_hash_is_the_same_until_a_setting_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for country in ("NL", "NL", "BE"):
        env = {**ENV, "LUWTE_DATA": str(tmp_path), "LUWTE_COUNTRY": country}
        assert main(["audit", "attest"], env) == 0
        printed.append(capsys.readouterr().out)

    assert printed[0] == printed[1] != printed[2]


def test_changes_are_listed_or_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "changes"], {"LUWTE_DATA": str(tmp_path)}) == 0
    assert "Nothing is noted yet" in capsys.readouterr().out


def test_keys_tell_the_next_destruction(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    env = {**ENV, "LUWTE_DATA": str(tmp_path)}
    assert main(["audit", "keys"], env) == 2
    main(["keys", "init"], env)

    assert main(["audit", "keys"], env) == 0
    assert "fingerprint" in capsys.readouterr().out


@pytest.mark.parametrize("module", ["bot.serve", "bot.__main__"])
def test_the_process_that_serves_never_loads_the_audit(module: str) -> None:
    code = (
        f"import sys, {module}, bot.serve, adapters.slack.app, adapters.teams.app, storage.sessions\n"
        "print(*[name for name in sys.modules if name.startswith('bot.audit')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""
