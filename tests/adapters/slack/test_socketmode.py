"""Socket Mode: acknowledged when it is kept, renewed without a gap, connected again after anything."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import aiohttp
import pytest

from adapters.slack import socketmode
from adapters.slack.socketmode import SocketDoor
from conversations.errors import StoreError
from tests.support import slack
from tests.support.reception import a_choice, a_turn
from tests.support.socket_mode import FakeSocket

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.adapters.slack.conftest import Door

TOKEN = "xapp-invented"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socketmode, "SHORTEST_PAUSE", 0.01)
    monkeypatch.setattr(socketmode, "LONGEST_PAUSE", 0.05)


@asynccontextmanager
async def linked(door: Door, api: FakeSocket) -> AsyncIterator[SocketDoor]:
    async with aiohttp.ClientSession() as session:
        own = SocketDoor(answer=door.app.answer, app_token=TOKEN, session=session, api_url=api.url)
        running = asyncio.create_task(own.run())
        yield own
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await own.close(0.1)


@pytest.fixture
async def socket(door: Door) -> AsyncIterator[FakeSocket]:
    async with FakeSocket() as api, linked(door, api):
        await api.connected()
        yield api


async def test_the_address_is_asked_with_the_token_of_the_app(socket: FakeSocket) -> None:
    assert socket.tokens == [f"Bearer {TOKEN}"]


async def test_words_are_answered_and_acknowledged(door: Door, socket: FakeSocket) -> None:
    number = await socket.send(slack.message_event("I saw a heron"))

    assert await socket.answer(number) == {}
    assert len(door.slack.messages) == 1


async def test_a_click_a_window_and_a_command_come_in_the_same_way(
    door: Door, socket: FakeSocket
) -> None:
    await socket.answer(await socket.send(slack.message_event("hello")))
    click = slack.click(door.slack.messages[-1], "skip")
    await socket.answer(await socket.send(click, "interactive"))
    await socket.answer(await socket.send(slack.slash_command("x"), "slash_commands"))
    door.reception.turns[0] = a_turn("Next.", prompt=a_choice())
    sent = slack.submit(door.slack.views[-1], "by the sea")
    answered = await socket.answer(await socket.send(sent, "interactive"))

    assert len(door.slack.messages) == 2
    assert answered["response_action"] == "update"


async def test_what_was_not_kept_is_not_acknowledged_and_comes_again(
    door: Door, socket: FakeSocket
) -> None:
    event = slack.message_event("hello")
    door.reception.errors.append(StoreError("OperationalError"))

    refused = await socket.send(event)
    kept = await socket.send(event, retry_attempt=1)

    await socket.answer(kept)
    assert refused not in socket.acknowledged
    assert len(door.slack.messages) == 1


async def test_an_event_that_comes_twice_is_answered_once(door: Door, socket: FakeSocket) -> None:
    event = slack.message_event("hello")
    for number in [await socket.send(event), await socket.send(event, retry_attempt=1)]:
        await socket.answer(number)

    assert len(door.slack.messages) == 1


async def test_an_envelope_that_waits_holds_up_no_other(door: Door, socket: FakeSocket) -> None:
    door.slack.fail("chat.postMessage", slack.Fault(hang=True))
    slow = await socket.send(slack.message_event("slow"))
    quick = await socket.send(slack.message_event("quick", user="U0OTHER", channel="D0OTHER"))

    await socket.answer(quick)
    assert slow not in socket.acknowledged


async def test_a_stranger_is_not_answered(door: Door, socket: FakeSocket) -> None:
    event = slack.message_event("hello")
    event["team_id"] = event["authorizations"][0]["team_id"] = "T0STRANGER"

    await socket.answer(await socket.send(event))

    assert door.reception.taken == []


@pytest.mark.parametrize("frame", ["no JSON", "[]", '"word"', "{}", '{"payload": 1}', "[" * 9000])
async def test_a_frame_that_cannot_be_read_ends_nothing(
    door: Door, socket: FakeSocket, frame: str
) -> None:
    await (await socket.connected()).send_str(frame)

    await socket.answer(await socket.send(slack.message_event("hello")))
    assert len(door.slack.messages) == 1


async def test_a_connection_that_slack_renews_is_read_until_it_ends(
    door: Door, socket: FakeSocket
) -> None:
    first = await socket.connected()
    await first.send_json({"type": "disconnect", "reason": "refresh_requested"})
    await socket.connected(2)
    late = {"envelope_id": "late", "type": "events_api", "payload": slack.message_event("late")}
    await first.send_json(late)

    await socket.answer("late")
    await socket.answer(await socket.send(slack.message_event("next")))
    assert len(door.slack.messages) == 2


async def test_a_connection_that_breaks_is_made_again(socket: FakeSocket) -> None:
    first = await socket.connected()
    await first.close()

    assert await socket.connected(2) is not first


async def test_an_address_that_is_refused_is_asked_again(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with FakeSocket(refusals=2) as api, linked(door, api):
            await api.answer(await api.send(slack.message_event("hello")))

    ours = [r.getMessage() for r in caplog.records if r.name == "luwte.slack"]
    assert ours == ["socket_unreachable", "socket_unreachable", "socket_connected"]
    assert TOKEN not in caplog.text


async def test_closing_finishes_what_is_in_hand(door: Door) -> None:
    async with FakeSocket() as api:
        async with linked(door, api):
            number = await api.send(slack.message_event("hello"))
            await door.slack.heard("chat.postMessage")
        await api.answer(number)

    assert len(door.slack.messages) == 1


async def test_closing_takes_nothing_new_and_does_not_wait_for_the_connection_to_end(
    door: Door,
) -> None:
    async with FakeSocket() as api, aiohttp.ClientSession() as session:
        own = SocketDoor(answer=door.app.answer, app_token=TOKEN, session=session, api_url=api.url)
        running = asyncio.create_task(own.run())
        await api.connected()
        door.slack.fail("chat.postMessage", slack.Fault(hang=True))
        first = await api.send(slack.message_event("hello"))
        await door.slack.heard("chat.postMessage")
        closing = asyncio.create_task(own.close(60))
        await asyncio.sleep(0)
        late = await api.send(slack.message_event("late", user="U0OTHER", channel="D0OTHER"))
        door.slack.release()

        async with asyncio.timeout(10):
            await closing
        await api.answer(first)
        running.cancel()
    assert late not in api.acknowledged
    assert len(door.slack.messages) == 1
