"""Outcomes hold what people said, so they go on their time, whether or not anybody comes after it."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import TYPE_CHECKING

from adapters import inturn
from adapters.inturn import Outcomes
from conversations.replacing import replace
from conversations.session import Answer, Past, Session, Spot
from conversations.turn import Turn

if TYPE_CHECKING:
    import pytest


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
    async with asyncio.timeout(20):
        while kept() is not None:
            await asyncio.sleep(0.01)
            gc.collect()


async def test_of_a_session_no_answer_is_remembered_with_the_outcome() -> None:
    answered = Session(
        "0badcafe",
        "nl",
        Spot("t4", 1, "a"),
        slots={"t4.a": Answer(words="Wat ik nooit hardop zei")},
        past=(Past(Spot("t1", 1, "z"), {"t1.a": Answer(words="En dit ook niet")}),),
        surface="private",
    )
    outcomes = Outcomes(asyncio.get_running_loop().time)

    async def turn() -> Turn:
        return Turn(answered, "write", "nl", ("Goed.",))

    first = await outcomes.of("digest", turn)
    again = await outcomes.joined("digest")

    assert first.session == answered
    assert again is not None
    assert again.says == first.says
    assert again.session == replace(answered, slots={}, past=())


async def test_an_outcome_that_came_while_another_was_kept_is_let_go_of_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inturn, "MARGIN", 0.0)
    loop = asyncio.get_running_loop()
    outcomes = Outcomes(lambda: loop.time() + 0.01, 0.1)
    first = weakref.ref(await outcomes.of("first", words))
    await asyncio.sleep(0.05)
    second = weakref.ref(await outcomes.of("second", words))
    async with asyncio.timeout(20):
        while first() is not None or second() is not None:
            await asyncio.sleep(0.01)
            gc.collect()
