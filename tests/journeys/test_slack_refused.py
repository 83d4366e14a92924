"""Forged, replayed, unsigned and from elsewhere: refused by the real program, and counted, and nothing more."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.log import EVENTS
from tests.support import slack
from tests.support.canary import found
from tests.support.installation import Installation, installed
from tests.support.slack import FakeSlack, Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

WORDS = "numbat-typed-words"
CANARIES = {WORDS, slack.PERSON, slack.NAME, slack.CHANNEL, slack.TRIGGER, slack.RESPONSE_URL}
ELSEWHERE = "T0ELSEWHERE"
FIVE_MINUTES = 300

Json = dict[str, Any]


@pytest.fixture
async def api() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def house(tmp_path: Path, api: FakeSlack) -> AsyncIterator[Installation]:
    env = {
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": api.url,
    }
    async with installed(tmp_path, env) as installation:
        yield installation


def forged(body: str) -> dict[str, str]:
    return slack.signed(body, "another secret")


def replayed(body: str) -> dict[str, str]:
    return slack.signed(body, timestamp=time.time() - FIVE_MINUTES - 5)


def unsigned(_: str) -> dict[str, str]:
    return {"Content-Type": slack.JSON}


@pytest.mark.parametrize("headers", [forged, replayed, unsigned])
async def test_what_slack_did_not_just_sign_is_refused_and_one_constant_word_is_logged(
    house: Installation, api: FakeSlack, headers: Callable[[str], dict[str, str]]
) -> None:
    body = json.dumps(slack.message_event(WORDS))

    status, lines = await knocked(house, body, headers(body))

    assert status == 401
    assert [each["event"] for each in lines] == ["signature_refused"]
    assert api.calls == []


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        ({**slack.message_event(WORDS), "authorizations": [], "team_id": ELSEWHERE}, 200),
        ({**slack.shortcut(), "team": {"id": ELSEWHERE}, "value": WORDS}, 403),
    ],
)
async def test_another_workspace_is_refused_in_the_same_way(
    house: Installation, api: FakeSlack, payload: Json, status: int
) -> None:
    body = json.dumps(payload)

    given, lines = await knocked(house, body, slack.signed(body))

    assert given == status
    assert [each["event"] for each in lines] == ["stranger_refused"]
    assert api.calls == []


async def knocked(
    house: Installation, body: str, headers: dict[str, str]
) -> tuple[int, list[Json]]:
    """The answer, and the lines of our own log about it, which hold nothing but constant words."""
    before = len(house.log.getvalue())
    async with aiohttp.ClientSession() as http:
        answered = await Workspace(http, f"{house.url}/slack/events").raw(body, headers)
    written = house.log.getvalue()[before:]
    assert answered.text == ""
    assert found(CANARIES, written.encode()) == set()
    lines = [json.loads(line) for line in written.splitlines()]
    ours = [each for each in lines if each.get("event") in EVENTS]
    assert {name for each in ours for name in each} == {"hour", "level", "event", "from"}
    return answered.status, ours
