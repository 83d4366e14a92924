"""People with a lock: what they do comes about, what does not is told, and their rows are looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.audit import inside, lockup
from bot.audit.ground import ground
from bot.audit.replacing import replaced
from bot.audit.search import scanner_of
from bot.audit.stage import opened
from conversations import library
from conversations.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.audit.ground import Ground

TRACKS = sorted(library.load().tracks)


@pytest.fixture
def here() -> Iterator[Ground]:
    with ground("sqlite", {"LUWTE_DATA": "/nowhere"}) as made:
        yield made


async def test_all_of_a_lock_is_done_on_both_platforms_and_their_rows_are_told_apart(
    here: Ground,
) -> None:
    stage = here.stage("locks")
    async with opened(stage, terminal=False) as house:
        missed = await lockup.lock_up(house, range(6), TRACKS)
        people = [stage.town.person(number) for number in range(6)]
        seen = inside.look(stage, people, scanner_of(stage, 6))

    assert missed == []
    assert (seen.opened, seen.locked, seen.forced) == (2, 2, 0)
    assert seen.findings == set()


async def test_a_lock_that_does_not_close_is_told(here: Ground) -> None:
    def fail(*_: object) -> None:
        raise StoreError("broken")

    async with opened(here.stage("broken"), terminal=False) as house:
        with replaced("conversations.locking:closed_behind", lambda _: fail):
            missed = await lockup.lock_up(house, range(2), TRACKS)

    assert {"Slack, with the code: locked", "Teams, with the code: locked"} <= set(missed)
    assert "Slack, with the code: erased" in missed
