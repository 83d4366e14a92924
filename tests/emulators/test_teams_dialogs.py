"""Both surfaces of Teams in Microsoft's own renderer, in a browser, with production authentication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.support.button_words import Labels
from tests.support.installation import installed
from tests.support.pages import Step, drive, needed, shots
from tests.support.teams import APP_ID, PASSWORD, TENANT, FakeCloud
from tests.support.teams_host import hosting
from tests.support.teams_person import TeamsPerson

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.teamssettings import Sdk
    from conversations.script import Language

SAID = ("kanarievogel een en nog iets", "kanarievogel twee en dat is alles")
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
SDKS: dict[str, Sdk] = {"nl": "botbuilder", "en": "agents"}


@pytest.fixture(autouse=True)
def with_a_browser() -> None:
    needed("adaptivecards", "playwright-core")


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    found: Language = request.param
    return found


@pytest.fixture
async def person(tmp_path: Path, language: Language) -> AsyncIterator[TeamsPerson]:
    async with FakeCloud() as cloud, aiohttp.ClientSession() as http:
        env = {
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": PASSWORD,
            "MicrosoftAppTenantId": TENANT,
            "LUWTE_TEAMS_METADATA_URL": cloud.metadata_url,
            "LUWTE_TEAMS_TOKEN_URL": cloud.token_url,
            "LUWTE_TEAMS_SDK": SDKS[language],
            "LUWTE_COUNTRY": "NL",
        }
        async with installed(tmp_path, env) as house:
            yield TeamsPerson(http, f"{house.url}/api/messages", cloud, LOCALES[language])


def in_the_window(words: Labels, pictures: str) -> list[Step]:
    """T4 from the card in the chat to the summary, its change, the end, and forgotten."""
    of = words.of
    return [
        ("press", of("surfaces.private")),
        ("press", "4"),
        ("press", words.door("t4")),
        ("see", words.left(8)),
        ("shot", f"{pictures}-1-open.png"),
        ("press", of("send")),
        ("see", of("empty")),
        ("type", SAID[0]),
        ("press", of("send")),
        ("see", words.left(7)),
        ("press", of("t4.whose.self")),
        ("type", SAID[1]),
        ("press", of("send")),
        ("shot", f"{pictures}-2-scale.png"),
        ("press", "6"),
        ("press", of("t4.middle.off_work")),
        ("press", of("t4.not_want.rush")),
        ("press", of("t4.curious.others")),
        ("press", of("t4.try_out.one_talk")),
        ("see", SAID[1]),
        ("shot", f"{pictures}-3-summary.png"),
        ("press", of("help")),
        ("see", "113"),
        ("shot", f"{pictures}-4-help.png"),
        ("press", of("frame.summary.right")),
        ("press", "7"),
        ("press", of("frame.small_step.nothing")),
        ("press", of("frame.keep.keep")),
        ("shot", f"{pictures}-5-end.png"),
        ("press", "Close"),
        ("closed", ""),
        ("press", of("surfaces.private")),
        ("more", of("forget")),
        ("press", of("forget_yes")),
        ("shot", f"{pictures}-6-forgotten.png"),
    ]


async def test_a_conversation_in_the_private_window(
    person: TeamsPerson, language: Language, tmp_path: Path
) -> None:
    pictures = str(shots(tmp_path) / f"teams-window-{language}")
    async with hosting(person) as (host, url):
        seen = await drive(url, in_the_window(Labels(language), pictures), tmp_path)

    assert seen.complaints == []
    assert set(host.asked) == {"task/fetch", "task/submit"}
    assert len(person.cloud.posts) == 1
    assert not [said for said in SAID if said in str(person.cloud.posts)]


def in_the_chat(words: Labels, pictures: str) -> list[Step]:
    """T4 in the chat: by buttons, in words and privately, to the summary and the end."""
    of = words.of
    return [
        ("shot", f"{pictures}-1-hello.png"),
        ("press", of("surfaces.chat")),
        ("press", "4"),
        ("press", words.door("t4")),
        ("say", SAID[0]),
        ("press", of("t4.whose.self")),
        ("shot", f"{pictures}-2-open.png"),
        ("press", of("answer_privately")),
        ("type", SAID[1]),
        ("press", of("send")),
        ("closed", ""),
        ("press", "6"),
        ("press", of("t4.middle.off_work")),
        ("press", of("t4.not_want.rush")),
        ("press", of("t4.curious.others")),
        ("press", of("t4.try_out.one_talk")),
        ("press", of("open_window")),
        ("see", SAID[1]),
        ("press", "Close"),
        ("press", of("frame.summary.right")),
        ("shot", f"{pictures}-3-scale.png"),
        ("press", "7"),
        ("press", of("frame.small_step.nothing")),
        ("press", of("frame.keep.keep")),
        ("shot", f"{pictures}-4-end.png"),
    ]


@pytest.mark.parametrize(("width", "scale"), [(900, 1.0), (360, 1.3)])
async def test_a_conversation_in_the_chat_whose_card_changes_in_place(
    person: TeamsPerson, language: Language, tmp_path: Path, width: int, scale: float
) -> None:
    pictures = str(shots(tmp_path) / f"teams-chat-{language}-{width}")
    async with hosting(person) as (host, url):
        seen = await drive(
            f"{url}?scale={scale}", in_the_chat(Labels(language), pictures), tmp_path, width=width
        )

    assert seen.complaints == []
    assert "adaptiveCard/action" in host.asked
    assert len(person.cloud.updates) > 4
    assert SAID[1] not in str((person.cloud.posts, person.cloud.updates))
