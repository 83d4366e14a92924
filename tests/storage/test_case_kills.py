"""`kill -9` at every other step between "send" and "the coach has read", and what is left: all of it, once.

`make soak` takes every step.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[2]
STRIDE = 2


def lives(folder: Path, stride: int) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.killed", str(folder), str(stride)],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_no_case_letter_or_answer_is_lost_and_none_comes_twice(tmp_path: Path) -> None:
    found = lives(tmp_path, STRIDE)

    assert len(found) > 30
    assert [each["lived"] for each in found] == [False] * (len(found) - 1) + [True]
    told = {tuple(each["told"]) for each in found}
    assert {(), ("sent",), ("sent", "claimed", "written", "answered")} <= told
    left = {
        tuple(each[name] for name in ("cases", "letters", "answers", "left", "after"))
        for each in found
    }
    assert left == {(1, 1, 1, 0, 0)}
