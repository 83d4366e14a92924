"""`serve` leaves no picture of its memory: no core file, and not even its own user looks into it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path

STATE = """
import asyncio, ctypes, os, resource, sys
from bot import serve

def instead(work):
    work.close()
    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE))

print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
serve.asyncio.run = instead
sys.exit(serve.serve(os.environ))
"""
"""`prctl(3)` asks whether the process may be dumped; asked where `serve` would begin to listen."""


@pytest.mark.skipif(sys.platform != "linux", reason="a system call of Linux")
def test_serve_can_not_be_dumped_and_writes_no_core_file(tmp_path: Path) -> None:
    env = {
        "LUWTE_DATA": str(tmp_path),
        "LUWTE_OPERATOR": "bureau",
        "LUWTE_SLACK_TEAM": "TEXAMPLE",
        "SLACK_BOT_TOKEN": "xoxb-invented",
        "SLACK_SIGNING_SECRET": "invented",
    }
    assert main(["keys", "init"], env) == 0

    done = subprocess.run(
        [sys.executable, "-c", STATE], env=env, capture_output=True, text=True, check=False
    )

    assert done.stdout.split("\n")[:2] == ["1", "0 0 0"], done.stderr
