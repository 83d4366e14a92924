"""Answers on their way: sent once, tried again where the platform was busy, given up where it never will."""

from __future__ import annotations

import asyncio

import pytest

from adapters import delivery
from adapters.delivery import Delivery, UndeliveredError


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "IN_REQUEST", 0.05)


async def test_an_answer_that_arrives_is_sent_once() -> None:
    sent = []

    async def post() -> None:
        sent.append(1)

    assert await Delivery().send("a", post)
    assert sent == [1]


async def test_a_busy_platform_gets_the_answer_when_it_said_it_could() -> None:
    attempts = 0
    arrived = asyncio.Event()

    async def post() -> None:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise UndeliveredError(retry_after=0.01)
        arrived.set()

    sending = Delivery()
    assert not await sending.send("a", post)
    assert sending.pending("a")
    await asyncio.wait_for(arrived.wait(), 5)

    assert attempts == 2


async def test_a_slow_platform_is_waited_for_behind_and_nothing_is_sent_twice() -> None:
    attempts = 0
    go = asyncio.Event()

    async def post() -> None:
        nonlocal attempts
        attempts += 1
        await go.wait()

    sending = Delivery()
    assert not await sending.send("a", post)
    go.set()
    await sending.close()

    assert attempts == 1
    assert not sending.pending("a")


async def test_a_refusal_for_good_is_not_tried_again() -> None:
    attempts = 0

    async def post() -> None:
        nonlocal attempts
        attempts += 1
        raise UndeliveredError(final=True)

    sending = Delivery()

    assert await sending.send("a", post)
    assert not sending.pending("a")
    assert attempts == 1


async def test_the_platforms_own_retry_takes_the_place_of_ours() -> None:
    attempts = 0

    async def busy() -> None:
        nonlocal attempts
        attempts += 1
        raise UndeliveredError(retry_after=delivery.KEEP_TRYING - 1)

    async def quick() -> None:
        return

    sending = Delivery()
    assert not await sending.send("a", busy)

    assert await sending.send("a", quick)
    assert not sending.pending("a")
    assert attempts == 1


async def test_an_attempt_that_is_under_way_is_joined_and_none_is_made_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "IN_REQUEST", 0.01)
    attempts = 0
    go = asyncio.Event()

    async def slow() -> None:
        nonlocal attempts
        attempts += 1
        await go.wait()

    sending = Delivery()
    assert not await sending.send("a", slow)
    assert not await sending.send("a", slow)
    monkeypatch.setattr(delivery, "IN_REQUEST", 5)
    joining = [asyncio.create_task(sending.send("a", slow)) for _ in range(2)]
    await asyncio.sleep(0)
    go.set()

    assert await asyncio.gather(*joining) == [True, True]
    assert attempts == 1
    assert not sending.pending("a")


async def test_where_the_joined_attempt_fails_one_new_one_is_made_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "IN_REQUEST", 0.01)
    attempts = 0
    go = asyncio.Event()

    async def broken_once() -> None:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            await go.wait()
            raise UndeliveredError(retry_after=delivery.KEEP_TRYING - 1)

    sending = Delivery()
    assert not await sending.send("a", broken_once)
    monkeypatch.setattr(delivery, "IN_REQUEST", 5)
    joining = [asyncio.create_task(sending.send("a", broken_once)) for _ in range(3)]
    await asyncio.sleep(0)
    go.set()

    assert await asyncio.gather(*joining) == [True, True, True]
    assert attempts == 2


async def test_something_newer_does_not_wait_for_what_is_under_way() -> None:
    never = asyncio.Event()

    async def hang() -> None:
        await never.wait()

    async def quick() -> None:
        return

    sending = Delivery()
    assert not await sending.send("a", hang, within=0)

    assert await sending.send("a", quick, newest=True)
    assert not sending.pending("a")


async def test_an_answer_that_was_given_up_is_still_missed_until_a_later_attempt_arrives() -> None:
    async def busy() -> None:
        raise UndeliveredError(retry_after=delivery.KEEP_TRYING + 1)

    async def quick() -> None:
        return

    sending = Delivery()
    await sending.send("a", busy)
    await sending.close()

    assert sending.pending("a")
    assert await sending.send("a", quick)
    assert not sending.pending("a")


async def test_what_still_waits_at_the_end_is_let_go() -> None:
    never = asyncio.Event()

    async def hang() -> None:
        await never.wait()

    sending = Delivery()
    await sending.send("a", hang)
    await sending.close(seconds=0.01)

    assert not sending.pending("a")
