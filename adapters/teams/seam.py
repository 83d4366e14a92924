"""Where HTTP and our plain dicts meet, and an SDK of Microsoft's runs the turn in between.

The SDK sees addresses only, since its models drop what they do not know and the person's words are
none of its business. Which SDK it is, is decided by `sdk.py`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from aiohttp import web

from adapters.recent import Recent
from adapters.teams.activity import text
from adapters.teams.auth import RefusedError
from adapters.teams.envelope import UnreadableError, check_headers, read_activity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.teams.activity import Json

    Outcome = tuple[int, Json | None] | None
    Handle = Callable[[Json, "Out"], Awaitable[Outcome]]

log = logging.getLogger("luwte.teams")


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """From whom an activity came, and where the answer goes."""

    kind: str
    id: str
    service_url: str
    conversation: str
    person: str
    bot: str

    def __repr__(self) -> str:
        return "<address>"


class Out(Protocol):
    """The way back to the chat from which an activity came; it outlives the request."""

    async def send(self, activity: Json) -> None:
        """One attempt to post this message. Raises UndeliveredError."""

    async def update(self, activity_id: str, activity: Json) -> None:
        """One attempt to put this message in the place of another. Raises UndeliveredError."""


class Sdk(Protocol):
    """One of Microsoft's SDKs."""

    async def run(
        self, claims: Json, address: Address, turn: Callable[[Out], Awaitable[None]]
    ) -> None:
        """Run the turn of a proved activity; what rises out of it rises out of here."""


class Doorkeeper(Protocol):
    """Who says whether a request is Teams' own. Both raise RefusedError."""

    async def verify(self, header: str) -> Json:
        """The claims of the request, by its header alone."""

    def bind(self, claims: Json, activity: Json) -> None:
        """Nothing, when these claims vouch for this activity."""


class Seam:
    """`handle` gets an activity that is certainly Teams' own, and where to send the answer.

    It returns (status, JSON) for an invoke and None for anything else. `clock` gives seconds
    since the Unix epoch.
    """

    def __init__(
        self, handle: Handle, *, auth: Doorkeeper, sdk: Sdk, clock: Callable[[], float]
    ) -> None:
        self._handle, self._auth, self._sdk = handle, auth, sdk
        self._noted: Recent[str, bool] = Recent(clock, 60.0, 32)

    async def process(self, request: web.Request) -> web.Response:
        """The answer to one request; whatever happens, nothing reaches the server's own log."""
        try:
            outcome = await self._turn(request)
        except UnreadableError as refusal:
            return web.Response(status=refusal.status)
        except RefusedError as refusal:
            self._note(refusal.code)
            return web.Response(status=401)
        except Exception:  # noqa: BLE001  a traceback in a log could quote the person
            log.error("turn_failed", extra={"code": "unexpected"})  # noqa: TRY400  as above
            return web.Response(status=500)
        status, body = outcome or (200, None)
        if body is None:
            return web.Response(status=status)
        return web.json_response(body, status=status)

    async def _turn(self, request: web.Request) -> Outcome:
        check_headers(request)
        claims = await self._auth.verify(request.headers.get("Authorization", ""))
        activity = await read_activity(request)
        self._auth.bind(claims, activity)
        outcome: Outcome = None

        async def turn(out: Out) -> None:
            nonlocal outcome
            outcome = await self._handle(activity, out)

        await self._sdk.run(claims, _addressed(activity), turn)
        return outcome

    def _note(self, code: str) -> None:
        """At most one line a minute for each reason: strangers must not fill the disk."""
        if self._noted.get(code) is None:
            self._noted.put(code, True)  # noqa: FBT003  only its presence counts
            log.warning("request_refused", extra={"code": code})


def _addressed(activity: Json) -> Address:
    kind, conversation = text(activity, "type"), text(activity, "conversation", "id")
    person, bot = text(activity, "from", "id"), text(activity, "recipient", "id")
    if kind is None or conversation is None or person is None or bot is None:
        raise UnreadableError(400)
    return Address(
        kind, text(activity, "id") or "", activity["serviceUrl"], conversation, person, bot
    )
