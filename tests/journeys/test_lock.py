"""A lock, from the offer to the last erasure: on Slack, on Teams and in the terminal."""

from __future__ import annotations

import itertools
import os
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from conversations.passphrase import tidy
from tests.support import colleague, slack
from tests.support.blockkit import view_problems
from tests.support.canary import found, left_behind
from tests.support.colleague import Colleague
from tests.support.installation import Installation, installed, logged
from tests.support.slack import FakeSlack, Workspace
from tests.support.teams import APP_ID, PASSWORD, TENANT, FakeCloud

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Json = dict[str, Any]

TYPED = "kanarievogel achter het slot"
CODE = re.compile(r"[0-9a-z]{4}-[0-9a-z]{5}-[0-9a-z]{4}")
_numbers = itertools.count(1)


def the_code(shown: Json) -> str:
    (code,) = set(CODE.findall(str(shown)))
    return str(code)


def rows(house: Installation) -> list[bytes]:
    with sqlite3.connect(house.folder / "luwte.db") as database:
        return [row[0] for row in database.execute("SELECT locator FROM person")]


def nothing_left(house: Installation, secrets: set[str], *sent: object) -> None:
    """Neither in the database, a file or a log at DEBUG, nor in a message of the bot."""
    written = left_behind(house.folder)
    assert len(written) > 8192
    assert found(secrets, written, logged(house), str(sent).encode()) == set()


class InSlack:
    """Somebody in a DM, and in the window that is open."""

    def __init__(self, workspace: Workspace, api: FakeSlack) -> None:
        self.workspace, self.api = workspace, api
        self.view: Json = {}

    async def say(self, words: str) -> None:
        event = slack.message_event(words)
        assert (await self.workspace.send(event)).status == 200

    async def press(self, *names: str) -> None:
        for name in names:
            await self.workspace.send(slack.click(self.api.messages[-1], name))

    async def open(self, name: str) -> Json:
        """A button of the last message that opens a window."""
        await self.press(name)
        self.view = self.api.views[-1]
        return self.view

    async def press_inside(self, name: str) -> Json:
        await self.workspace.send(slack.click_in_view(self.view, name))
        self.view = self.api.views[-1]
        return self.view

    async def submit(self, answer: str) -> Json:
        """The window is sent; it must not close."""
        told = await self.workspace.send(slack.submit(self.view, answer))
        assert told.json["response_action"] == "update"
        assert view_problems(told.json["view"]) == []
        number = next(_numbers)
        self.view = {**told.json["view"], "id": f"V{number:08d}", "hash": f"{number}.update"}
        return self.view

    @property
    def ticket(self) -> str:
        return str(self.view["private_metadata"]).partition("|")[2]


@pytest.fixture
async def api() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake
        assert fake.problems == []


@pytest.fixture
async def slack_house(tmp_path: Path, api: FakeSlack) -> AsyncIterator[Installation]:
    env = {
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": api.url,
        "LUWTE_OPERATOR": "employer",
    }
    async with installed(tmp_path, env) as installation:
        yield installation


@pytest.fixture
async def me(slack_house: Installation, api: FakeSlack) -> AsyncIterator[InSlack]:
    async with aiohttp.ClientSession() as http:
        yield InSlack(Workspace(http, f"{slack_house.url}/slack/events"), api)


async def locked_in_slack(me: InSlack) -> str:
    await me.say("hallo")
    await me.press("Nederlands", "Hier in de chat", "4", "t1")
    await me.say(TYPED)
    await me.say("slot erop")
    assert "definitief" in me.api.messages[-1]["text"]
    code = the_code(await me.open("lock_yes"))
    assert "Het slot zit erop" in str(await me.submit(code))
    return code


async def test_in_slack_a_lock_closes_opens_and_holds_what_is_said_behind_it(
    me: InSlack, slack_house: Installation
) -> None:
    code = await locked_in_slack(me)
    (locator,) = rows(slack_house)
    messages = len(me.api.messages)

    await me.say("hallo")
    assert {"nl", "en"} <= _names(me.api.messages[-1]["blocks"])
    await me.press("Nederlands")
    assert "Wat is je code?" in str(await me.open("unlock"))
    assert "vind ik niets" in str(await me.submit("7k2m-9xqa0-v3tf"))
    shown = await me.submit(f" {code.upper()} ")

    assert "Je slot is open" in str(shown)
    assert rows(slack_house) == [locator]
    assert TYPED in str(await me.press_inside("mydata"))
    assert len(me.api.messages) == messages + 2


