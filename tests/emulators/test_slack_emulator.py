"""Slack as people use it, in an emulator that somebody else wrote, driven in a browser: both ways in, both surfaces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs

import pytest

from tests.support import local_slack
from tests.support.button_words import Labels
from tests.support.installation import installed
from tests.support.local_slack import LocalSlack, emulated, free_port
from tests.support.pages import Step, browser, needed, node, shots

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.script import Language

Way = Literal["events", "socket"]

SAID = (
    "kanarievogel een en nog iets",
    "kanarievogel twee en dat duurt al jaren",
    "kanarievogel drie dus",
)
CHANGED = "kanarievogel vier, bij nader inzien"
COMBINATIONS: list[tuple[Way, Language]] = [("events", "nl"), ("socket", "en")]


@pytest.fixture(autouse=True)
def with_a_browser() -> None:
    needed(local_slack.PACKAGE, "playwright-core")


@pytest.fixture
async def slack(tmp_path: Path, way: Way) -> AsyncIterator[LocalSlack]:
    """The emulator with the bot behind it, over HTTP or Socket Mode."""
    port = free_port()
    async with emulated(tmp_path, way, port) as running:
        proof = {
            "events": {"SLACK_SIGNING_SECRET": local_slack.SECRET},
            "socket": {"SLACK_APP_TOKEN": local_slack.APP_TOKEN},
        }
        env = {
            "SLACK_BOT_TOKEN": local_slack.TOKEN,
            **proof[way],
            "LUWTE_SLACK_TEAM": local_slack.TEAM,
            "LUWTE_SLACK_API_URL": running.api,
            "LUWTE_COUNTRY": "NL",
            "LUWTE_PORT": str(port),
        }
        async with installed(tmp_path, env):
            if way == "socket":
                await running.connected()
            yield running


async def drive(slack: LocalSlack, steps: list[Step], folder: Path, **size: float) -> str:
    """Do these steps in the emulator's window; all words of the page at the end."""
    told = {
        "url": slack.url,
        "chromium": browser(),
        "steps": steps,
        "failure": str(shots(folder) / "slack-failure.png"),
        **size,
    }
    result = json.loads(await node("slack_driver.mjs", json.dumps(told)))
    assert result["failed"] is None, f"{result['failed']}\n{result['text']}"
    assert result["complaints"] == []
    text: str = result["text"]
    return text


def in_the_window(words: Labels, pictures: str) -> list[Step]:
    """From the Home tab to the summary, its change, the end and "erase everything", by sending each."""
    of, language = words.of, words.language
    return [
        ("home", ""),
        ("shot", f"{pictures}-1-both.png"),
        ("press", {"nl": "Nederlands", "en": "English"}[language]),
        ("shot", f"{pictures}-2-home.png"),
        ("press", of("home.begin")),
        ("pick", "4"),
        ("shot", f"{pictures}-3-scale.png"),
        ("send", ""),
        ("choose", words.door("t4")),
        ("shot", f"{pictures}-4-subjects.png"),
        ("send", ""),
        ("type", SAID[0]),
        ("shot", f"{pictures}-5-open.png"),
        ("send", ""),
        ("see", words.left(7)),
        ("type", SAID[1]),
        ("send", ""),
        ("close", ""),
        ("press", of("home.go_on")),
        ("shot", f"{pictures}-6-again.png"),
        ("type", SAID[2]),
        ("send", ""),
        ("pick", "6"),
        ("send", ""),
        ("type", SAID[0]),
        ("send", ""),
        ("type", SAID[1]),
        ("send", ""),
        ("type", SAID[2]),
        ("send", ""),
        ("type", SAID[0]),
        ("send", ""),
        ("see", SAID[1]),
        ("shot", f"{pictures}-7-summary.png"),
        ("choose", of("frame.summary.change")),
        ("send", ""),
        ("shot", f"{pictures}-8-line.png"),
        ("choose", words.line("t4")),
        ("send", ""),
        ("type", CHANGED),
        ("send", ""),
        ("see", CHANGED),
        ("choose", of("frame.summary.right")),
        ("send", ""),
        ("pick", "7"),
        ("send", ""),
        ("type", SAID[2]),
        ("send", ""),
        ("choose", of("frame.keep.keep")),
        ("shot", f"{pictures}-9-keep.png"),
        ("send", ""),
        ("see", words.ending()),
        ("shot", f"{pictures}-10-end.png"),
        ("close", ""),
        ("press", of("mydata")),
        ("see", CHANGED),
        ("shot", f"{pictures}-11-data.png"),
        ("close", ""),
        ("press", of("forget")),
        ("choose", of("forget_yes")),
        ("send", ""),
        ("shot", f"{pictures}-12-forgotten.png"),
        ("close", ""),
        ("see", of("home.begin")),
    ]


