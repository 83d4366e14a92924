"""Outcomes hold what people said, so they go on their time, whether or not anybody comes after it."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import TYPE_CHECKING

from adapters import inturn
from adapters.inturn import Outcomes
from conversations.turn import Turn

if TYPE_CHECKING:
    import pytest

    from conversations.session import Session


class Words(Turn):
    """A turn that can be looked for in memory."""

    __slots__ = ("__weakref__",)


async def words(session: Session | None = None) -> Turn:
    return Words(session, "leave", "nl")


async def test_an_outcome_is_let_go_of_on_a_server_where_nobody_comes_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inturn, "MARGIN", 0.0)
    loop = asyncio.get_running_loop()
    outcomes = Outcomes(lambda: loop.time() + 0.01, 0.01)
    kept = weakref.ref(await outcomes.of("digest", words))
    async with asyncio.timeout(5):
        while kept() is not None:
            await asyncio.sleep(0.01)
            gc.collect()
