"""The relay behind `tests/emulators/teams_host.html`: what is pressed there becomes signed activities."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.support.pages import HERE, MODULES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.teams_person import TeamsPerson

Json = dict[str, Any]
RENDERER = MODULES / "adaptivecards" / "dist" / "adaptivecards.min.js"


class TeamsHost:
    """One person's Teams. It knows the protocol and nothing about the bot."""

    def __init__(self, person: TeamsPerson) -> None:
        self._person = person
        self._shown = 0
        self.asked: list[str] = []

    async def opened(self, _: web.Request) -> web.Response:
        await self._person.added()
        return self._answer({})

    async def said(self, request: web.Request) -> web.Response:
        await self._person.say((await request.json())["text"])
        return self._answer({})

    async def acted(self, request: web.Request) -> web.Response:
        """An action on a card: what Teams sends depends on its type and on where the card is."""
        act = await request.json()
        data, me = act["data"], self._person.me
        if act["where"] == "dialog":
            return self._task(await self._send(me.invoke("task/submit", data)))
        if data.get("msteams") == {"type": "task/fetch"}:
            return self._task(await self._send(me.invoke("task/fetch", data)))
        if act["type"] == "Action.Execute":
            action = {"type": act["type"], "verb": "press", "data": data}
            value = {"action": action, "trigger": "manual"}
            usual: Json = {
                "name": "adaptiveCard/action",
                "value": value,
                "replyToId": "1612345678901",
            }
            return self._replaced(await self._send(me.activity("invoke", **usual)))
        await self._send(me.activity("message", value=data))
        return self._answer({})

    async def _send(self, activity: Json) -> Json:
        self.asked.append(activity.get("name") or activity["type"])
        status, answer = await self._person.send(activity)
        assert status == 200
        return answer

    def _task(self, answer: Json) -> web.Response:
        task = answer.get("task")
        if task is None:
            return self._answer({})
        if task["type"] == "message":
            return self._answer({"dialog": {"text": task["value"]}})
        shown = task["value"]
        return self._answer({"dialog": {"title": shown["title"], "card": shown["card"]["content"]}})

    def _replaced(self, answer: Json) -> web.Response:
        if isinstance(answer["value"], str):
            return self._answer({"beside": answer["value"]})
        return self._answer({"replace": answer["value"]})

    def _answer(self, what: Json) -> web.Response:
        posts = [each.activity for each in self._person.cloud.posts[self._shown :]]
        self._shown += len(posts)
        shown = [
            {"card": each["attachments"][0]["content"]}
            if "attachments" in each
            else {"text": each["text"]}
            for each in posts
        ]
        return web.json_response({**what, "posts": shown})


@asynccontextmanager
async def hosting(person: TeamsPerson) -> AsyncIterator[tuple[TeamsHost, str]]:
    """The host and the address of its page."""
    host, app = TeamsHost(person), web.Application()
    app.router.add_post("/open", host.opened)
    app.router.add_post("/say", host.said)
    app.router.add_post("/act", host.acted)
    files = {"/": "teams_host.html", "/host.js": "teams_host.js"}
    files |= {"/look.js": "teams_look.js", "/look.css": "teams_look.css"}
    for path, file in {
        "/adaptivecards.js": RENDERER,
        **{p: HERE / f for p, f in files.items()},
    }.items():
        app.router.add_get(path, _file(file))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    try:
        yield host, f"http://127.0.0.1:{port}/"
    finally:
        await runner.cleanup()


def _file(path: Any) -> Any:
    async def give(_: web.Request) -> web.FileResponse:
        return web.FileResponse(path)

    return give
