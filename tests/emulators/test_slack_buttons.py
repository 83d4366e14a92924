"""The buttons inside a window of Slack, which the emulator leaves out: signed as Slack does, seen in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.support import slack
from tests.support.button_words import Labels
from tests.support.installation import installed
from tests.support.pages import Step, drive, needed, shots
from tests.support.slack import FakeSlack, Workspace
from tests.support.window import WindowPerson
from tests.support.window_page import page_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.script import Language


@pytest.fixture(autouse=True)
def with_a_browser() -> None:
    needed("playwright-core")


@pytest.fixture
async def me(tmp_path: Path) -> AsyncIterator[WindowPerson]:
    async with FakeSlack() as api, aiohttp.ClientSession() as http:
        env = {
            "SLACK_BOT_TOKEN": slack.TOKEN,
            "SLACK_SIGNING_SECRET": slack.SECRET,
            "LUWTE_SLACK_TEAM": slack.TEAM,
            "LUWTE_SLACK_API_URL": api.url,
            "LUWTE_COUNTRY": "NL",
        }
        async with installed(tmp_path, env) as house:
            yield WindowPerson(Workspace(http, f"{house.url}/slack/events"), api)
        assert api.problems == []
        assert api.messages == []


async def to_the_first_question(me: WindowPerson, language: Language) -> None:
    await me.open_home()
    await me.at_home(language)
    await me.api.heard("views.publish", 2)
    await me.at_home("private")
    for answer in ("4", "t4"):
        assert (await me.send(answer)).json["response_action"] == "update"


def pressing(words: Labels, pictures: str) -> list[Step]:
    """Skip, back, help, a ready answer, the other language and back, stop, and on from the Home tab."""
    of, other = words.of, Labels("en" if words.language == "nl" else "nl")
    return [
        ("see", words.asks("t4.hard")),
        ("shot", f"{pictures}-1-question.png"),
        ("press", of("skip")),
        ("see", words.asks("t4.whose")),
        ("press", of("back")),
        ("see", words.asks("t4.hard")),
        ("press", of("help")),
        ("see", "113"),
        ("shot", f"{pictures}-2-help.png"),
        ("see", words.asks("t4.hard")),
        ("press", of("t4.hard.plan")),
        ("see", words.asks("t4.whose")),
        ("press", of("language")),
        ("see", other.asks("t4.whose")),
        ("press", other.of("language")),
        ("see", words.asks("t4.whose")),
        ("press", of("stop")),
        ("gone", words.asks("t4.whose")),
        ("shot", f"{pictures}-3-stopped.png"),
        ("press", of("close_window")),
        ("shot", f"{pictures}-4-home.png"),
        ("press", of("home.go_on")),
        ("see", words.asks("t4.whose")),
        ("press", of("about")),
        ("shot", f"{pictures}-5-about.png"),
        ("press", of("mydata")),
        ("see", of("mydata.intro")),
        ("press", of("forget")),
        ("shot", f"{pictures}-6-forget.png"),
    ]


@pytest.mark.parametrize(("language", "width", "zoom"), [("nl", 900, 100), ("en", 360, 130)])
async def test_back_skip_stop_help_and_whatever_else_can_be_pressed_in_a_window(
    me: WindowPerson, language: Language, width: int, zoom: int, tmp_path: Path
) -> None:
    pictures = str(shots(tmp_path) / f"slack-buttons-{language}")
    await to_the_first_question(me, language)

    async with page_of(me, zoom) as url:
        seen = await drive(url, pressing(Labels(language), pictures), tmp_path, width=width)
    await me.send("forget_yes")

    assert seen.complaints == []
    assert Labels(language).of("forget_yes") in seen.text
    assert me.view is not None
    assert "submit" not in me.view
