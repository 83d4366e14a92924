"""The web server: known routes only, bounded bodies, bare error pages, nothing about a request in a log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from bot.web import LARGEST_BODY, application, listen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CANARY = "geheim"


async def _read(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(text="read")


async def _fail(request: web.Request) -> web.Response:
    raise ValueError(await request.text())


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    runner, port = await listen(
        application({"/slack/events": _read, "/api/messages": _fail}), "127.0.0.1", 0
    )
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session
    await runner.cleanup()


async def test_it_tells_that_it_is_alive(client: aiohttp.ClientSession) -> None:
    async with client.get("/healthz") as answer:
        assert answer.status == 200


@pytest.mark.parametrize("path", ["/", "/admin", "/slack/events/", "/metrics"])
async def test_no_other_route_exists_and_its_page_is_empty(
    client: aiohttp.ClientSession, path: str
) -> None:
    async with client.post(path, data=b"x") as answer:
        assert (answer.status, await answer.text()) == (404, "")


async def test_another_method_is_refused(client: aiohttp.ClientSession) -> None:
    async with client.get("/slack/events") as answer:
        assert (answer.status, await answer.text()) == (405, "")


async def test_a_body_that_is_too_large_is_refused(client: aiohttp.ClientSession) -> None:
    async with client.post("/slack/events", data=b"x" * (LARGEST_BODY + 1)) as answer:
        assert (answer.status, await answer.text()) == (413, "")


async def test_an_error_shows_nothing_and_logs_only_its_class(
    client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async with client.post("/api/messages", data=CANARY) as answer:
        assert (answer.status, await answer.text()) == (500, "")

    assert CANARY not in caplog.text
    assert [record.msg for record in caplog.records if record.name == "luwte.web"] == [
        "request_failed"
    ]
