"""To a coach and back in Teams, in Microsoft's own renderer: the desk, a case, an answer, a time to meet."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.__main__ import main
from conversations import library
from conversations.wording import filled
from tests.emulators.test_coach_in_slack import LINES, time_passes
from tests.support.button_words import Labels
from tests.support.installation import installed
from tests.support.pages import Step, drive, needed, shots
from tests.support.teams import APP_ID, PASSWORD, TENANT, FakeCloud
from tests.support.teams_host import hosting
from tests.support.teams_person import TeamsPerson
from tests.support.townspeople import COACH as WISH

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.teamssettings import Sdk
    from conversations.script import Language

SCRIPTS = library.load()
COACH, DESK = SCRIPTS.coach, SCRIPTS.desk
CODE = re.compile(r"[0-9a-z]{4}-[0-9a-z]{5}-[0-9a-z]{4}")
ANSWER = "wat zou de kanarie missen? https://kwik.example"
OFFER = "https://kwik.example/kamer\ndi 10:00\nwo 14:00"
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
SDKS: dict[str, Sdk] = {"nl": "agents", "en": "botbuilder"}


@pytest.fixture(autouse=True)
def with_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    needed("adaptivecards", "playwright-core")
    monkeypatch.setattr("storage.coaches.REMEMBERED", 0.0)


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


def invited(data: Path, language: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The code that `luwte coach invite` prints."""
    env = {
        "LUWTE_DATA": str(data),
        "LUWTE_OPERATOR": "bureau",
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppPassword": PASSWORD,
        "MicrosoftAppTenantId": TENANT,
    }
    said = ["--name", "Anne", "--knows", "keuzes", "--notices", "teams", "--languages", language]
    assert main(["coach", "invite", "--for", "default", *said], env) == 0
    found = CODE.search(capsys.readouterr().out)
    assert found is not None
    return found[0]


def sent(words: Labels, typed: str) -> list[Step]:
    return [("type", typed), ("press", words.of("send"))]


def at_the_desk(words: Labels) -> list[Step]:
    """From words in the chat to the window of the desk."""
    return [("say", words.command("desk")), ("press", DESK.open_desk.to(words.language))]


def asking(words: Labels, pictures: str) -> list[Step]:
    """From words in the chat to "sent", all of it in the window."""
    labels, language = COACH.labels, words.language
    return [
        ("say", WISH[words.language]),
        ("press", words.of("open_window")),
        ("shot", f"{pictures}-4-explained.png"),
        ("press", labels.accept.to(language)),
        ("shot", f"{pictures}-5-coaches.png"),
        ("press", "Anne"),
        ("shot", f"{pictures}-6-line.png"),
        *(step for line in LINES for step in sent(words, line)),
        ("shot", f"{pictures}-7-card.png"),
        ("press", labels.ready.to(language)),
        *sent(words, "Robin"),
        ("press", labels.pull.to(language)),
        ("see", "Robin"),
        ("shot", f"{pictures}-8-preview.png"),
        ("press", labels.send.to(language)),
        ("see", COACH.case_ask.to(language)),
        ("shot", f"{pictures}-9-sent.png"),
    ]


def answering(words: Labels, pictures: str) -> list[Step]:
    """The one case there is: taken, answered, and times to meet offered."""
    labels, language = DESK.labels, words.language
    return [
        ("see", LINES[0]),
        ("shot", f"{pictures}-11-case.png"),
        ("press", labels.claim.to(language)),
        ("see", DESK.claimed.to(language)),
        ("press", labels.answer.to(language)),
        ("shot", f"{pictures}-12-answering.png"),
        *sent(words, ANSWER),
        ("see", DESK.answered.to(language)),
        ("press", labels.offer.to(language)),
        ("press", COACH.ways["video"].to(language)),
        ("shot", f"{pictures}-13-offering.png"),
        *sent(words, OFFER),
        ("see", DESK.offered.to(language)),
        ("shot", f"{pictures}-14-offered.png"),
    ]


def choosing(words: Labels, pictures: str) -> list[Step]:
    """The answer is read, and one of the times taken."""
    language = words.language
    return [
        ("say", WISH[words.language]),
        ("press", words.of("coach")),
        ("see", ANSWER),
        ("shot", f"{pictures}-15-answer.png"),
        ("press", "wo 14:00"),
        ("see", COACH.letter_sent.to(language)),
        ("shot", f"{pictures}-16-chosen.png"),
    ]


async def test_asked_claimed_answered_and_met_in_dialogs(
    person: TeamsPerson,
    language: Language,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words, pictures = Labels(language), str(shots(tmp_path) / f"teams-coach-{language}")
    code = await asyncio.to_thread(invited, tmp_path, language, capsys)
    desk = at_the_desk(words)
    async with hosting(person) as (host, url):

        async def does(*steps: Step) -> str:
            seen = await drive(url, steps, tmp_path)
            assert seen.complaints == []
            return seen.text

        text = await does(
            *desk,
            ("shot", f"{pictures}-1-code.png"),
            *sent(words, code),
            ("shot", f"{pictures}-2-registered.png"),
        )
        (passphrase,) = {each for each in CODE.findall(text) if each != code}
        enter = [*desk, *sent(words, passphrase)]
        await does(
            *enter,
            ("shot", f"{pictures}-3-protocol.png"),
            ("press", DESK.labels.confirm.to(language)),
            ("see", DESK.list_empty.to(language)),
        )
        await does(*asking(words, pictures))
        await time_passes(tmp_path, 4)
        text = await does(
            *enter, ("see", DESK.legend.to(language)), ("shot", f"{pictures}-10-desk.png")
        )
        (entry,) = {line.strip() for line in text.splitlines() if " · default" in line}
        await does(*enter, ("press", entry), *answering(words, pictures))
        await time_passes(tmp_path, 7)
        await does(*choosing(words, pictures))
        await time_passes(tmp_path, 10)
        text = await does(*enter)
        (entry,) = {line.strip() for line in text.splitlines() if " · default" in line}
        await does(
            *enter,
            ("press", entry),
            ("see", filled(COACH.chosen_label, language, time="wo 14:00")),
            ("shot", f"{pictures}-17-met.png"),
        )

    assert set(host.asked) <= {"message", "task/fetch", "task/submit"}
    in_the_chat = str([each.activity for each in (*person.cloud.posts, *person.cloud.updates)])
    assert not [each for each in (*LINES, ANSWER, "wo 14:00", "Robin") if each in in_the_chat]
