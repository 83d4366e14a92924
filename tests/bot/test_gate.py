"""What is too much or too slow is turned away at once, and nothing piles up behind the gate."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot import gate as gating
from bot import web as serving
from bot.gate import Gate
from bot.web import application, listen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

    from bot.web import Handler

PATH = "/slack/events"


class Held:
    """A handler that waits until it is let go."""

    def __init__(self) -> None:
        self.entered, self._go = asyncio.Semaphore(0), asyncio.Event()

    def go(self) -> None:
        self._go.set()

    async def __call__(self, _: web.Request) -> web.Response:
        self.entered.release()
        await self._go.wait()
        return web.Response(text="done")


async def _read(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


async def _later(_: web.Request) -> web.Response:
    return web.Response(status=503)


@asynccontextmanager
async def behind(gate: Gate, handler: Handler) -> AsyncIterator[tuple[aiohttp.ClientSession, int]]:
    runner, port = await listen(application({PATH: handler}, gate), "127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session, port
    await runner.cleanup()


async def gate_holds(gate: Gate, number: int) -> None:
    """Wait until so many are inside."""
    async with asyncio.timeout(5):
        while gate.inside < number:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.001)


async def test_beyond_what_fits_a_request_is_told_to_come_back_and_the_sign_of_life_still_works() -> (
    None
):
    gate, held = Gate(most=2), Held()
    async with behind(gate, held) as (session, _):
        inside = [asyncio.create_task(session.post(PATH)) for _ in range(2)]
        for _ in inside:
            await held.entered.acquire()

        async with session.post(PATH) as refused:
            assert (refused.status, refused.headers["Retry-After"]) == (503, "1")
            assert await refused.text() == ""
        async with session.get("/healthz") as alive:
            assert alive.status == 200
        held.go()
        answers = await asyncio.gather(*inside)

        assert [answer.status for answer in answers] == [200, 200]
        assert gate.inside == 0
        async with session.post(PATH) as again:
            assert again.status == 200


async def test_whoever_is_asked_to_come_back_is_told_when() -> None:
    async with behind(Gate(), _later) as (session, _), session.post(PATH) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


async def test_a_body_that_comes_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gating, "BODY_WITHIN", 0.05)
    gate = Gate()
    async with behind(gate, _read) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc".encode())
        async with asyncio.timeout(5):
            status = await reader.readline()
        writer.close()

    assert status.split()[1] == b"400"
    assert gate.inside == 0


async def test_whoever_drips_makes_room_for_whoever_sends_a_whole_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gating, "DRIPS", 60.0)
    gate = Gate(most=2)
    dripping: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc".encode()
    async with behind(gate, _read) as (session, port):
        for _ in range(2):
            dripping.append(await asyncio.open_connection("127.0.0.1", port))
            dripping[-1][1].write(head)
        await gate_holds(gate, 2)
        async with session.post(PATH, data=b"whole") as early:
            assert early.status == 503, "a body that has just begun is no drip"
        monkeypatch.setattr(gating, "DRIPS", 0.0)
        async with session.post(PATH, data=b"whole") as answer:
            assert await answer.text() == "5"
        assert (await dripping[0][0].readline()).split()[1] == b"400"
        dripping[1][1].write(b"defghi")
        assert (await dripping[1][0].readline()).split()[1] == b"200"
        for _, writer in dripping:
            writer.close()

    assert gate.inside == 0


async def test_a_body_that_breaks_off_ends_nothing_but_its_own_request() -> None:
    gate = Gate()
    async with behind(gate, _read) as (session, port):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc".encode())
        await writer.drain()
        writer.transport.abort()

        async with session.post(PATH, data=b"whole") as answer:
            assert await answer.text() == "5"


async def test_a_connection_that_never_says_anything_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "IDLE", 0.05)
    async with behind(Gate(), _read) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /slack/events HTTP/1.1\r\nX-Half-A-Header")
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()


async def test_beyond_so_many_connections_one_more_is_turned_away_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 3)
    async with behind(Gate(), _read) as (_, port):
        idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        async with asyncio.timeout(5):
            answer = await reader.read()
        writer.close()

        for _, each in idle:
            each.close()

    assert answer == serving.FULL
    assert b"Retry-After" in answer


async def test_every_request_is_measured_by_its_route_and_status_alone() -> None:
    seen: list[tuple[str, int]] = []
    gate = Gate(lambda route, status, _: seen.append((route, status)))
    async with behind(gate, _read) as (session, _):
        await (await session.post(PATH, data=b"x")).read()
        await (await session.post(PATH, data=b"x" * 300_000)).read()
        await (await session.get("/healthz")).read()

    assert seen == [(PATH, 200), (PATH, 413)]


async def test_when_the_process_is_to_stop_connections_are_let_go() -> None:
    gate = Gate()
    async with behind(gate, _read) as (session, _):
        async with session.post(PATH, data=b"x") as answer:
            assert "Connection" not in answer.headers
        gate.closing = True
        async with session.post(PATH, data=b"x") as answer:
            assert (answer.status, answer.headers["Connection"]) == (200, "close")
