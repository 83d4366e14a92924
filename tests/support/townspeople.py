"""Somebody of an invented town, in Slack or in Teams: the same steps by the same names in either."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from adapters.slack import carried
from tests.support import slack
from tests.support.colleague import Colleague
from tests.support.slack import Answered, Workspace
from tests.support.teams_person import TeamsPerson
from tests.support.window import WindowPerson, read

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from tests.support.slack import FakeSlack
    from tests.support.teams import FakeCloud

Json = dict[str, Any]

LANGUAGES = {"nl": "Nederlands", "en": "English"}
BEGIN = {"nl": "Beginnen", "en": "Begin"}
COACH = {"nl": "ik wil een coach", "en": "i want a coach"}
DESK = {"nl": "ik ben coach", "en": "i am a coach"}
LOCALES = {"nl": "nl-NL", "en": "en-GB"}


class Townsman(Protocol):
    """`seen` is everything that was shown to them, in order. Steps are named as in the engine."""

    seen: list[str]

    @property
    def text(self) -> str: ...

    @property
    def names(self) -> list[str]: ...

    @property
    def ids(self) -> set[str]: ...

    @property
    def notices(self) -> list[Json]: ...

    async def ask(self) -> None:
        """From the first look at the bot to the window in which a coach is asked for."""
        ...

    async def be_coach(self) -> None:
        """From the first look at the bot to the window of the desk."""
        ...

    async def look(self, name: str) -> None:
        """The button of the last notice, or the one of this name where they always find it."""
        ...

    async def press(self, name: str) -> None: ...

    async def fill(self, words: str) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SlackTown(Workspace):
    """The workspace of one town, seen by one person of it; its requests carry the time of `clock`."""

    team: str = ""
    user: str = ""
    clock: Callable[[], float] = float

    async def send(self, payload: Json, *, retry: int = 0) -> Answered:
        """As `Workspace.send`, with this town, person and time in place of the usual ones."""
        del retry
        text = json.dumps(payload)
        for usual, ours in (
            (slack.TEAM, self.team),
            (slack.TRIGGER, f"1.2.trigger-{self.user}"),
            (slack.CHANNEL, self.channel),
            (slack.NAME, f"{self.user}.by-name"),
        ):
            text = text.replace(usual, ours)
        body, kind = text, slack.JSON
        if payload.get("type") != "event_callback":
            body, kind = urlencode({"payload": text}), slack.FORM
        return await self.raw(body, slack.signed(body, self.secret, self.clock(), kind))

    @property
    def person(self) -> str:
        return f"U0{self.user.upper()}"

    @property
    def channel(self) -> str:
        return f"D0{self.user.upper()}"


class InSlack(WindowPerson):
    """In the Home tab, the direct message, and the window that is open."""

    def __init__(self, town: SlackTown, api: FakeSlack, language: str) -> None:
        super().__init__(town, api, town.person)
        self.town, self.language = town, language
        self.seen: list[str] = []

    @property
    def ids(self) -> set[str]:
        own = self.town
        return {own.person, own.channel, f"{own.user}.by-name", f"trigger-{own.user}"}

    @property
    def names(self) -> list[str]:
        assert self.view is not None
        only = carried.read(self.view.get("private_metadata", "")).only
        return [*_names(self.view["blocks"]), *([only] if only else [])]

    @property
    def notices(self) -> list[Json]:
        posts = self.api.made("chat.postMessage")
        taken = [each.arguments for each in posts if each.answer["ok"]]
        return [each for each in taken if each["channel"] == self.user]

    async def ask(self) -> None:
        await self.open_home()
        await self.at_home(self.language)
        await self._home_says(BEGIN[self.language])
        await self.at_home("coach")
        self._saw()

    async def be_coach(self) -> None:
        await self.say(DESK[self.language])
        await self.town.send(slack.click(self._last(), "desk", user=self.user))
        self.view = self.api.views[-1]
        self._saw()

    async def look(self, name: str) -> None:
        """In the notice where there is one, else on the Home tab."""
        self.view = None
        if self.notices:
            payload = slack.click(self.notices[-1], name, user=self.user)
            await self._sent(payload)
        else:
            await self.open_home()
            await self.at_home(name)
        self._saw()

    async def say(self, words: str) -> None:
        stamp = f"{self.town.clock():.6f}"
        event = slack.message_event(words, user=self.user, channel=self.town.channel)
        event["event"] |= {"ts": stamp, "event_ts": stamp}
        assert (await self.town.send(event)).status == 200

    async def press(self, name: str) -> None:
        assert self.view is not None
        blocks, view = self.view["blocks"], self.view
        if name in _names([each for each in blocks if each["type"] != "input"]):
            await super().press(name)
        elif name in _names(blocks):
            await self.send(name)
        else:
            assert carried.read(view["private_metadata"]).only == name, (name, self.names)
            await self.send()
        self._saw()

    async def fill(self, words: str) -> None:
        await self.send(words)
        self._saw()

    def _last(self) -> Json:
        mine = (self.town.channel, self.user)
        return [each for each in self.api.messages if each["channel"] in mine][-1]

    def _saw(self) -> None:
        self.seen.append(json.dumps(self.view))

    async def _home_says(self, text: str) -> None:
        async with asyncio.timeout(30):
            while text not in read(self.api.home(self.user)["blocks"]):
                await self.api.heard("views.publish", len(self.api.made("views.publish")) + 1)


class InTeams(TeamsPerson):
    """In the chat, and the dialog that is open."""

    def __init__(  # noqa: PLR0913  each part has its name where it is called
        self,
        *,
        http: aiohttp.ClientSession,
        url: str,
        cloud: FakeCloud,
        tenant: str,
        user: str,
        language: str,
        clock: Callable[[], float],
    ) -> None:
        super().__init__(http, url, cloud)
        self.language, self.clock = language, clock
        self.me = Colleague(
            cloud.base,
            user=f"29:1{user}-account",
            name=f"{user} by-name",
            directory_id=f"directory-{user}",
            conversation=f"a:1{user}-chat",
            tenant=tenant,
            locale=LOCALES[language],
            now=clock(),
        )
        self.seen: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self.words)

    @property
    def ids(self) -> set[str]:
        own = self.me
        return {own.user, own.name, own.directory_id, own.conversation}

    @property
    def notices(self) -> list[Json]:
        posts = [each for each in self.cloud.posts if each.conversation == self.me.conversation]
        return [each.activity for each in posts if "Luwte" not in str(each.activity["summary"])]

    async def ask(self) -> None:
        await self.added()
        await self.say(COACH[self.language])
        await self.press("coach")

    async def be_coach(self) -> None:
        await self.added()
        await self.say(DESK[self.language])
        await self.press("desk")

    async def look(self, name: str) -> None:
        """In the notice where there is one, else after asking for it in words."""
        self.dialog = None
        if self.notices:
            self.shown = self.notices[-1]
        else:
            await self.say({"desk": DESK, "coach": COACH}[name][self.language])
        await self.press(name)

    async def say(self, words: str) -> None:
        self.me.now = self.clock()
        status, _ = await self.send(self.me.message(words))
        assert status == 200
        self.seen.append(json.dumps(self.shown))

    async def press(self, name: str) -> None:
        self.me.now = self.clock()
        await super().press(name)
        self.seen.append(json.dumps(self.view))

    async def fill(self, words: str) -> None:
        self.me.now = self.clock()
        await super().fill(words)
        self.seen.append(json.dumps(self.view))


def _names(blocks: list[Json]) -> list[str]:
    """The names of buttons, of menu entries and of what can be chosen in a field."""
    found = []
    for block in blocks:
        element = block.get("element", {})
        for each in [*block.get("elements", []), *([element] if element else [])]:
            if each["type"] == "button":
                found.append(each["action_id"].removeprefix("press:"))
            found += [entry["value"].split("|")[0] for entry in each.get("options", [])]
    return found
