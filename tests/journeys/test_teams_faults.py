"""A Connector that refuses, is slow or hangs, and activities that come twice: each answer is kept once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.test_teams import (
    SENTENCES,
    cloud,
    house,
    http,
    in_dialogs_to_the_summary,
    somebody,
    surface,
    to_the_summary,
)
from tests.support.teams import Answer
from tests.support.teams_person import TeamsPerson

if TYPE_CHECKING:
    from pathlib import Path

    import aiohttp

    from tests.support.installation import Installation
    from tests.support.teams import FakeCloud

__all__ = ["cloud", "house", "http", "surface"]

Json = dict[str, Any]
EVERY = 60
"""More calls than there are in a conversation."""

PRESSED = 3
"""Cards that were replaced on the way to the first open question."""

AT_ONCE = {"Retry-After": "0"}


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind is enough: what is tried here lies before it."""
    return f"sqlite:///{tmp_path / 'luwte.db'}"


class Patient(TeamsPerson):
    """They wait for what is still on its way when their request was answered."""

    async def send(self, activity: Json) -> tuple[int, Json]:
        before = len(self.cloud.posts)
        answered = await super().send(activity)
        if activity["type"] != "invoke":
            self.shown = (await self.cloud.arrived(before + 1))[-1].activity
        return answered


class Impatient(TeamsPerson):
    """Everything that they send comes twice at the same moment, as the same activity."""

    async def send(self, activity: Json) -> tuple[int, Json]:
        first, second = await asyncio.gather(super().send(activity), super().send(activity))
        assert first == second
        return first


async def to_an_open_question(person: TeamsPerson) -> None:
    """In the chat, with nothing on its way any more."""
    await person.added()
    for name in ("chat", "4", "t4", "plan", "self"):
        await person.press(name)
    await person.cloud.until(lambda: len(person.cloud.updates) == PRESSED)


async def kept_once(person: TeamsPerson, typed: tuple[str, ...]) -> None:
    """Every sentence stands in the summary, and each of them once."""
    if person.dialog is None:
        await person.press("window")
    assert [str(person.dialog).count(each) for each in typed] == [1] * len(typed)


@pytest.mark.parametrize("status", [412, 429, 502, 504])
async def test_a_connector_that_refuses_every_first_attempt_loses_and_doubles_nothing(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession, status: int
) -> None:
    cloud.answers.extend([Answer(status, AT_ONCE), Answer()] * EVERY)
    person = Patient(http, f"{house.url}/api/messages", cloud)

    typed = await to_the_summary(person, "nl")

    assert cloud.attempts > len(cloud.posts) + len(cloud.updates)
    await kept_once(person, typed)


async def test_a_connector_that_takes_200_ms_loses_and_doubles_nothing(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    cloud.answers.extend([Answer(after=0.2)] * EVERY)
    person = somebody(house, cloud, http)

    typed = await to_the_summary(person, "nl")

    await kept_once(person, typed)


async def test_a_reply_that_hangs_for_five_seconds_comes_after_its_request_was_answered(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await to_an_open_question(person)
    asked, before = person.words, len(cloud.posts)
    cloud.answers.append(Answer(after=5.0))
    await person.say(SENTENCES["nl"][0])
    assert (person.words, len(cloud.posts)) == (asked, before)

    await cloud.arrived(before + 1)
    person.shown = cloud.posts[-1].activity
    for name in ("6", "off_work"):
        await person.press(name)
    for sentence in SENTENCES["nl"][1:]:
        await person.say(sentence)
    await person.press("one_talk")

    assert len(cloud.posts) == before + 3
    await kept_once(person, SENTENCES["nl"])


async def test_whoever_cannot_be_reached_loses_no_answer_and_goes_on_when_they_can(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await to_an_open_question(person)
    cloud.answers.append(Answer(403))
    await person.say(SENTENCES["nl"][0])
    for name in ("not_bad", "6", "off_work"):
        await person.press(name)
    for sentence in SENTENCES["nl"][1:]:
        await person.say(sentence)
    await person.press("one_talk")

    await kept_once(person, SENTENCES["nl"])


async def test_what_comes_twice_in_the_chat_is_kept_and_answered_once(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = Impatient(http, f"{house.url}/api/messages", cloud)

    typed = await to_the_summary(person, "nl")

    asked = [each.reply_to for each in cloud.posts if each.reply_to is not None]
    assert len(set(asked)) == len(asked)
    await kept_once(person, typed)


async def test_what_comes_twice_in_the_window_is_kept_once(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = Impatient(http, f"{house.url}/api/messages", cloud)

    typed = await in_dialogs_to_the_summary(person, "nl")

    await kept_once(person, typed)
    assert len(cloud.posts) == 1
