"""A whole conversation through the real reception and engine, as Slack sees it."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING

import aiohttp

from adapters.delivery import Delivery
from adapters.reception import Reception
from adapters.slack.app import SlackApp
from adapters.slack.pace import Pace
from adapters.slack.tokens import FixedTokens
from conversations.organisation import Organisation
from conversations.person import Person, Place
from tests.support import content, slack
from tests.support.locks import QuickLocks
from tests.support.vault import MemoryVault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.session import Session
    from conversations.turn import Turn


class Remembered:
    """Identities and sessions in one, in memory."""

    def __init__(self) -> None:
        self.sessions: dict[bytes, Session] = {}

    def identify(self, platform: str, tenant: str, user: str) -> Person:
        key = hashlib.sha256(f"{platform}/{tenant}/{user}".encode()).digest()
        place = Place(600, key[:16], key)
        return Person(place, (place,))

    async def visit(
        self,
        person: Person,
        take: Callable[[Session | None], Turn],
        shut: Callable[[], Turn] | None = None,
        origin: object = None,
    ) -> Turn:
        turn = take(self.sessions.get(person.home.locator))
        if turn.fate == "erase":
            self.sessions.pop(person.home.locator, None)
        if turn.fate == "write" and turn.session is not None:
            self.sessions[person.home.locator] = turn.session
        return turn

    async def purge(self, week: int) -> int:
        raise NotImplementedError


async def test_somebody_talks_about_a_walk_and_reads_their_words_in_the_window_only() -> None:
    kept = Remembered()
    reception = Reception(
        identities=kept,
        locks=QuickLocks(kept, time.time),
        sessions=kept,
        scripts=content.scripts(),
        organisations={("slack", slack.TEAM): Organisation("garden", "bureau", "NL")},
        clock=time.time,
    )
    async with slack.FakeSlack() as fake, aiohttp.ClientSession() as session:
        app = SlackApp(
            reception=reception,
            delivery=Delivery(),
            tokens=FixedTokens({slack.TEAM: slack.TOKEN}),
            vault=MemoryVault(),
            signing_secret=slack.SECRET,
            session=session,
            clock=time.time,
            api_url=fake.url,
            pace=Pace(0),
        )
        runner, port = await slack.serve(slack.mounted(app.handle))
        workspace = slack.Workspace(session, f"http://127.0.0.1:{port}/slack/events")

        await workspace.send(slack.message_event("hi"))
        for button in ("en", "chat", "5", "walk", "wood", "8"):
            await workspace.send(slack.click(fake.messages[-1], button))
        await workspace.send(slack.click(fake.messages[-1], "window"))
        await workspace.send(slack.submit(fake.views[-1], "A grey heron by the water"))
        summary = fake.messages[-1]
        await workspace.send(slack.click(summary, "window"))
        await workspace.send(slack.submit(fake.views[-1], "right"))
        await workspace.send(slack.click(fake.messages[-1], "forget"))
        await workspace.send(slack.click(fake.messages[-1], "forget_yes"))

        await runner.cleanup()
    assert fake.problems == []
    assert "heron" not in json.dumps(fake.messages)
    assert "heron" in json.dumps(fake.views[-1])
    assert summary["text"].endswith("summary_in_chat en\nIs this right?")
    assert fake.messages[-1]["text"] == "forgotten en\ncopies en\nlock_beside en"
    assert kept.sessions == {}
