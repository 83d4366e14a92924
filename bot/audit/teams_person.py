"""Somebody in the personal chat with the bot in Teams; dialogs are where they type privately."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.audit.plan import Deed, Shown
from bot.audit.sent import Json, Sent
from bot.audit.teams import BOT, Teams

if TYPE_CHECKING:
    from collections.abc import Iterator

    import aiohttp

    from bot.audit.canaries import Invented
    from conversations.script import Language


@dataclass
class TeamsPerson:
    person: Invented
    teams: Teams
    http: aiohttp.ClientSession
    url: str
    dialog: Json | None = None

    @property
    def screen(self) -> Json:
        return self.dialog or self.teams.screens.get(self.person.number, {})

    @property
    def asks_code(self) -> bool:
        """Whether the open dialog has a field for the code of a lock."""
        return any(part.get("id") == "secret" for part in _parts(self.screen))

    @property
    def shown(self) -> Shown | None:
        data = [part["data"] for part in _parts(self.screen) if _pressable(part)]
        names = tuple(dict.fromkeys(str(each["press"]) for each in data if each.get("press")))
        inputs = [part for part in _parts(self.screen) if str(part.get("type")).startswith("Input")]
        if self.dialog is not None:
            chosen = tuple(str(c["value"]) for each in inputs for c in each.get("choices", []))
            typed = any(each["type"] == "Input.Text" for each in inputs)
            return Shown((*chosen, *names), typed=typed, window=bool(inputs))
        return Shown(names, typed="window" in names) if names else None

    async def open(self, language: Language) -> None:
        """The bot is installed, in the person's own language; no dialog stands before it."""
        self.leave()
        added = {"membersAdded": [{"id": BOT}], "locale": f"{language}-{language.upper()}"}
        await self.send(self.activity("conversationUpdate", **added))

    async def do(self, deed: Deed) -> None:
        match deed.kind:
            case "say":
                await self.say(deed.what)
            case "press":
                await self.press(deed.what)
            case "fill":
                await self.fill(deed.what)

    async def say(self, words: str, **parts: object) -> int:
        return await self.send(self.activity("message", text=words, textFormat="plain", **parts))

    async def press(self, name: str) -> int:
        """A button; in a dialog it may be a choice to send instead."""
        if name not in {
            part["data"].get("press") for part in _parts(self.screen) if _pressable(part)
        }:
            return await self.fill(name)
        data = self._data(name)
        if self.dialog is not None:
            return await self._submitted(data)
        if data.get("msteams") == {"type": "task/fetch"}:
            return await self.send(self._invoke("task/fetch", data))
        return await self.send(self.activity("message", value=data))

    async def fill(self, value: str) -> int:
        """Fill in the one field of the open dialog, and press the button that sends it."""
        field_of = next(p for p in _parts(self.screen) if str(p.get("type")).startswith("Input"))
        send = next(
            part["data"]
            for part in _parts(self.screen)
            if _pressable(part) and part.get("associatedInputs") != "none"
        )
        return await self._submitted({**send, field_of["id"]: value})

    def leave(self) -> None:
        """Close the dialog; what is in it is lost."""
        self.dialog = None

    async def _submitted(self, data: Json) -> int:
        self.dialog = None
        return await self.send(self._invoke("task/submit", data))

    async def send(self, activity: Json) -> int:
        headers = {"Authorization": f"Bearer {self.teams.token()}"}
        return await self.raw(json.dumps(activity).encode(), headers)

    async def raw(self, body: bytes, headers: dict[str, str]) -> int:
        sent = {"Content-Type": "application/json", **headers}
        async with self.http.post(self.url, data=body, headers=sent) as response:
            self._record(await response.text(errors="replace"))
            return response.status

    def _record(self, text: str) -> None:
        """The answer to a request of a dialog is seen in that dialog only."""
        if not text:
            return
        body: Json = json.loads(text) if text.startswith("{") else {"text": text}
        window = "task" in body
        self.teams.sent.append(Sent(self.person.number, "answer to Teams", body, window=window))
        if window and "card" in str(body):
            self.dialog = body

    def activity(self, kind: str, **parts: object) -> Json:
        """One of this kind; `parts` replace the usual fields, None takes one away."""
        person, cloud = self.person, self.teams
        moment = datetime.fromtimestamp(cloud.clock(), UTC).isoformat().replace("+00:00", "Z")
        usual: Json = {
            "type": kind,
            "id": f"invented-activity-{cloud.number()}",
            "timestamp": moment,
            "channelId": "msteams",
            "serviceUrl": cloud.base,
            "from": {
                "id": person.teams_user,
                "name": person.name,
                "aadObjectId": person.directory_id,
                "email": person.mail,
            },
            "recipient": {"id": BOT, "name": "Luwte"},
            "conversation": {
                "id": person.conversation,
                "conversationType": "personal",
                "tenantId": person.town.teams_tenant,
            },
            "channelData": {"tenant": {"id": person.town.teams_tenant}},
        }
        return {key: value for key, value in (usual | parts).items() if value is not None}

    def _invoke(self, name: str, data: Json) -> Json:
        return self.activity("invoke", name=name, value={"data": data})

    def _data(self, name: str) -> Json:
        found: Json = next(
            part["data"]
            for part in _parts(self.screen)
            if _pressable(part) and part["data"].get("press") == name
        )
        return found


def _pressable(part: Json) -> bool:
    return isinstance(part.get("data"), dict)


def _parts(value: object) -> Iterator[Json]:
    """Every object in a message or dialog, the outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)
