"""The chat in Microsoft's own Agents Playground, its page driven as a person would.

It knows no dialogs, so both surfaces are also shown in `test_teams_dialogs.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.support.button_words import Labels
from tests.support.canary import found, left_behind
from tests.support.installation import installed, logged
from tests.support.pages import Step, drive, needed, shots
from tests.support.playground import TENANT, Relay, playground, relaying
from tests.support.teams import APP_ID, PASSWORD, FakeCloud

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.script import Language

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
SDKS = {"nl": "botbuilder", "en": "agents"}
SAID = ("kanarievogel een en nog iets", "kanarievogel twee en dat is alles")


@pytest.fixture(autouse=True)
def with_a_browser() -> None:
    needed("@microsoft/m365agentsplayground", "playwright-core")


def a_talk(words: Labels, pictures: str) -> list[Step]:
    """From the welcome through T4 to the end, by buttons and in words; then forgotten."""
    of = words.of
    return [
        ("see", of("surfaces.where")),
        ("shot", f"{pictures}-1-hello.png"),
        ("press", of("surfaces.chat")),
        ("say", "4"),
        ("see", words.door("t4")),
        ("press", words.door("t4")),
        ("see", of("t4.hard.plan")),
        ("say", SAID[0]),
        ("see", of("t4.whose.self")),
        ("press", of("t4.whose.self")),
        ("see", of("t4.colleague.take_time")),
        ("say", SAID[1]),
        ("see", words.ends("t4.weight")),
        ("say", "6"),
        ("see", of("t4.middle.off_work")),
        ("press", of("t4.middle.off_work")),
        ("see", of("t4.not_want.rush")),
        ("shot", f"{pictures}-2-in-place.png"),
        ("press", of("t4.not_want.rush")),
        ("see", of("t4.curious.others")),
        ("press", of("t4.curious.others")),
        ("see", of("t4.try_out.one_talk")),
        ("press", of("t4.try_out.one_talk")),
        ("see", of("frame.summary.right")),
        ("press", of("frame.summary.right")),
        ("see", words.ends("frame.clarity_after")),
        ("say", "7"),
        ("see", of("frame.small_step.nothing")),
        ("press", of("frame.small_step.nothing")),
        ("see", of("frame.keep.keep")),
        ("press", of("frame.keep.keep")),
        ("shot", f"{pictures}-3-end.png"),
        ("say", words.command("forget")),
        ("see", of("forget_yes")),
        ("press", of("forget_yes")),
        ("see", of("forgotten")),
        ("shot", f"{pictures}-4-forgotten.png"),
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_whole_conversation_in_the_chat_and_forgotten(
    language: Language, tmp_path: Path
) -> None:
    pictures = str(shots(tmp_path / "shots") / f"teams-playground-{language}")
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
        relay = Relay(cloud, http, LOCALES[language])
        async with installed(tmp_path / "house", env) as house, relaying(relay) as endpoint:
            relay.bot = f"{house.url}/api/messages"
            async with playground(endpoint, tmp_path) as url:
                await drive(url, a_talk(Labels(language), pictures), tmp_path / "shots", width=1200)
            left = (left_behind(house.folder), logged(house))

    kinds = {kind for kind, _ in relay.statuses}
    assert {"installationUpdate", "conversationUpdate", "adaptiveCard/action"} <= kinds
    assert {status for _, status in relay.statuses} == {200}
    assert found(set(SAID), *left) == set()
