"""Slack on loopback: a Web API that records and fails as told, and the signed requests Slack sends.

Every id and name in here is invented. `FakeSlack` refuses blocks that Slack would refuse.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from aiohttp import web

from tests.support.blockkit import message_problems, view_problems

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp

Json = dict[str, Any]

SECRET = "an-invented-signing-secret"
TOKEN = "xoxb-invented"
TEAM = "T0INVENTED"
ENTERPRISE = "E0INVENTED"
PERSON = "U0INVENTED"
NAME = "invented.person"
CHANNEL = "D0INVENTED"
BOT = "U0INVENTEDBOT"
RESPONSE_URL = "https://hooks.slack.invalid/actions/invented"
TRIGGER = "1.2.invented-trigger"

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that the bot made: `arguments` as sent, `answer` as given; `intact`: nothing went wrong."""

    method: str
    arguments: Json
    authorization: str
    answer: Json
    intact: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call goes wrong. `retry_after` in seconds; a hanging call waits for `release`.

    `slow`: it is done at once, and answered so many seconds later.
    """

    status: int = 200
    error: str | None = None
    retry_after: float | str | None = None
    body: str | None = None
    hang: bool = False
    drop: bool = False
    slow: float = 0.0


FINE = Fault()


@dataclass(slots=True)
class FakeSlack:
    """The Web API. Use it as a context manager; `url` is what `SlackApp` takes as `api_url`."""

    calls: list[Call] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    url: str = ""
    answers: dict[str, Json] = field(default_factory=dict)
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _heard: asyncio.Condition = field(default_factory=asyncio.Condition)
    _released: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None

    def mount(self, app: web.Application) -> None:
        """Answer on this server, beside something else."""
        app.router.add_post("/api/{method}", self._answer)

    async def __aenter__(self) -> Self:
        app = web.Application()
        self.mount(app)
        self._runner, port = await serve(app)
        self.url = f"http://127.0.0.1:{port}/api/"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.release()
        if self._runner is not None:
            await self._runner.cleanup()

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of this method go wrong, one after the other."""
        self._faults[method].extend(faults)

    def recover(self) -> None:
        """From now on no call goes wrong."""
        self._faults.clear()

    def release(self) -> None:
        """Let every call that hangs be answered."""
        self._released.set()

    def made(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    @property
    def messages(self) -> list[Json]:
        return [call.arguments for call in self.made("chat.postMessage")]

    @property
    def views(self) -> list[Json]:
        """Every view shown, with the id that Slack gave it."""
        shown = ("views.open", "views.update")
        made = [call.answer for call in self.calls if call.method in shown]
        return [answer["view"] for answer in made if "view" in answer]

    def home(self, user: str = PERSON) -> Json:
        """The Home tab as this person sees it now."""
        mine = (c for c in self.made("views.publish") if c.arguments["user_id"] == user)
        newest: Json = [call.answer["view"] for call in mine if "view" in call.answer][-1]
        return newest

    def took(self, view_id: str, view: Json) -> Json:
        """A view that came in the answer to a submission: checked, and given a hash like any other."""
        self.problems += view_problems(view)
        shown: Json = {**view, "id": view_id, "hash": f"{next(_numbers)}.hash"}
        self.calls.append(Call("views.update", {"view": view}, "", {"ok": True, "view": shown}))
        return shown

    async def until(self, true: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until this is true of the calls that came in."""
        async with self._heard, asyncio.timeout(seconds):
            await self._heard.wait_for(true)

    async def heard(self, method: str, count: int = 1) -> list[Call]:
        """Wait until this many calls of the method came in, whatever became of them."""
        async with self._heard, asyncio.timeout(30):
            await self._heard.wait_for(lambda: len(self.made(method)) >= count)
        return self.made(method)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method, arguments = request.match_info["method"], await _arguments(request)
        fault = self._faults[method].popleft() if self._faults[method] else FINE
        answer = self._result(method, arguments, fault)
        token = request.headers.get("Authorization", "")
        intact = not fault.drop and fault.status == 200 and bool(answer["ok"])
        call = Call(method, arguments, token, answer, intact)
        async with self._heard:
            self.calls.append(call)
            self._heard.notify_all()
        if fault.hang:
            await self._released.wait()
        await asyncio.sleep(fault.slow)
        if fault.drop and request.transport is not None:
            request.transport.abort()
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.body is not None:
            return web.Response(status=fault.status, text=fault.body, headers=headers)
        return web.json_response(answer, status=fault.status, headers=headers)

    def _result(self, method: str, arguments: Json, fault: Fault) -> Json:
        if fault.error is not None:
            return {"ok": False, "error": fault.error}
        if method == "chat.postMessage":
            found = message_problems(arguments)
            self.problems += found
            stamp = f"{time.time():.6f}"
            good: Json = {"ok": True, "channel": arguments["channel"], "ts": stamp}
            return {"ok": False, "error": "invalid_blocks"} if found else good
        if method in ("views.open", "views.update", "views.publish"):
            found = view_problems(arguments["view"])
            self.problems += found
            view_id = arguments.get("view_id", f"V{next(_numbers):08d}")
            newest = next((v["hash"] for v in reversed(self.views) if v.get("id") == view_id), None)
            if newest is not None and arguments.get("hash", newest) != newest:
                return {"ok": False, "error": "hash_conflict"}
            view = {**arguments["view"], "id": view_id, "hash": f"{next(_numbers)}.hash"}
            return {"ok": False, "error": "invalid_blocks"} if found else {"ok": True, "view": view}
        return {"ok": True, "team_id": TEAM, "user_id": BOT, **self.answers.get(method, {})}


async def _arguments(request: web.Request) -> Json:
    """JSON, or for what needs no token a form."""
    if request.content_type == JSON:
        arguments: Json = await request.json()
        return arguments
    return dict(await request.post())


@dataclass(frozen=True, slots=True)
class Answered:
    """How the bot answered a request."""

    status: int
    text: str

    @property
    def json(self) -> Json:
        value: Json = json.loads(self.text)
        return value


@dataclass(frozen=True, slots=True)
class Workspace:
    """Slack's other half: sends the bot what people do, really signed, to `url`."""

    http: aiohttp.ClientSession
    url: str
    secret: str = SECRET

    async def send(self, payload: Json, *, retry: int = 0) -> Answered:
        """An event as JSON, a slash command as a form, an interaction as JSON in a form."""
        if payload.get("type") in ("event_callback", "url_verification"):
            body, content_type = json.dumps(payload), JSON
        elif "command" in payload:
            body, content_type = urlencode(payload), FORM
        else:
            body, content_type = urlencode({"payload": json.dumps(payload)}), FORM
        headers = signed(body, self.secret, content_type=content_type)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
        return await self.raw(body, headers)

    async def raw(self, body: str | bytes, headers: dict[str, str]) -> Answered:
        async with self.http.post(self.url, data=body, headers=headers) as response:
            return Answered(response.status, await response.text())


async def serve(app: web.Application) -> tuple[web.AppRunner, int]:
    """Serve on a free port of 127.0.0.1, without an access log."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, int(runner.addresses[0][1])


def mounted(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.Application:
    """The web application as production mounts it."""
    app = web.Application(client_max_size=256 * 1024)
    app.router.add_post("/slack/events", handle)
    return app


def signed(
    body: str | bytes,
    secret: str = SECRET,
    timestamp: float | str | None = None,
    content_type: str = JSON,
) -> dict[str, str]:
    """The headers of a request that Slack signed at `timestamp` (Unix seconds; now by default)."""
    raw = body.encode() if isinstance(body, str) else body
    moment = time.time() if timestamp is None else timestamp
    stamp = moment if isinstance(moment, str) else str(int(moment))
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256)
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mac.hexdigest()}",
    }


def stamp() -> str:
    """The time of a message sent now; never one that looks like a mere number within its second."""
    while time.time() % 1 < 0.01:
        time.sleep(0.001)
    return f"{time.time():.6f}"


def message_event(text: str, *, user: str = PERSON, channel: str = CHANNEL, **event: Any) -> Json:
    """A direct message to the bot; further fields of the event by keyword."""
    number = next(_numbers)
    stamp = f"{time.time():.6f}"
    return {
        "token": "invented",
        "team_id": TEAM,
        "api_app_id": "A0INVENTED",
        "type": "event_callback",
        "event_id": f"Ev{number:08d}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event": {
            "type": "message",
            "client_msg_id": f"00000000-0000-0000-0000-{number:012d}",
            "user": user,
            "team": TEAM,
            "text": text,
            "ts": stamp,
            "event_ts": stamp,
            "channel": channel,
            "channel_type": "im",
            **event,
        },
    }


def click(message: Json, button: str, *, user: str = PERSON) -> Json:
    """A click on a button or menu entry of a recorded message, found by its label or its name."""
    action = _action(message["blocks"], button)
    channel = message["channel"] if message["channel"].startswith("D") else CHANNEL
    return {
        **_interaction("block_actions", user),
        "channel": {"id": channel, "name": "directmessage"},
        "container": {"type": "message", "channel_id": channel},
        "message": {"user": BOT, "ts": "1.000100", "text": message["text"]},
        "response_url": RESPONSE_URL,
        "actions": [action],
    }


def click_in_view(view: Json, button: str, *, user: str = PERSON) -> Json:
    """A click on a button in a recorded view."""
    return {
        **_interaction("block_actions", user),
        "container": {"type": "view", "view_id": view["id"]},
        "view": {**view, "state": {"values": {}}},
        "actions": [_action(view["blocks"], button)],
    }


def submit(view: Json, answer: str | None, *, user: str = PERSON) -> Json:
    """A recorded view, sent with these words, or with this option or number chosen."""
    block = next((block for block in view["blocks"] if block["type"] == "input"), None)
    if block is None:
        sent = {**view, "state": {"values": {}}}
        return {**_interaction("view_submission", user), "view": sent}
    element = block["element"]
    value: Json = {"type": element["type"], "value": answer}
    if "options" in element:
        chosen = next((each for each in element["options"] if _is(each, answer)), None)
        value = {"type": element["type"], "selected_option": chosen}
    state = {"values": {block["block_id"]: {element["action_id"]: value}}}
    return {**_interaction("view_submission", user), "view": {**view, "state": state}}


def home_opened(home: Json | None, *, user: str = PERSON) -> Json:
    """The Home tab was opened; Slack sends along what it showed last."""
    event = message_event("", user=user)
    inner = {"type": "app_home_opened", "user": user, "channel": CHANNEL, "tab": "home"}
    return {**event, "event": inner if home is None else {**inner, "view": home}}


def told(kind: str, **event: Any) -> Json:
    """An event about the installation."""
    return {**message_event(""), "event": {"type": kind, **event}}


def shortcut(*, user: str = PERSON) -> Json:
    return {**_interaction("shortcut", user), "callback_id": "luwte", "action_ts": "1.000100"}


def slash_command(text: str, *, user: str = PERSON) -> Json:
    return {
        "command": "/luwte",
        "text": text,
        "team_id": TEAM,
        "team_domain": "invented",
        "user_id": user,
        "user_name": NAME,
        "channel_id": "C0INVENTED",
        "response_url": RESPONSE_URL,
        "trigger_id": TRIGGER,
    }


def _interaction(kind: str, user: str) -> Json:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "invented"},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user, "username": NAME, "name": NAME, "team_id": TEAM},
        "api_app_id": "A0INVENTED",
        "token": "invented",
        "trigger_id": TRIGGER,
    }


def _action(blocks: list[Json], button: str) -> Json:
    for block in blocks:
        for element in block.get("elements", []):
            clicked = {
                **{key: element[key] for key in ("type", "action_id", "value") if key in element},
                "block_id": block.get("block_id", "generated"),
                "action_ts": f"{time.time():.6f}{next(_numbers)}",
            }
            if element["type"] == "button" and _is(element, button):
                return clicked
            for option in element.get("options", []):
                if _is(option, button):
                    return {**clicked, "selected_option": option}
    raise LookupError(f"no such button: {button}")


def _is(shown: Json, wanted: str | None) -> bool:
    """Whether a button or an option carries this label or this name."""
    name: str = shown["action_id"] if "action_id" in shown else shown["value"]
    return wanted in (shown["text"]["text"], name.removeprefix("press:").split("|")[0])
