"""Teams, from hello to forgotten: really signed requests in, recorded calls out, a real database between."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support.canary import found, left_behind
from tests.support.installation import Installation, installed, logged
from tests.support.teams import APP_ID, PASSWORD, TENANT, Answer, FakeCloud
from tests.support.teams_person import TeamsPerson

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
PRIVATE = {
    *("kanarie", "canary bird", "invented-quokka", "invented-numbat", "Quokka Canary"),
    *("invented;chat=1@quokka", "invented-directory-id-quokka", "invented-activity"),
}
"""Ids, names and words of everybody here, which no journey may leave in the log."""

LOCALES = {"nl": "nl-BE", "en": "en-GB"}
SDKS = {"sqlite": "botbuilder", "postgresql": "agents"}
"""Both SDKs of Microsoft and both databases, without every pair of them."""


@pytest.fixture
async def cloud() -> AsyncIterator[FakeCloud]:
    async with FakeCloud() as fake:
        yield fake


@pytest.fixture
def surface() -> str:
    return "choose"


@pytest.fixture
async def house(
    tmp_path: Path, database: str, cloud: FakeCloud, surface: str
) -> AsyncIterator[Installation]:
    env = {
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppPassword": PASSWORD,
        "MicrosoftAppTenantId": TENANT,
        "LUWTE_TEAMS_METADATA_URL": cloud.metadata_url,
        "LUWTE_TEAMS_TOKEN_URL": cloud.token_url,
        "LUWTE_TEAMS_SDK": SDKS[database.partition(":")[0].partition("+")[0]],
        "LUWTE_DATABASE": database,
        "LUWTE_SURFACE": surface,
    }
    async with installed(tmp_path, env) as installation:
        yield installation
        assert found(PRIVATE, logged(installation)) == set()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def somebody(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession, locale: str = "nl-NL"
) -> TeamsPerson:
    return TeamsPerson(http, f"{house.url}/api/messages", cloud, locale)


def in_the_chat(cloud: FakeCloud) -> str:
    """Everything that Teams was asked to put there, replaced cards included."""
    sent = [each.activity for each in (*cloud.posts, *cloud.updates)]
    return json.dumps(sent, ensure_ascii=False)


async def to_the_summary(person: TeamsPerson, language: str) -> tuple[str, ...]:
    """From the installation through T4 to the summary in the chat; what was typed."""
    typed = SENTENCES[language]
    await person.added()
    await person.press("chat")
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


async def in_dialogs_to_the_summary(person: TeamsPerson, language: str) -> tuple[str, ...]:
    """The same, all of it in the private window."""
    typed = SENTENCES[language]
    await person.added()
    for name in ("private", "4", "t4", "plan", "self"):
        await person.press(name)
    await person.fill(typed[0])
    for name in ("6", "off_work"):
        await person.press(name)
    await person.fill(typed[1])
    await person.fill(typed[2])
    await person.press("one_talk")
    return typed


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_in_the_chat_from_the_installation_to_the_end(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession, language: str
) -> None:
    person = somebody(house, cloud, http, LOCALES[language])
    typed = await to_the_summary(person, language)

    await person.press("window")
    assert all(sentence in str(person.dialog) for sentence in typed)
    person.close()
    for name in ("right", "7", "nothing", "keep"):
        await person.press(name)

    assert person.names == []
    assert not [sentence for sentence in typed if sentence in in_the_chat(cloud)]
    assert cloud.updates


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_in_the_private_window_from_the_installation_to_the_end(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession, language: str
) -> None:
    person = somebody(house, cloud, http, LOCALES[language])
    typed = await in_dialogs_to_the_summary(person, language)

    assert all(sentence in str(person.dialog) for sentence in typed)
    for name in ("change", "kind_words"):
        await person.press(name)
    await person.fill("kanarievogel vier")
    assert "kanarievogel vier" in str(person.dialog)
    for name in ("right", "7", "nothing", "keep"):
        await person.press(name)

    assert person.names == []
    assert len(cloud.posts) == 1
    assert cloud.updates == []


async def test_nothing_that_names_the_person_or_what_they_typed_is_left_behind_or_sent(
    house: Installation,
    cloud: FakeCloud,
    http: aiohttp.ClientSession,
    database_files: tuple[Path, ...],
) -> None:
    talks, hides = somebody(house, cloud, http), somebody(house, cloud, http)
    hides.me.user, hides.me.name = "29:invented-numbat", "Numbat Canary"
    typed = {*await to_the_summary(talks, "nl"), *await in_dialogs_to_the_summary(hides, "nl")}
    await talks.press("window")
    talks.close()
    await talks.press("right")
    await hides.press("right")

    people = (talks.me, hides.me)
    ids = {word for me in people for word in (me.user, me.directory_id, me.conversation)}
    names = {me.name for me in people}
    left = (left_behind(*database_files), left_behind(house.folder), logged(house))
    assert found(typed | ids | names, *left) == set()
    directories = {me.directory_id for me in people}
    assert found(typed | names | directories, in_the_chat(cloud).encode()) == set()


async def test_the_dialog_tells_how_far_it_is_and_goes_back_skips_stops_and_goes_on(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await person.added()
    for name in ("private", "4", "t4"):
        await person.press(name)
    assert "Nog ongeveer 8" in person.words
    first = person.words[-1]
    await person.press("plan")
    assert "Nog ongeveer 7" in person.words
    await person.press("back")
    assert person.words[-1] == first
    await person.press("skip")
    await person.press("stop")
    assert person.names == []
    person.close()

    await person.press("private")
    assert "Nog ongeveer 7" in person.words
    assert len(cloud.posts) == 1


async def test_an_answer_that_is_too_long_or_missing_is_asked_again_in_the_dialog(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await person.added()
    for name in ("private", "4", "t4"):
        await person.press(name)
    asked = person.words[-1]
    await person.fill("kanarie " * 200)

    assert "kanarie kanarie" in str(person.dialog)
    assert person.words[-1] == asked
    await person.fill("")
    assert person.words[-1] == asked
    await person.fill("kanarie dus")
    assert person.words[-1] != asked
    assert "kanarie" not in str(person.dialog)


async def test_what_is_sent_twice_counts_once_and_shows_the_next_question_both_times(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await person.added()
    for name in ("private", "4", "t4"):
        await person.press(name)
    assert person.dialog is not None
    sent = [person.me.send(person.dialog, "Verstuur", words="kanarie dus") for _ in range(2)]
    first, second = await asyncio.gather(*(person.send(each) for each in sent))

    assert first == second
    assert "kanarie" not in str(first)
    person.dialog = first[1]
    assert "Nog ongeveer 7" in person.words
    pressed = person.me.invoke("task/submit", {"press": "self", **_token(person)})
    other = person.me.invoke("task/submit", {"press": "self", **_token(person)})
    first, second = await asyncio.gather(person.send(pressed), person.send(other))
    assert first == second
    person.dialog = first[1]
    assert "Nog ongeveer 6" in person.words


def _token(person: TeamsPerson) -> Json:
    return {"token": person._button("self")["data"]["token"], "held": True}


async def test_my_data_and_forget_me_work_in_the_dialog_and_tell_the_chat_nothing(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    typed = await in_dialogs_to_the_summary(person, "nl")
    await person.press("mydata")
    assert typed[0] in str(person.dialog)
    await person.press("forget")
    await person.press("forget_no")
    await person.press("forget")
    await person.press("forget_yes")
    assert person.names == []
    person.close()

    await person.press("private")
    assert not [sentence for sentence in typed if sentence in str(person.dialog)]
    assert len(cloud.posts) == 1


async def test_whoever_talks_in_the_window_gets_the_way_back_to_it_in_the_chat(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await in_dialogs_to_the_summary(person, "nl")
    person.close()
    before = len(cloud.posts)

    await person.say("kanarievogel los in de chat")
    assert person.names[:2] == ["private", "chat"]
    await person.press("mydata")
    assert "kanarievogel los" not in str(person.dialog)
    await person.press("right")
    assert person.dialog is not None
    assert len(cloud.posts) == before + 1


@pytest.mark.parametrize("surface", ["private"])
async def test_where_only_the_window_is_allowed_everybody_has_the_same_card_in_the_chat(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person, stranger = somebody(house, cloud, http), somebody(house, cloud, http)
    stranger.me.user = "29:invented-numbat"
    await person.added()
    for name in ("private", "4", "t4", "plan"):
        await person.press(name)
    person.close()

    await stranger.added()
    await person.send(person.me.added())
    assert _seen(person) == _seen(stranger)
    assert person.names == ["private", "help", "mydata", "unlock", "about", "language", "forget"]
    await person.say("kanarievogel in de chat")
    assert person.names[0] == "private"
    await person.press("help")
    assert "113" in str(person.shown)
    assert cloud.updates == []


def _seen(person: TeamsPerson) -> str:
    return json.dumps(person.shown["attachments"])


async def test_a_metadata_host_that_hangs_holds_nobody_but_who_needs_it(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    """Somebody whose key is not known waits for it; whoever needs none is answered meanwhile."""
    cloud.metadata_answers.clear()
    person = somebody(house, cloud, http)
    waiting = asyncio.create_task(person.added())
    await cloud.until(lambda: cloud.key_fetches == 1)
    async with http.get(f"{house.url}/healthz") as answer:
        assert answer.status == 200
    assert not waiting.done()
    cloud.metadata_answers.set()
    await waiting

    assert person.names[:2] == ["private", "chat"]


async def test_what_is_typed_in_the_private_window_becomes_no_message(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await person.added()
    for name in ("chat", "4", "t4", "plan", "self", "window"):
        await person.press(name)
    await person.fill("kanarievogel in het venster")

    assert person.dialog is None
    assert "Hoe zwaar is het" in str(person.words)
    assert "kanarievogel" not in in_the_chat(cloud)


async def test_forget_me_erases_the_row_at_once_and_the_person_is_told(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession
) -> None:
    person = somebody(house, cloud, http)
    await to_the_summary(person, "nl")

    await person.say("vergeet mij")
    await person.press("forget_yes")
    told = len(cloud.posts)
    await person.say("hoi")

    assert len(cloud.posts) == told + 1
    assert person.names[:2] == ["private", "chat"]


@pytest.mark.parametrize("status", [403, 404, 405, 412, 429, 501, 502, 504])
async def test_a_card_that_cannot_be_replaced_in_what_teams_keeps_loses_nobody_an_answer(
    house: Installation, cloud: FakeCloud, http: aiohttp.ClientSession, status: int
) -> None:
    person = somebody(house, cloud, http)
    await person.added()
    await person.press("chat")
    await person.press("4")
    cloud.answers.append(Answer(status, {"Retry-After": "600"}))
    await person.press("t4")
    await person.press("plan")

    assert person.words[-1] != ""
    assert "self" in person.names
    await person.say("hoi")
    assert "self" in person.names
