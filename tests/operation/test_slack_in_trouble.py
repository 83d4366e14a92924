"""The real program while Slack is in trouble, over HTTP and Socket Mode: everybody's answers, once each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import aiohttp
import pytest

from adapters import delivery
from tests.support import slack
from tests.support.crowd import Crowd
from tests.support.installation import installed
from tests.support.serving import environment
from tests.support.slack import FakeSlack, Workspace
from tests.support.socket_mode import FakeSocket
from tests.support.troubled import (
    EXPIRED,
    LATE,
    OPEN,
    POST,
    PUBLISH,
    OverHttp,
    OverSocket,
    Troubled,
    Wire,
    token,
    troubles,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

PEOPLE = 6
CALLS = 1_000


class House:
    """The program, Slack's side of it, and the way between them."""

    def __init__(self, env: Mapping[str, str], api: FakeSlack, wire: Wire) -> None:
        self.env, self.api, self.wire = env, api, wire


@pytest.fixture(params=["http", "socket"])
async def house(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    monkeypatch.setattr(delivery, "IN_REQUEST", LATE / 2)
    way: Literal["http", "socket"] = request.param
    api = FakeSlack()
    async with FakeSocket(beside=api) as socket, aiohttp.ClientSession() as http:
        env = environment(tmp_path, f"sqlite:///{tmp_path / 'luwte.db'}", socket.url)
        if way == "socket":
            del env["SLACK_SIGNING_SECRET"]
            env["SLACK_APP_TOKEN"] = "xapp-invented"
        async with installed(tmp_path, env) as running:
            over_http = OverHttp(Workspace(http, f"{running.url}/slack/events"))
            yield House(env, api, over_http if way == "http" else OverSocket(socket))
    assert api.problems == []


async def test_no_answer_is_lost_none_counts_twice_and_no_question_comes_twice(
    house: House,
) -> None:
    api = house.api
    crowd = Crowd(PEOPLE, api, lambda: "", kind=partial(Troubled, wire=house.wire))
    await crowd.begin()
    for method in (POST, PUBLISH):
        api.fail(method, *troubles(CALLS))
    api.fail(OPEN, *troubles(CALLS, EXPIRED))
    await crowd.talk()
    api.recover()

    await crowd.check(house.env)
    wrong = [call for call in api.calls if not call.intact]
    assert len(wrong) > PEOPLE
    for walker in crowd.walkers:
        asked = [token(each) for each in walker.seen]
        assert len(asked) == len(set(asked)), "a question came twice"


async def test_two_texts_that_overtake_each_other_are_one_answer(house: House) -> None:
    async with aiohttp.ClientSession() as http:
        walker = Troubled("U0OVERTAKEN", house.api, lambda: "", http, wire=house.wire)
    await walker.say("hallo")
    for name in ("nl", "chat", "start", "4", "t4", "plan", "self"):
        if name in str(walker.seen[-1]["blocks"]):
            await walker.press(walker.seen[-1], name)
    first, second = (
        slack.message_event(words, user=walker.user, channel=walker.channel, ts=slack.stamp())
        for words in ("dat het niet erg is", "en dat je mag proberen")
    )
    questions = len(walker.seen)
    await house.wire.send(second)
    await house.api.until(lambda: len(walker.seen) > questions)
    question = walker.seen[-1]
    posted = len(house.api.messages)
    await house.wire.send(first)
    await house.api.until(lambda: len(house.api.messages) > posted)

    assert walker.seen[-1] == question
    await walker.press(question, "6")
    for name in ("off_work", "rush", "others", "one_talk"):
        await walker.press(walker.seen[-1], name)
    view = await walker.window(walker.seen[-1])
    assert "dat het niet erg is" in str(view["blocks"])
    assert "en dat je mag proberen" in str(view["blocks"])
