"""Thirteen ordinary situations in Slack, after which a log at DEBUG could name somebody: against the real program.

They are those in which Bolt and the SDK by themselves wrote a person's id or words into a log.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.support import slack
from tests.support.canary import found
from tests.support.installation import installed
from tests.support.slack import FakeSlack, Fault, Workspace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    import pytest

    Situation = Callable[[Workspace, FakeSlack], Awaitable[object]]

WORDS = "numbat-typed-words"
CANARIES = {WORDS, slack.PERSON, slack.NAME, slack.CHANNEL, slack.TRIGGER, slack.RESPONSE_URL}


async def in_a_window(me: Workspace, api: FakeSlack, words: str) -> None:
    """Open a window and send it with these words."""
    await me.send(slack.slash_command(""))
    view = api.views[-1]
    await me.send(slack.submit(view, "en"))
    view = {**view, "state": {"values": {"answer_x": {"words": {"value": words}}}}}
    await me.send({**slack.submit(api.views[-1], "en"), "view": view})


async def unsigned(me: Workspace, _: FakeSlack) -> None:
    body = json.dumps(slack.message_event(WORDS))
    await me.raw(body, slack.signed(body, "another secret"))


async def pressed(me: Workspace, api: FakeSlack) -> None:
    await me.send(slack.message_event("hello"))
    await me.send(slack.click(api.messages[-1], "en"))


async def refused(me: Workspace, api: FakeSlack, method: str, way: Any) -> None:
    """Slack's answer quotes what was typed."""
    api.fail(method, Fault(200, f"[ERROR] bad value {WORDS}"))
    await way(me, api)


def odd(**payload: Any) -> Situation:
    """Something that nobody asked for, with words in it."""
    whole = {"user": {"id": slack.PERSON, "name": slack.NAME}, "team": {"id": slack.TEAM}}

    async def send(me: Workspace, _: FakeSlack) -> None:
        known = {} if "command" in payload else whole
        await me.send({**known, "trigger_id": slack.TRIGGER, **payload})

    return send


def said(**event: Any) -> Situation:
    async def send(me: Workspace, _: FakeSlack) -> None:
        await me.send(slack.message_event(WORDS, **event))

    return send


ACTION = {"type": "button", "action_id": "nope", "block_id": "b", "value": WORDS}
FORM = {**slack.slash_command(WORDS), "text": f"{WORDS} payload"}

SITUATIONS: dict[str, Situation] = {
    "normal DM": said(),
    "own bot echo": said(user=slack.BOT, bot_id="B0INVENTED"),
    "unhandled event": said(type="app_mention"),
    "bad signature": unsigned,
    "dropped before the listener": said(
        subtype="message_changed", previous_message={"text": WORDS}
    ),
    "listener raises": said(ts="not a number", channel_type=["im"]),
    "action, and a refused answer": lambda me, api: refused(me, api, "chat.postMessage", pressed),
    "views.open refused": lambda me, api: refused(
        me, api, "views.open", lambda a, _: a.send(slack.slash_command(WORDS))
    ),
    "unhandled action": odd(type="block_actions", actions=[ACTION]),
    "unhandled suggestion": odd(type="block_suggestion", action_id="n", block_id="b", value=WORDS),
    "view submission": lambda me, api: in_a_window(me, api, WORDS),
    "unhandled command": odd(command="/x", text=WORDS, user_id=slack.PERSON, team_id=slack.TEAM),
    "command with 'payload'": lambda me, _: me.send({**FORM, "trigger_id": slack.TRIGGER}),
}


async def test_thirteen_of_thirteen_situations_leave_nothing_in_the_log_at_debug(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leaks: dict[str, int] = {}
    async with FakeSlack() as api, aiohttp.ClientSession() as http:
        env = {
            "SLACK_BOT_TOKEN": slack.TOKEN,
            "SLACK_SIGNING_SECRET": slack.SECRET,
            "LUWTE_SLACK_TEAM": slack.TEAM,
            "LUWTE_SLACK_API_URL": api.url,
        }
        async with installed(tmp_path, env) as house:
            me = Workspace(http, f"{house.url}/slack/events")
            for name, situation in SITUATIONS.items():
                before = len(house.log.getvalue())
                await situation(me, api)
                written = house.log.getvalue()[before:].encode()
                leaks[name] = len(found(CANARIES, written))
            assert "third_party" in house.log.getvalue()
    clean = sum(not each for each in leaks.values())
    with capsys.disabled():
        print(f"\nleak probe: {clean} of {len(leaks)} clean")
    assert leaks == dict.fromkeys(SITUATIONS, 0)
    assert len(leaks) == 13
