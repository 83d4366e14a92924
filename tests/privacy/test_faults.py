"""Failures on purpose in the database, the ciphers, HTTP and the platforms, with a person's data in each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.audit.faults import inject
from bot.audit.ground import ground
from bot.audit.points import POINTS
from bot.audit.stage import opened
from conversations import library

if TYPE_CHECKING:
    import pytest

FEWEST = 96
KINDS = {"database", "crypto", "HTTP", "platform", "conversation"}


def test_there_are_enough_points_of_every_kind() -> None:
    assert len(set(POINTS)) == len(POINTS) >= FEWEST
    assert set(Counter(point.kind for point in POINTS)) == KINDS


async def test_every_point_fails_and_no_word_about_the_person_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.delivery.KEEP_TRYING", 0.0)
    with ground("sqlite", {"LUWTE_DATA": "/nowhere"}) as here:
        stage = here.stage("faults")
        async with opened(stage, terminal=False) as house:
            injected = await inject(house, stage.town.person(0), sorted(library.load().tracks))
        logged = (stage.logs / "luwte.log").read_text()
        searched = here.search(stage, 1)

    assert injected.missed == []
    assert sum(injected.counts.values()) >= len(POINTS)
    assert "turn_failed" in logged
    assert "turn_not_kept" in logged
    assert any(point.surface.startswith("a lock") for point in POINTS)
    assert searched.findings == frozenset()
