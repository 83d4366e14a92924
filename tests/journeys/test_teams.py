"""Teams, from hello to forgotten: really signed requests in, recorded calls out, a real database between."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support import colleague as teams
from tests.support.canary import found, left_behind
from tests.support.colleague import Colleague
from tests.support.installation import Installation, installed, logged
from tests.support.teams import APP_ID, PASSWORD, TENANT, FakeCloud

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

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


class Person:
    """Somebody in a personal chat with the bot: says, presses, reads."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, cloud: FakeCloud, me: Colleague
    ) -> None:
        self.http, self.url, self.cloud, self.me = http, url, cloud, me

    @property
    def last(self) -> Json:
        activity: Json = self.cloud.posts[-1].activity
        return activity

    async def send(self, activity: Json) -> tuple[int, Json]:
        body = json.dumps(activity).encode()
        headers = {"Content-Type": "application/json", **self.cloud.signed_headers()}
        async with self.http.post(self.url, data=body, headers=headers) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else {}

    async def say(self, words: str) -> None:
        self.me.now = time.time()
        status, _ = await self.send(self.me.message(words))
        assert status in (200, 201, 202)

    async def press(self, name: str) -> None:
        status, _ = await self.send(self.me.activity("message", value=_data(self.last, name)))
        assert status in (200, 201, 202)

    async def window(self) -> Json:
        _, dialog = await self.send(self.me.invoke("task/fetch", _data(self.last, "window")))
        return dialog


def _data(shown: Json, name: str) -> Json:
    """What the button of this name carries."""
    found = [
        part["data"]
        for part in teams.parts(teams.card(shown))
        if part.get("data", {}).get("press") == name
    ]
    assert found, name
    data: Json = found[0]
    return data


@pytest.fixture
async def cloud() -> AsyncIterator[FakeCloud]:
    async with FakeCloud() as fake:
        yield fake


@pytest.fixture
async def house(tmp_path: Path, database: str, cloud: FakeCloud) -> AsyncIterator[Installation]:
    env = {
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppPassword": PASSWORD,
        "MicrosoftAppTenantId": TENANT,
        "LUWTE_TEAMS_METADATA_URL": cloud.metadata_url,
        "LUWTE_TEAMS_TOKEN_URL": cloud.token_url,
        "LUWTE_DATABASE": database,
    }
    async with installed(tmp_path, env) as installation:
        yield installation


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def somebody(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession, locale: str
) -> Person:
    me = Colleague(cloud.base, locale=locale)
    return Person(http, f"{house.url}/api/messages", cloud, me)


async def to_the_summary(person: Person, language: str) -> tuple[str, ...]:
    """From the installation through T4 to the summary, by buttons and in words; what was typed."""
    typed = SENTENCES[language]
    await person.send(person.me.added())
    await person.press("start")
    await person.say("4")
    for name in ("t4", "plan", "self"):
        await person.press(name)
    await person.say(typed[0])
    for name in ("6", "off_work"):
        await person.press(name)
    await person.say(typed[1])
    await person.say(typed[2])
    await person.press("one_talk")
    return typed


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_from_the_installation_to_the_summary_in_a_dialog_and_on_to_the_end(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession, language: str
) -> None:
    person = somebody(house, cloud, http, {"nl": "nl-BE", "en": "en-GB"}[language])
    typed = await to_the_summary(person, language)

    shown = str(await person.window())
    assert all(sentence in shown for sentence in typed)
    for name in ("right", "7", "nothing", "keep"):
        await person.press(name)

    assert not [part for part in teams.parts(teams.card(person.last)) if "data" in part]


async def test_nothing_that_names_the_person_or_what_they_typed_is_left_behind_or_sent(
    house: Installation,
    cloud: FakeCloud,
    http: aiohttp.ClientSession,
    database_files: tuple[Path, ...],
) -> None:
    person = somebody(house, cloud, http, "nl-NL")
    typed = await to_the_summary(person, "nl")
    await person.window()
    await person.press("right")
    me = person.me

    canaries = {*typed, me.user, me.name, me.directory_id, me.conversation}
    left = (left_behind(*database_files), left_behind(house.folder), logged(house))
    assert found(canaries, *left) == set()
    sent = json.dumps([post.activity for post in cloud.posts], ensure_ascii=False).encode()
    assert found({*typed, me.name, me.directory_id}, sent) == set()


async def test_what_is_typed_in_the_private_window_becomes_no_message(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http, "nl-NL")
    await person.send(person.me.added())
    for name in ("start", "4", "t4", "plan", "self"):
        await person.press(name)
    dialog = await person.window()

    words = "kanarievogel in het venster"
    submitted = person.me.send(dialog, "Verstuur", **{_input(dialog): words})
    status, _ = await person.send(submitted)

    assert status == 200
    assert "Hoe zwaar is het" in json.dumps(person.last, ensure_ascii=False)
    assert "kanarievogel" not in json.dumps([post.activity for post in cloud.posts])


def _input(dialog: Json) -> str:
    """The name of the field for words."""
    found = [p["id"] for p in teams.parts(teams.card(dialog)) if p.get("type") == "Input.Text"]
    name: str = found[0]
    return name


async def test_forget_me_erases_the_row_at_once_and_the_person_is_told(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http, "nl-NL")
    await to_the_summary(person, "nl")

    await person.say("vergeet mij")
    await person.press("forget_yes")
    told = len(cloud.posts)
    await person.say("hoi")

    assert len(cloud.posts) == told + 1
    assert _data(person.last, "start")
