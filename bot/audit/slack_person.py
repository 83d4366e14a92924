"""Somebody in a direct message with the bot in Slack: what they do, as really signed requests."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from adapters.slack import carried
from adapters.slack.blocks import CODE
from bot.audit.plan import Deed, Shown
from bot.audit.sent import Json, Sent
from bot.audit.slack import BOT, SECRET, Slack

if TYPE_CHECKING:
    from collections.abc import Iterator

    import aiohttp

    from bot.audit.canaries import Invented
    from conversations.script import Language

JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass
class SlackPerson:
    """Somebody in the direct message with the bot."""

    person: Invented
    slack: Slack
    http: aiohttp.ClientSession
    url: str
    _filled: Json = field(default_factory=dict)

    @property
    def screen(self) -> Json:
        return self.slack.screens.get(self.person.number, {})

    @property
    def asks_code(self) -> bool:
        """Whether the open window has a field for the code of a lock."""
        fields = (block.get("element", {}) for block in self.screen.get("blocks", []))
        return any(each.get("action_id") == CODE for each in fields)

    @property
    def shown(self) -> Shown | None:
        blocks = self.screen.get("blocks", [])
        names = tuple(dict.fromkeys(name for name, _ in _pressable(blocks)))
        window = self.screen.get("type") == "modal"
        fields = [block["element"] for block in blocks if block.get("type") == "input"]
        typed = any(each["type"] == "plain_text_input" for each in fields)
        if window:
            chosen = tuple(str(o["value"]) for f in fields for o in f.get("options", []))
            only = carried.read(self.screen.get("private_metadata", "")).only
            sent = () if only is None else (only,)
            return Shown((*chosen, *sent, *names), typed=typed, window=bool(fields))
        return Shown(names, typed="window" in names) if names else None

    async def open(self, language: Language) -> None:
        await self.say("hallo" if language == "nl" else "hello")

    async def do(self, deed: Deed) -> None:
        match deed.kind:
            case "say":
                await self.say(deed.what)
            case "press":
                await self.press(deed.what)
            case "fill":
                await self.fill(deed.what)

    async def say(self, words: str, **event: Any) -> int:
        return await self.send(self.message(words, **event))

    async def press(self, name: str) -> int:
        """A button; in a window it may be a choice to send instead."""
        if name not in dict(_pressable(self.screen["blocks"])):
            return await self.fill(name)
        return await self.send(self.click(name))

    async def fill(self, value: str) -> int:
        """Send the open window. What is not in it is chosen nowhere."""
        view = self.screen
        state = {"values": _filled_in(view, value)}
        filled = {key: part for key, part in view.items() if key != "owner"}
        self._filled = self.slack.screens.pop(self.person.number, {})
        return await self.send(
            {**self._interaction("view_submission"), "view": {**filled, "state": state}}
        )

    def leave(self) -> None:
        """Close the window; what is in it is lost."""
        self.slack.screens.pop(self.person.number, None)

    def message(self, words: str, **event: Any) -> Json:
        """A direct message; `event` replaces or adds fields, None takes one away."""
        stamp = f"{self.slack.clock():.6f}"
        usual = {
            "type": "message",
            "client_msg_id": f"00000000-0000-0000-0000-{self.slack.number():012d}",
            "user": self.person.slack_user,
            "team": self.person.town.slack_team,
            "text": words,
            "ts": stamp,
            "event_ts": stamp,
            "channel": self.person.slack_channel,
            "channel_type": "im",
            "user_profile": {"real_name": self.person.name, "email": self.person.mail},
        }
        inner = {key: value for key, value in {**usual, **event}.items() if value is not None}
        team = self.person.town.slack_team
        return {
            "token": "invented",
            "team_id": team,
            "api_app_id": "A0INVENTED",
            "type": "event_callback",
            "event_id": f"Ev{self.slack.number():08d}",
            "event_time": int(self.slack.clock()),
            "authorizations": [{"team_id": team, "user_id": BOT, "is_bot": True}],
            "event": inner,
        }

    def click(self, name: str) -> Json:
        found = next(each for known, each in _pressable(self.screen["blocks"]) if known == name)
        action = {**found, "action_ts": f"{self.slack.clock():.6f}{self.slack.number()}"}
        made: Json = {**self._interaction("block_actions"), "actions": [action]}
        if self.screen.get("type") == "modal":
            view = {key: part for key, part in self.screen.items() if key != "owner"}
            return {**made, "view": {**view, "state": {"values": {}}}}
        channel = self.person.slack_channel
        return {
            **made,
            "channel": {"id": channel, "name": "directmessage"},
            "message": {"user": BOT, "text": self.screen.get("text", "")},
            "response_url": self.person.response_url,
        }

    def command(self, words: str) -> Json:
        return {
            "command": "/career",
            "text": words,
            "team_id": self.person.town.slack_team,
            "user_id": self.person.slack_user,
            "user_name": self.person.name,
            "channel_id": self.person.slack_channel,
            "response_url": self.person.response_url,
            "trigger_id": self.slack.trigger(self.person),
        }

    async def send(self, payload: Json) -> int:
        """Really signed, in the form that Slack gives this kind of payload; the status."""
        if payload.get("type") in ("event_callback", "url_verification"):
            return await self.raw(json.dumps(payload).encode(), JSON)
        form = payload if "command" in payload else {"payload": json.dumps(payload)}
        return await self.raw(urlencode(form).encode(), FORM)

    async def raw(self, body: bytes, content_type: str, signature: str | None = None) -> int:
        stamp = str(int(self.slack.clock()))
        mac = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature or f"v0={mac.hexdigest()}",
        }
        async with self.http.post(self.url, data=body, headers=headers) as response:
            self._record(await response.text(errors="replace"))
            return response.status

    def _record(self, text: str) -> None:
        """Our own answer to the request goes to this person's window, or is a line only they see."""
        if not text:
            return
        number = self.person.number
        body: Json = json.loads(text) if text.startswith("{") else {"text": text}
        window = "response_action" in body
        self.slack.sent.append(Sent(number, "answer to Slack", body, window=window))
        if body.get("response_action") == "update":
            self.slack.show(number, body["view"])
        if body.get("response_action") == "errors":  # the window stays as it is
            self.slack.screens[number] = self._filled

    def _interaction(self, kind: str) -> Json:
        team = self.person.town.slack_team
        return {
            "type": kind,
            "team": {"id": team, "domain": "invented"},
            "user": {
                "id": self.person.slack_user,
                "username": self.person.name,
                "team_id": team,
            },
            "api_app_id": "A0INVENTED",
            "token": "invented",
            "trigger_id": self.slack.trigger(self.person),
        }


def _filled_in(view: Json, value: str) -> Json:
    """The state of the one field there is; none where the window is only sent."""
    block = next((each for each in view["blocks"] if each["type"] == "input"), None)
    if block is None:
        return {}
    element = block["element"]
    given: Json = {"type": element["type"], "value": value}
    if "options" in element:
        chosen = next(o for o in element["options"] if o["value"] == value)
        given = {"type": element["type"], "selected_option": chosen}
    return {block["block_id"]: {element["action_id"]: given}}


def _pressable(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every button and entry of a menu: its name, and the action that a click on it sends."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory", {})]:
            if "action_id" not in element:
                continue
            clicked = {
                **{key: element[key] for key in ("type", "action_id", "value") if key in element},
                "block_id": block.get("block_id", "generated"),
            }
            if element["type"] == "button":
                yield element["action_id"].removeprefix("press:"), clicked
            for option in element.get("options", []):
                yield option["value"].split("|")[0], {**clicked, "selected_option": option}
