"""The import contracts hold, and each of them fails when it is violated on purpose."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("adapters", "bot", "conversations", "storage")

VIOLATIONS = {
    "Wiring knows all": ("storage/planted.py", "import adapters.identity\n"),
    "Slack, Teams and the terminal are strangers": (
        "adapters/teams/planted.py",
        "import adapters.slack.app\n",
    ),
    "The core does no input or output": ("conversations/planted.py", "import asyncio\n"),
    "Only storage knows databases and ciphers": ("bot/planted.py", "import sqlalchemy\n"),
    "The audit is reached from its command only": (
        "bot/serve.py",
        "import bot.audit.scanner\n",
    ),
    "Leaks on purpose are planted by the self-test only": (
        "bot/audit/run.py",
        "import bot.audit.seeds\n",
    ),
    "Only adapters know platforms": ("storage/planted.py", "import slack_sdk\n"),
    "No cycles": ("conversations/turn.py", "import conversations.engine\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of pyproject.toml, checked on the packages below `folder`."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    result = lint(copy)

    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(copy: Path, contract: str) -> None:
    file, line = VIOLATIONS[contract]
    with (copy / file).open("a") as planted:
        planted.write(line)

    result = lint(copy)

    assert result.returncode == 1
    broken = result.stdout.split("Broken contracts")[1]
    assert contract in broken
