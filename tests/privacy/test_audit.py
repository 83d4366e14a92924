"""The audit itself, with few people: it is clean on both databases, and it finds what was planted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from tests.support.postgres import need_programs

if TYPE_CHECKING:
    from pathlib import Path

FEW = "8"
FEWEST_LEAKS = 55
PAGE = 60
"""Lines of a page."""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_run_among_invented_people_finds_nothing(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if database == "postgresql":
        need_programs()

    status = main(
        ["audit", "run", "--database", database, "--people", FEW], {"LUWTE_DATA": str(tmp_path)}
    )

    out = capsys.readouterr().out
    assert status == 0, out
    assert out.count("\nOK ") > 15
    assert len(out.splitlines()) <= PAGE
    assert "7 of them put a lock on their notes" in out
    locked = re.search(r"(\d+) of (\d+) locked rows open with every key and the staff list", out)
    assert locked is not None
    assert int(locked[1]) == 0 < int(locked[2])
    assert out.endswith("All is well.\n")
    assert list(tmp_path.iterdir()) == []


def test_every_planted_leak_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["audit", "selftest"], {"LUWTE_DATA": str(tmp_path)})

    out = capsys.readouterr().out
    assert status == 0, out
    counted = re.search(r"(\d+) of (\d+) planted leaks were found", out)
    assert counted is not None
    assert counted[1] == counted[2]
    assert int(counted[1]) >= FEWEST_LEAKS
    assert "OK       nothing planted: 0 findings" in out