@pytest.mark.parametrize(("way", "language"), COMBINATIONS)
async def test_a_conversation_in_the_private_window_by_sending_it(
    slack: LocalSlack, language: Language, tmp_path: Path
) -> None:
    pictures = str(shots(tmp_path) / f"slack-window-{language}")

    await drive(slack, in_the_window(Labels(language), pictures), tmp_path)

    log = await slack.log()
    assert posted(log) == []
    assert not said_by_the_bot(log)
    assert all(said in json.dumps(log, ensure_ascii=False) for said in (*SAID, CHANGED))


def in_the_chat(words: Labels, pictures: str) -> list[Step]:
    """T4 in the direct message: by buttons, in words and privately, to the end and forgotten."""
    of, language = words.of, words.language
    hello = {"nl": "Nederlands", "en": "English"}[language]
    return [
        ("dm", ""),
        ("press", hello),
        ("see", of("surfaces.where")),
        ("shot", f"{pictures}-1-hello.png"),
        ("press", of("surfaces.chat")),
        ("press", "4"),
        ("press", words.door("t4")),
        ("say", SAID[0]),
        ("see", words.asks("t4.whose")),
        ("shot", f"{pictures}-2-open.png"),
        ("press", of("t4.whose.self")),
        ("see", words.asks("t4.colleague")),
        ("press", of("answer_privately")),
        ("type", SAID[1]),
        ("shot", f"{pictures}-3-privately.png"),
        ("send", ""),
        ("see", words.asks("t4.weight")),
        ("press", "6"),
        ("see", of("t4.middle.off_work")),
        ("press", of("t4.middle.off_work")),
        ("see", of("t4.not_want.rush")),
        ("press", of("t4.not_want.rush")),
        ("see", of("t4.curious.others")),
        ("press", of("t4.curious.others")),
        ("see", of("t4.try_out.one_talk")),
        ("press", of("t4.try_out.one_talk")),
        ("see", of("frame.summary.right")),
        ("press", of("open_window")),
        ("see", SAID[1]),
        ("shot", f"{pictures}-4-summary.png"),
        ("close", ""),
        ("press", of("frame.summary.right")),
        ("shot", f"{pictures}-5-scale.png"),
        ("press", "7"),
        ("press", of("frame.small_step.nothing")),
        ("press", of("frame.keep.keep")),
        ("shot", f"{pictures}-6-end.png"),
        ("say", words.command("forget")),
        ("press", of("forget_yes")),
        ("shot", f"{pictures}-7-forgotten.png"),
    ]


@pytest.mark.parametrize(("way", "language"), [("socket", "nl"), ("events", "en")])
async def test_a_conversation_in_the_direct_message(
    slack: LocalSlack, language: Language, tmp_path: Path
) -> None:
    pictures = str(shots(tmp_path) / f"slack-chat-{language}")
    await slack.write("hallo" if language == "nl" else "hello")

    await drive(slack, in_the_chat(Labels(language), pictures), tmp_path)

    log = await slack.log()
    assert len(posted(log)) > 10
    assert not said_by_the_bot(log)
    assert all(said in json.dumps(log, ensure_ascii=False) for said in SAID[:2])


@pytest.mark.parametrize(("way", "language"), [("events", "nl")])
async def test_the_home_tab_and_the_window_on_a_telephone_with_large_text(
    slack: LocalSlack, language: Language, tmp_path: Path
) -> None:
    words, pictures = Labels(language), str(shots(tmp_path) / "slack-narrow")
    steps: list[Step] = [
        ("home", ""),
        ("press", "Nederlands"),
        ("shot", f"{pictures}-1-home.png"),
        ("press", words.of("home.begin")),
        ("pick", "4"),
        ("send", ""),
        ("shot", f"{pictures}-2-subjects.png"),
        ("choose", words.door("t4")),
        ("send", ""),
        ("shot", f"{pictures}-3-open.png"),
    ]

    await drive(slack, steps, tmp_path, width=360, height=760, zoom=1.3, narrow=1)


def posted(log: list[dict[str, object]]) -> list[str]:
    """What the bot sent as messages, as the emulator took it down."""
    return [
        json.dumps(entry["detail"], ensure_ascii=False)
        for entry in log
        if entry["direction"] == "from_bot" and "chat." in f"{entry['kind']} {entry['summary']}"
    ]


def said_by_the_bot(log: list[dict[str, object]]) -> list[str]:
    """Sentences of the person in anything that is a message, or in a Home."""
    public = posted(log) + [
        json.dumps(entry["detail"], ensure_ascii=False)
        for entry in log
        if entry["direction"] == "from_bot" and "views.publish" in f"{entry['summary']}"
    ]
    own = (*SAID, CHANGED)
    return [said for said in own for each in public if said in each or said in str(parse_qs(each))]
