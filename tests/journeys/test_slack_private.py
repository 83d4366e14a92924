"""Slack, a whole conversation in the private window: nothing of it becomes a message."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.journeys.test_slack import SENTENCES
from tests.support import slack
from tests.support.canary import found
from tests.support.installation import Installation, installed
from tests.support.slack import FakeSlack, Fault, Workspace
from tests.support.window import WindowPerson, read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

LANGUAGES = {"nl": "Nederlands", "en": "English"}
GO_ON = {"nl": "Verdergaan", "en": "Go on"}
BEGIN = {"nl": "Beginnen", "en": "Begin"}


@pytest.fixture
async def api() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake
        assert fake.problems == []


@pytest.fixture
async def house(tmp_path: Path, database: str, api: FakeSlack) -> AsyncIterator[Installation]:
    env = {
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": api.url,
        "LUWTE_DATABASE": database,
    }
    async with installed(tmp_path, env) as installation:
        yield installation


@pytest.fixture
async def me(house: Installation, api: FakeSlack) -> AsyncIterator[WindowPerson]:
    async with aiohttp.ClientSession() as http:
        yield WindowPerson(Workspace(http, f"{house.url}/slack/events"), api)


async def begin(me: WindowPerson, language: str) -> None:
    """From the first look at the Home tab to the first question of T4, in the window."""
    await me.open_home()
    await me.at_home(language)
    await home_says(me, BEGIN[language])
    await me.at_home("private")
    for answer in ("4", "t4"):
        assert (await me.send(answer)).json["response_action"] == "update"


async def to_the_summary(me: WindowPerson, language: str) -> tuple[str, ...]:
    """On to the summary, in words and choices; what was typed."""
    await begin(me, language)
    typed = SENTENCES[language]
    for answer in ("plan", "self", typed[0], "6", "off_work", typed[1], typed[2]):
        assert (await me.send(answer)).json["response_action"] == "update"
    await me.send("one_talk") if "one_talk" in me.text else await me.press("one_talk")
    return typed


async def home_says(me: WindowPerson, text: str) -> None:
    """Wait until the Home tab says this; it is published behind the request."""
    count = len(me.api.made("views.publish"))
    while text not in read(me.api.home(me.user)["blocks"]):
        count += 1
        await me.api.heard("views.publish", count)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_whole_conversation_stays_in_the_window_and_no_message_is_sent(
    me: WindowPerson, language: str
) -> None:
    typed = await to_the_summary(me, language)

    assert all(sentence in me.text for sentence in typed)
    for answer in ("right", "7", "nothing"):
        await me.send(answer)
    assert me.view is not None
    await me.send("keep")
    assert me.view is not None
    assert "submit" not in me.view
    assert me.api.messages == []
    await home_says(me, GO_ON[language])


async def test_the_home_tab_never_holds_an_answer(me: WindowPerson) -> None:
    typed = await to_the_summary(me, "nl")
    await me.open_home()

    published = str([call.arguments for call in me.api.made("views.publish")]).encode()
    assert found({*typed, "Ik weet het even niet"}, published) == set()


async def test_the_home_tab_is_published_at_the_start_and_the_end_and_not_at_every_question(
    me: WindowPerson,
) -> None:
    await begin(me, "nl")
    await home_says(me, GO_ON["nl"])
    before = len(me.api.made("views.publish"))
    for answer in ("plan", "self", "een kanarievogel"):
        await me.send(answer)
    assert len(me.api.made("views.publish")) == before

    await me.press("stop")
    await me.api.heard("views.publish", before + 1)


async def test_a_closed_window_loses_nothing_and_home_goes_on_where_it_was(
    me: WindowPerson,
) -> None:
    await begin(me, "en")
    await me.send("plan")
    asked = me.text
    me.close()

    await me.open_home()
    await me.at_home("private")

    question = asked.splitlines()[0]
    assert question in me.text
    assert "Welcome back" in me.text


async def test_back_skip_stop_and_help_are_answered_in_the_window(me: WindowPerson) -> None:
    await begin(me, "en")
    first = me.text
    await me.press("skip")
    second = me.text
    assert second != first
    await me.press("back")
    assert me.text.splitlines()[-3:] == first.splitlines()[-3:]
    await me.press("help")
    assert "112" in me.text
    await me.press("language")
    assert "Overslaan" in me.text
    await me.press("stop")
    assert me.view is not None
    assert not [block for block in me.view["blocks"] if block["type"] == "input"]
    assert me.api.messages == []


async def test_progress_is_shown_in_the_window(me: WindowPerson) -> None:
    await begin(me, "en")
    assert "to go" in me.text


async def test_a_line_of_the_summary_is_changed_in_the_window(me: WindowPerson) -> None:
    typed = await to_the_summary(me, "en")
    await me.send("change")
    assert me.view is not None
    field = next(b for b in me.view["blocks"] if b["type"] == "input")
    await me.send(field["element"]["options"][0]["value"])
    await me.send("an albatross instead")

    assert "an albatross instead" in me.text
    assert len([each for each in typed if each in me.text]) == len(typed) - 1


async def test_forget_me_in_the_window_erases_and_home_begins_anew(me: WindowPerson) -> None:
    await begin(me, "nl")
    await me.press("forget")
    await me.send("forget_yes")

    assert "gewist" in me.text
    await home_says(me, BEGIN["nl"])
    assert me.api.messages == []


async def test_a_window_sent_twice_shows_the_same_next_question(me: WindowPerson) -> None:
    await begin(me, "nl")
    view = me.view

    first = await me.send("plan", view)
    again = await me.send("plan", view)

    assert first.json == again.json


async def test_a_window_that_was_left_behind_is_answered_with_the_present_question(
    me: WindowPerson,
) -> None:
    await begin(me, "en")
    left_behind = me.view
    await me.send("plan")
    present = me.text

    other = dict(left_behind or {}, id="V-other", hash="1.other")
    answered = await me.send("self", other)

    assert answered.json["response_action"] == "update"
    assert "earlier question" in me.text
    assert present.splitlines()[0] in me.text


async def test_two_clicks_at_once_leave_the_newest_view(me: WindowPerson) -> None:
    await begin(me, "en")
    assert me.view is not None
    clicks = [slack.click_in_view(me.view, "skip") for _ in range(2)]

    await asyncio.gather(*(me.workspace.send(click) for click in clicks))

    made = me.api.made("views.update")[-2:]
    assert sorted(call.answer["ok"] for call in made) == [False, True]
    assert me.api.messages == []


async def test_too_much_is_said_inside_the_window(me: WindowPerson) -> None:
    await begin(me, "nl")
    await me.send("plan")
    await me.send("self")

    answered = await me.send("é" * 601)

    assert answered.json["response_action"] == "errors"


async def test_a_store_that_fails_is_said_inside_the_window_and_sending_again_works(
    me: WindowPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    from adapters.reception import Reception
    from conversations.errors import StoreError

    await begin(me, "nl")
    with monkeypatch.context() as broken:

        async def take(*_: object) -> object:
            raise StoreError("OperationalError")

        broken.setattr(Reception, "take", take)
        refused = await me.send("plan")
        kept = me.view

    assert refused.json["response_action"] == "errors"
    assert (await me.send("plan", kept)).json["response_action"] == "update"


async def test_a_next_view_that_slack_does_not_take_at_once_is_shown_later(
    me: WindowPerson,
) -> None:
    await begin(me, "en")
    me.api.fail("views.update", Fault(429, "ratelimited", retry_after=0))

    await me.press("skip")
    updates = len(me.api.made("views.update"))
    await me.api.heard("views.update", updates)

    assert me.api.messages == []


async def test_the_command_opens_the_window_and_what_stands_behind_it_is_not_read(
    me: WindowPerson,
) -> None:
    await me.command("ik wil dood")

    assert "Nederlands" in me.text
    assert "113" not in me.text
    await me.send("nl")
    assert me.view is not None
    assert me.view["submit"]["text"] == "Beginnen"
    await me.send()
    assert "submit" in (me.view or {})
    assert me.api.messages == []


async def test_danger_in_the_window_brings_the_card_into_the_window(me: WindowPerson) -> None:
    await begin(me, "nl")
    await me.send("plan")
    await me.send("self")
    await me.send("ik wil dood")

    assert "113" in me.text
    assert me.api.messages == []


async def test_whoever_talks_in_the_window_finds_only_the_way_back_in_the_chat(
    me: WindowPerson,
) -> None:
    typed = await to_the_summary(me, "nl")
    await me.workspace.send(slack.message_event("hallo"))

    (message,) = me.api.messages
    names = [e["action_id"] for b in message["blocks"] for e in b.get("elements", [])]
    assert names[:2] == ["press:private", "press:chat"]
    assert found(typed, str(message).encode()) == set()
    await me.workspace.send(slack.click(message, "private"))
    assert me.api.views[-1]["private_metadata"].split("|")[1] == "held"
