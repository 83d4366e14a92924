"""Slack, from hello to forgotten: really signed requests in, recorded calls out, a real database between."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from storage import batch
from storage.sealing import SEALED
from tests.support import slack
from tests.support.canary import found, left_behind
from tests.support.installation import Installation, installed, logged
from tests.support.slack import FakeSlack, Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.person import Place

Json = dict[str, Any]

SENTENCES = {
    "nl": (
        "kanarievogel een en nog iets",
        "kanarievogel twee en dat ik al jaren te weinig salaris krijg",
        "kanarievogel drie dus",
    ),
    "en": (
        "canary bird one and so on",
        "canary bird two and that my salary has been too low for years",
        "canary bird three then",
    ),
}
BEGIN = {"nl": ("Nederlands", "chat"), "en": ("English", "chat")}


class Person:
    """Somebody in a DM with the bot: says, presses, reads."""

    def __init__(self, workspace: Workspace, api: FakeSlack, user: str = slack.PERSON) -> None:
        self.workspace, self.api, self.user = workspace, api, user
        self.channel = f"D{user[1:]}"

    @property
    def last(self) -> Json:
        return self.api.messages[-1]

    async def say(self, words: str) -> None:
        event = slack.message_event(words, user=self.user, channel=self.channel)
        assert (await self.workspace.send(event)).status == 200

    async def press(self, button: str, message: Json | None = None) -> None:
        payload = slack.click(message or self.last, button, user=self.user)
        assert (await self.workspace.send(payload)).status == 200

    async def submit(self, answer: str | None) -> slack.Answered:
        return await self.workspace.send(slack.submit(self.api.views[-1], answer, user=self.user))


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
async def person(house: Installation, api: FakeSlack) -> AsyncIterator[Person]:
    async with aiohttp.ClientSession() as http:
        yield Person(Workspace(http, f"{house.url}/slack/events"), api)


async def to_the_summary(person: Person, language: str) -> tuple[str, ...]:
    """From hello through T4 to the summary, by buttons and in words; what was typed."""
    typed = SENTENCES[language]
    await person.say("hallo" if language == "nl" else "hello")
    for button in BEGIN[language]:
        await person.press(button)
    await person.say("4")
    await person.press("t4")
    await person.press("plan")
    await person.press("self")
    await person.say(typed[0])
    await person.press("6")
    await person.press("off_work")
    await person.say(typed[1])
    await person.say(typed[2])
    await person.press("one_talk")
    return typed


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_from_hello_to_the_summary_in_a_private_window_and_on_to_the_end(
    person: Person, language: str
) -> None:
    typed = await to_the_summary(person, language)

    assert len(person.api.messages) == 13
    await person.press("window")
    shown = str(person.api.views[-1]["blocks"])
    assert all(sentence in shown for sentence in typed)
    await person.submit("right")
    await person.press("7")
    assert "4" in str(person.last["blocks"])
    await person.press("nothing")
    await person.press("keep")
    assert "actions" not in [block["type"] for block in person.last["blocks"]]


async def test_nothing_that_a_person_typed_stands_in_a_message_of_the_bot(person: Person) -> None:
    typed = await to_the_summary(person, "nl")
    await person.press("window")
    await person.submit("right")

    sent = str([call.arguments for call in person.api.made("chat.postMessage")]).encode()
    assert found(typed, sent) == set()


async def test_what_is_typed_in_the_private_window_becomes_no_message(person: Person) -> None:
    await person.say("hallo")
    for button in ("Nederlands", "chat", "4", "t4", "plan", "self", "window"):
        await person.press(button)

    answer = await person.submit("kanarievogel in het venster")

    assert answer.status == 200
    assert "Hoe zwaar is het" in person.last["text"]
    assert "kanarievogel" not in str(person.api.messages)


async def test_nothing_that_names_the_person_or_what_they_typed_is_left_behind(
    person: Person, house: Installation, database_files: tuple[Path, ...]
) -> None:
    typed = await to_the_summary(person, "nl")
    await person.press("window")
    await person.submit("right")

    canaries = {*typed, person.user, person.channel, slack.NAME, slack.RESPONSE_URL, slack.TRIGGER}
    database = left_behind(*database_files)
    assert len(database) > 8192
    assert found(canaries, database, left_behind(house.folder), logged(house)) == set()


async def test_the_same_search_finds_a_row_that_was_not_sealed(
    person: Person,
    house: Installation,
    database_files: tuple[Path, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def not_sealed(_place: Place, _version: int, session: bytes, _: object) -> bytes:
        noise = secrets.token_bytes(SEALED - len(session) - 1)  # or PostgreSQL would compress it
        return session + b"\0" + noise

    monkeypatch.setattr(batch, "seal", not_sealed)
    monkeypatch.setattr(batch, "unseal", lambda _place, _version, row: row.split(b"\0")[0])

    typed = await to_the_summary(
        person, "en"
    )  # a cluster is shared: other words than the test above

    assert found(typed, left_behind(*database_files), left_behind(house.folder)) == set(typed)


async def test_forget_me_erases_the_row_at_once_and_the_person_is_told(person: Person) -> None:
    await to_the_summary(person, "nl")

    await person.say("wis alles")
    await person.press("forget_yes")
    told = len(person.api.messages)
    await person.say("hoi")

    assert len(person.api.messages) == told + 1
    names = [
        element.get("action_id")
        for block in person.last["blocks"]
        for element in block.get("elements", [])
    ]
    assert {"press:nl", "press:en"} <= set(names)


async def test_the_same_event_twice_is_answered_once(person: Person) -> None:
    await person.say("hallo")
    await person.press("Nederlands")
    await person.press("chat")
    event = slack.message_event("4", user=person.user, channel=person.channel)

    answers = await asyncio.gather(*(person.workspace.send(event) for _ in range(3)))

    assert {answer.status for answer in answers} == {200}
    assert len(person.api.messages) == 4


async def test_two_clicks_at_once_never_skip_a_question(person: Person) -> None:
    await person.say("hallo")
    await person.press("Nederlands")
    await person.press("chat")
    await person.press("4")
    await person.press("t4")
    clicks = [slack.click(person.last, "plan", user=person.user) for _ in range(2)]

    await asyncio.gather(*(person.workspace.send(click) for click in clicks))

    asked = [str(message["blocks"]) for message in person.api.messages[-2:]]
    assert all("Van wie moet je het eigenlijk weten" in blocks for blocks in asked)


async def test_an_answer_in_two_messages_is_one_answer(person: Person) -> None:
    await person.say("hallo")
    for button in ("Nederlands", "chat"):
        await person.press(button)
    await person.press("4")
    await person.press("t4")
    await person.press("plan")
    await person.press("self")
    sent = slack.stamp()
    for words in ("dat het niet erg is", "en dat je mag proberen"):
        message = slack.message_event(words, user=person.user, channel=person.channel, ts=sent)
        await person.workspace.send(message)
    question, joined = person.api.messages[-2:]
    assert "Dit hoorde nog bij je vorige antwoord" in joined["text"]
    await person.press("6", question)
    for button in ("off_work", "rush", "others", "one_talk", "window"):
        await person.press(button)

    shown = [block["text"]["text"] for block in person.api.views[-1]["blocks"] if "text" in block]
    assert "dat het niet erg is\nen dat je mag proberen" in shown
