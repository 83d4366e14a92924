"""To a coach and back in an emulator of Slack that somebody else wrote, in a browser: by sending each window."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from conversations import library
from tests.emulators.test_slack_emulator import drive, posted
from tests.support import local_slack
from tests.support.cases import World
from tests.support.installation import installed
from tests.support.local_slack import LocalSlack, emulated, free_port
from tests.support.pages import Step, needed, shots

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.script import Language

SCRIPTS = library.load()
CODE = re.compile(r"[0-9a-z]{4}-[0-9a-z]{5}-[0-9a-z]{4}")
LINES = ("kanarie vraagt zich iets af", "kanarie nu", "kanarie probeerde", "kanarie daarna")
ANSWER = "wat zou de kanarie missen? https://kwik.example"


@pytest.fixture(autouse=True)
def with_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    needed(local_slack.PACKAGE, "playwright-core")
    monkeypatch.setattr("storage.coaches.REMEMBERED", 0.0)


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[LocalSlack]:
    port = free_port()
    async with emulated(tmp_path, "events", port) as running:
        env = {
            "SLACK_BOT_TOKEN": local_slack.TOKEN,
            "SLACK_SIGNING_SECRET": local_slack.SECRET,
            "LUWTE_SLACK_TEAM": local_slack.TEAM,
            "LUWTE_SLACK_API_URL": running.api,
            "LUWTE_COUNTRY": "NL",
            "LUWTE_PORT": str(port),
        }
        async with installed(tmp_path, env):
            yield running


def invited(data: Path, language: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The code that `luwte coach invite` prints."""
    env = {
        "LUWTE_DATA": str(data),
        "LUWTE_OPERATOR": "bureau",
        "LUWTE_SLACK_TEAM": local_slack.TEAM,
    }
    said = ["--name", "Anne", "--knows", "keuzes", "--notices", "slack", "--languages", language]
    assert main(["coach", "invite", "--for", "default", *said], env) == 0
    found = CODE.search(capsys.readouterr().out)
    assert found is not None
    return found[0]


async def time_passes(data: Path, days: int) -> None:
    """Batches and rounds of so many days from now are done, those that were done before left out."""
    world = World.of_installation(data)
    await world.pass_days(days)
    await world.close()


def asking(language: Language, pictures: str) -> list[Step]:
    """From the Home tab to "sent", in words where a window has a field."""
    texts, labels = SCRIPTS.coach, SCRIPTS.coach.labels
    typed: list[Step] = [each for line in LINES for each in (("type", line), ("send", ""))]
    return [
        ("press", SCRIPTS.phrases.labels.coach.to(language)),
        ("shot", f"{pictures}-4-explained.png"),
        *chosen(labels.accept.to(language)),
        ("shot", f"{pictures}-5-coaches.png"),
        *chosen("Anne"),
        ("shot", f"{pictures}-6-line.png"),
        *typed,
        ("shot", f"{pictures}-7-card.png"),
        *chosen(labels.ready.to(language)),
        ("type", "Robin"),
        ("send", ""),
        *chosen(labels.pull.to(language)),
        ("see", "Robin"),
        ("shot", f"{pictures}-8-preview.png"),
        *chosen(labels.send.to(language)),
        ("see", texts.case_ask.to(language)),
        ("shot", f"{pictures}-9-sent.png"),
    ]


def chosen(label: str) -> list[Step]:
    return [("choose", label), ("send", "")]


async def on_the_desk(
    slack: LocalSlack, language: Language, enter: list[Step], pictures: str, folder: Path
) -> None:
    """The one case there is: read, taken and answered."""
    desk = SCRIPTS.desk
    text = await drive(
        slack,
        [*enter, ("shot", f"{pictures}-10-desk.png"), ("see", desk.legend.to(language))],
        folder,
    )
    (entry,) = {line.strip() for line in text.splitlines() if " · default" in line}
    steps: list[Step] = [
        *chosen(entry),
        ("see", LINES[0]),
        ("shot", f"{pictures}-11-case.png"),
        *chosen(desk.labels.claim.to(language)),
        ("see", desk.claimed.to(language)),
        *chosen(desk.labels.answer.to(language)),
        ("type", ANSWER),
        ("shot", f"{pictures}-12-answering.png"),
        ("send", ""),
        ("see", desk.answered.to(language)),
        ("close", ""),
    ]
    await drive(slack, steps, folder)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_asked_read_and_answered_by_sending_windows(
    slack: LocalSlack, language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coach, desk, own = SCRIPTS.coach, SCRIPTS.desk, SCRIPTS.phrases
    pictures = str(shots(tmp_path) / f"coach-{language}")
    hello = {"nl": "Nederlands", "en": "English"}[language]
    code = await asyncio.to_thread(invited, tmp_path, language, capsys)
    await slack.write({"nl": "ik ben coach", "en": "i am a coach"}[language])
    text = await drive(
        slack,
        [
            ("dm", ""),
            ("press", desk.open_desk.to(language)),
            ("shot", f"{pictures}-1-code.png"),
            ("type", code),
            ("send", ""),
            ("shot", f"{pictures}-2-registered.png"),
        ],
        tmp_path,
    )
    found = [each for each in CODE.findall(text) if each != code]
    passphrase = found[0]
    enter: list[Step] = [
        ("home", ""),
        ("press", desk.open_desk.to(language)),
        ("type", passphrase),
        ("send", ""),
    ]
    await drive(
        slack,
        [
            ("type", passphrase),  # the emulator keeps the window
            ("send", ""),
            ("shot", f"{pictures}-3-protocol.png"),
            ("send", ""),
            ("see", desk.list_empty.to(language)),
            ("close", ""),
            ("home", ""),
            ("press", hello),
            *asking(language, pictures),
            ("close", ""),
        ],
        tmp_path,
    )
    await time_passes(tmp_path, 4)
    await on_the_desk(slack, language, enter, pictures, tmp_path)
    await time_passes(tmp_path, 7)
    await drive(
        slack,
        [
            ("home", ""),
            ("see", coach.answer_here.to(language)),
            ("press", own.labels.coach.to(language)),
            ("see", ANSWER),
            ("shot", f"{pictures}-13-answer.png"),
            ("close", ""),
            ("gone", coach.answer_here.to(language)),
        ],
        tmp_path,
    )
    assert not [each for each in posted(await slack.log()) if "kanarie" in each]
