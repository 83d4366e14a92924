"""Somebody in Teams with the whole bot before them: cards in the chat, and the dialog they open."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from tests.support.colleague import Colleague, buttons, card, parts, words

if TYPE_CHECKING:
    import aiohttp

    from tests.support.teams import FakeCloud

Json = dict[str, Any]


class TeamsPerson:
    """`shown` is the card in the chat that they look at, `dialog` the open one, if any."""

    def __init__(
        self, http: aiohttp.ClientSession, url: str, cloud: FakeCloud, locale: str = "nl-NL"
    ) -> None:
        self.http, self.url, self.cloud = http, url, cloud
        self.me = Colleague(cloud.base, locale=locale)
        self.shown: Json = {}
        self.dialog: Json | None = None

    @property
    def view(self) -> Json:
        """What they look at: the open dialog, else the card in the chat."""
        return self.dialog or self.shown

    @property
    def names(self) -> list[str]:
        """The buttons in view."""
        return [each["data"].get("press", "") for each in buttons(self.view)]

    @property
    def words(self) -> list[str]:
        """All that is to be read; what a field asks comes last."""
        labels = [part["label"] for part in parts(card(self.view)) if "label" in part]
        return [*words(self.view), *labels]

    async def send(self, activity: Json) -> tuple[int, Json]:
        body = json.dumps(activity).encode()
        headers = {"Content-Type": "application/json", **self.cloud.signed_headers()}
        before = len(self.cloud.posts)
        async with self.http.post(self.url, data=body, headers=headers) as answer:
            text = await answer.text()
        if len(self.cloud.posts) > before:
            self.shown = self.cloud.posts[-1].activity
        return answer.status, json.loads(text) if text else {}

    async def added(self) -> None:
        """The app is there, and so is its welcome, also where the machine is slow."""
        before = len(self.cloud.posts)
        await self.send(self.me.added())
        if not self.shown:
            self.shown = (await self.cloud.arrived(before + 1))[-1].activity

    async def say(self, words: str) -> None:
        self.me.now = time.time()
        status, _ = await self.send(self.me.message(words))
        assert status == 200

    async def press(self, name: str) -> None:
        """The button of this name in view: it opens, continues or closes a dialog, or changes the card."""
        button = self._button(name)
        if self.dialog is not None:
            await self._submit(button["data"])
        elif button["data"].get("msteams") == {"type": "task/fetch"}:
            status, self.dialog = await self.send(self.me.invoke("task/fetch", button["data"]))
            assert status == 200
        elif button["type"] == "Action.Execute":
            status, answer = await self.send(self.me.execute(self.shown, button["title"]))
            assert (status, answer["statusCode"]) == (200, 200)
            self.shown = answer
        else:
            status, _ = await self.send(self.me.activity("message", value=button["data"]))
            assert status == 200

    async def fill(self, text: str) -> None:
        """Type into the one field of the dialog, and send it."""
        assert self.dialog is not None
        (field,) = [p for p in parts(card(self.dialog)) if str(p.get("type")).startswith("Input")]
        (send,) = [each for each in buttons(self.dialog) if "press" not in each["data"]]
        await self._submit({**send["data"], field["id"]: text})

    def close(self) -> None:
        """By the cross in the corner."""
        self.dialog = None

    async def _submit(self, data: Json) -> None:
        status, answer = await self.send(self.me.invoke("task/submit", data))
        assert status == 200
        self.dialog = answer if "card" in str(answer) else None

    def _button(self, name: str) -> Json:
        found = [each for each in buttons(self.view) if each["data"].get("press") == name]
        assert found, (name, self.names)
        return found[0]
