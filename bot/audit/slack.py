"""Slack's Web API on loopback: it records every call, and fails as told."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from aiohttp import web

from bot.audit.sent import Json, Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.audit.canaries import Invented, Town

SECRET = "an-invented-signing-secret"
TOKEN = "xoxb-invented"
BOT = "U0INVENTEDBOT"


@dataclass(frozen=True, slots=True)
class Refusal:
    """How Slack answers one call instead of doing it; `drop` cuts the connection."""

    status: int = 500
    body: str = "no"
    drop: bool = False


@dataclass
class Slack:
    """The Web API and the sender of events. `clock` gives the time of what people do."""

    town: Town
    clock: Callable[[], float]
    sent: list[Sent] = field(default_factory=list)
    refusals: deque[Refusal] = field(default_factory=deque)
    views: dict[str, Json] = field(default_factory=dict)
    screens: dict[int, Json] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _triggers: dict[str, int] = field(default_factory=dict)

    def routes(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/{method}", self._answer)
        return app

    def number(self) -> int:
        return next(self._numbers)

    def trigger(self, person: Invented) -> str:
        """A new trigger, which opens a window for this person."""
        made = f"{self.number()}.{person.trigger}"
        self._triggers[made] = person.number
        return made

    def show(self, to: int | None, view: Json, view_id: str | None = None) -> Json:
        """A view of the app, as Slack gives it back; a window stands before the person."""
        view_id = view_id or f"V{self.number():08d}"
        shown = {**view, "id": view_id, "hash": f"{self.number()}.hash"}
        self.views[view_id] = {**shown, "owner": to}
        if to is not None and shown.get("type") == "modal":
            self.screens[to] = shown
        return shown

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method, arguments = request.match_info["method"], await request.json()
        to = self._whose(arguments)
        window = method in ("views.open", "views.update")  # Slack keeps a Home until the next one
        self.sent.append(Sent(to, method, arguments, window=window))
        if self.refusals:
            refusal = self.refusals.popleft()
            if refusal.drop and request.transport is not None:
                request.transport.abort()
            return web.Response(status=refusal.status, text=refusal.body)
        return web.json_response(self._done(method, arguments, to))

    def _whose(self, arguments: Json) -> int | None:
        if "trigger_id" in arguments:
            return self._triggers.get(arguments["trigger_id"])
        if "view_id" in arguments:
            owner: int | None = self.views.get(arguments["view_id"], {}).get("owner")
            return owner
        address = str(arguments.get("channel") or arguments.get("user_id") or "")
        return int(address[-2:]) if address[-2:].isdecimal() else None

    def _done(self, method: str, arguments: Json, to: int | None) -> Json:
        if "view" in arguments:
            view = self.show(to, arguments["view"], arguments.get("view_id"))
            return {"ok": True, "view": view}
        if method == "chat.postMessage" and to is not None:
            self.screens[to] = arguments
            return {"ok": True, "channel": arguments["channel"], "ts": f"{self.clock():.6f}"}
        return {"ok": True, "team_id": self.town.slack_team, "user_id": BOT, "bot_id": "B0INVENTED"}
