"""An hour of simulated weeks: what the processes do by themselves happens once and on time, through outages.

Worlds of 40 weeks one after the other, each by another chance, for half an hour on either database:
with SQLite one process, with PostgreSQL two. `LUWTE_SOAK_SECONDS` makes that shorter or longer.
"""

from __future__ import annotations

import itertools
import os
import time
from typing import TYPE_CHECKING

import pytest

from storage import database
from tests.support.townlife import Town
from tests.support.verdict import verdict

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = float(os.environ.get("LUWTE_SOAK_SECONDS", "3600")) / 2
WEEKS = 40


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks that are fewer, a lock that is cheap, and a locked file that is told at once."""
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)
    monkeypatch.setattr("bot.rounds.LOOK_EVERY", 300.0)
    monkeypatch.setattr("bot.housekeeping.LOOK_EVERY", 300.0)
    monkeypatch.setattr("bot.housekeeping.RECHECK_EVERY", 300.0)
    monkeypatch.setitem(database.SQLITE, "busy_timeout", 1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_everything_happens_once_and_on_time_through_outages(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    until = time.monotonic() + SECONDS
    for seed in itertools.count(1):
        folder = tmp_path / str(seed)
        folder.mkdir()
        lite = kind == "sqlite"
        url = (
            f"sqlite:///{folder / 'luwte.db'}" if lite else request.getfixturevalue("postgres_url")
        )
        town = Town(folder, url, 1 if lite else 2, seed)
        await town.live(WEEKS)
        await town.close()
        print(f"{kind}, chance {seed}: {verdict(town)}")
        if time.monotonic() > until:
            return