async def test_in_slack_neither_code_nor_ticket_nor_words_are_left_behind(
    me: InSlack, slack_house: Installation
) -> None:
    code = await locked_in_slack(me)
    first = me.ticket
    await me.press_inside("mydata")

    secrets = {code, tidy(code) or "", first[:40], me.ticket[60:100], TYPED}
    assert first != me.ticket
    nothing_left(slack_house, secrets, me.api.messages)


async def test_in_slack_erasing_everything_behind_the_lock_leaves_no_row(
    me: InSlack, slack_house: Installation
) -> None:
    await locked_in_slack(me)
    await me.press_inside("forget")
    messages = len(me.api.messages)
    told = str(await me.submit("forget_yes"))

    assert "is gewist" in told
    assert "Had je notities op slot" not in told
    assert rows(slack_house) == []
    assert len(me.api.messages) == messages


async def test_in_slack_erasing_while_locked_says_when_the_rest_dies(
    me: InSlack, slack_house: Installation
) -> None:
    await locked_in_slack(me)
    await me.say("hallo")
    await me.press("Nederlands")
    await me.say("wis alles")

    assert "Zonder je code vind ik die niet" in me.api.messages[-1]["text"]
    assert re.search(r"op 8 [a-z]+ 20\d\d nergens", me.api.messages[-1]["text"])
    assert len(rows(slack_house)) == 1


async def test_in_slack_my_data_opens_in_a_window_and_is_no_message(me: InSlack) -> None:
    await me.say("hallo")
    await me.press("Nederlands", "Hier in de chat", "4", "t1")
    await me.say(TYPED)

    assert TYPED in str(await me.open("mydata"))
    await me.say("mijn gegevens")
    assert "alleen in het privévenster" in me.api.messages[-1]["text"]
    assert TYPED in str(await me.open("mydata"))
    assert TYPED not in str(me.api.messages)


class InTeams:
    """Somebody in a personal chat, and in the dialog that is open."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, cloud: FakeCloud, me: Colleague
    ) -> None:
        self.http, self.url, self.cloud, self.me = http, url, cloud, me
        self.dialog: Json = {}

    async def send(self, activity: Json) -> Json:
        headers = self.cloud.signed_headers()
        async with self.http.post(self.url, json=activity, headers=headers) as answer:
            assert answer.status < 300
            return await answer.json() if answer.content_length else {}

    async def say(self, words: str) -> None:
        self.me.now = time.time()
        await self.send(self.me.message(words))

    async def press(self, *names: str) -> None:
        for name in names:
            data = _carried(self.cloud.posts[-1].activity, name)
            await self.send(self.me.activity("message", value=data))

    async def open(self, name: str) -> Json:
        data = _carried(self.cloud.posts[-1].activity, name)
        assert data["msteams"] == {"type": "task/fetch"}
        self.dialog = await self.send(self.me.invoke("task/fetch", data))
        return self.dialog

    async def inside(self, label: str, **inputs: str) -> Json:
        self.dialog = await self.send(self.me.send(self.dialog, label, **inputs))
        assert self.dialog["task"]["type"] == "continue"
        return self.dialog

    @property
    def ticket(self) -> str:
        carried = {
            part["data"]["ticket"]
            for part in colleague.parts(colleague.card(self.dialog))
            if "ticket" in part.get("data", {})
        }
        (ticket,) = carried
        return str(ticket)


@pytest.fixture
async def cloud() -> AsyncIterator[FakeCloud]:
    async with FakeCloud() as fake:
        yield fake


@pytest.fixture
async def teams_house(tmp_path: Path, cloud: FakeCloud) -> AsyncIterator[Installation]:
    env = {
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppPassword": PASSWORD,
        "MicrosoftAppTenantId": TENANT,
        "LUWTE_TEAMS_METADATA_URL": cloud.metadata_url,
        "LUWTE_TEAMS_TOKEN_URL": cloud.token_url,
        "LUWTE_OPERATOR": "employer",
    }
    async with installed(tmp_path, env) as installation:
        yield installation


@pytest.fixture
async def them(teams_house: Installation, cloud: FakeCloud) -> AsyncIterator[InTeams]:
    async with aiohttp.ClientSession() as http:
        url, me = f"{teams_house.url}/api/messages", Colleague(cloud.base, locale="nl-NL")
        yield InTeams(http, url, cloud, me)


async def locked_in_teams(them: InTeams) -> str:
    await them.say("hallo")
    await them.press("chat", "4", "t1")
    await them.say(TYPED)
    await them.say("slot erop")
    code = the_code(await them.open("lock_yes"))
    assert "Het slot zit erop" in str(await them.inside("Verstuur", secret=code))
    return code


async def test_in_teams_a_lock_closes_opens_and_holds_what_is_said_behind_it(
    them: InTeams, teams_house: Installation
) -> None:
    code = await locked_in_teams(them)
    (locator,) = rows(teams_house)

    await them.say("hallo")
    assert "Wat is je code?" in str(await them.open("unlock"))
    assert "vind ik niets" in str(await them.inside("Verstuur", secret="7k2m-9xqa0-v3tf"))
    shown = await them.inside("Verstuur", secret=code)

    assert "Je slot is open" in str(shown)
    assert rows(teams_house) == [locator]
    posts = len(them.cloud.posts)
    assert TYPED in str(await them.inside("Mijn gegevens"))
    assert len(them.cloud.posts) == posts


async def test_in_teams_neither_code_nor_ticket_nor_words_are_left_behind(
    them: InTeams, teams_house: Installation
) -> None:
    code = await locked_in_teams(them)
    first = them.ticket
    await them.inside("Mijn gegevens")

    secrets = {code, tidy(code) or "", first[:40], them.ticket[60:100], TYPED}
    nothing_left(teams_house, secrets, [post.activity for post in them.cloud.posts])


async def test_in_teams_erasing_everything_behind_the_lock_leaves_no_row(
    them: InTeams, teams_house: Installation
) -> None:
    await locked_in_teams(them)
    await them.inside("Wis alles")
    posts = len(them.cloud.posts)

    assert "is gewist" in str(await them.inside("Ja, wis alles"))
    assert rows(teams_house) == []
    assert len(them.cloud.posts) == posts


def test_in_the_terminal_a_lock_can_be_opened_again_and_my_data_saved(tmp_path: Path) -> None:
    begin = ("start", "4", "1", TYPED)
    first = _talk(tmp_path, (*begin, "slot erop", "ja", "000"))
    assert "andere code" in first
    assert TYPED in _talk(tmp_path, ("mijn gegevens",))

    code = _lock_through_a_pipe(tmp_path)
    locked = _talk(tmp_path, ("mijn gegevens", "bewaar als bestand", "ja"))
    assert TYPED not in locked
    shown = _talk(tmp_path, ("open mijn slot", code, "mijn gegevens", "bewaar als bestand", "ja"))

    assert "Je slot is open" in shown
    assert TYPED in shown
    saved = (tmp_path / "luwte-mijn-gegevens.txt").read_text(encoding="utf-8")
    assert TYPED in saved
    (tmp_path / "luwte-mijn-gegevens.txt").unlink()
    assert found({code, tidy(code) or "", TYPED}, left_behind(tmp_path)) == set()


def _talk(folder: Path, lines: tuple[str, ...]) -> str:
    result = subprocess.run(
        [sys.executable, "-m", "bot", "talk", "--lang", "nl"],
        input="".join(f"{line}\n" for line in lines).encode(),
        capture_output=True,
        env=_env(folder),
        cwd=folder,
        check=True,
        timeout=60,
    )
    return result.stdout.decode()


def _lock_through_a_pipe(folder: Path) -> str:
    """Read the code while the other side waits for it to be typed back."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "talk", "--lang", "nl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_env(folder),
        cwd=folder,
    ) as talk:
        assert talk.stdin is not None
        assert talk.stdout is not None
        talk.stdin.write(b"slot erop\nja\n")
        talk.stdin.flush()
        for line in talk.stdout:
            code = CODE.search(line.decode())
            if code is not None:
                break
        assert code is not None
        rest, _ = talk.communicate(f"{code[0]}\n".encode(), timeout=60)
        assert "Het slot zit erop" in rest.decode()
    return code[0]


def _env(folder: Path) -> dict[str, str]:
    here = str(Path(__file__).parents[2])
    return {
        "LUWTE_DATA": str(folder / "data"),
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": here,
        "PYTHONUNBUFFERED": "1",
    }


def _names(blocks: list[Json]) -> set[str]:
    ids = (each.get("action_id", "") for block in blocks for each in block.get("elements", []))
    return {action.removeprefix("press:") for action in ids}


def _carried(shown: Json, name: str) -> Json:
    found = [
        part["data"]
        for part in colleague.parts(colleague.card(shown))
        if part.get("data", {}).get("press") == name
    ]
    assert found, name
    data: Json = found[0]
    return data
