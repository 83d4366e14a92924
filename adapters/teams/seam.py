"""Where HTTP, the Bot Framework SDK and our plain dicts meet; nothing else here knows the SDK.

The SDK runs the turn: it addresses the answer and hands it to the connector. It sees addresses
only, since its models drop what they do not know and the person's words are none of its business.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, ResourceResponse
from botframework.connector.auth import ConnectorFactory

from adapters.recent import Recent
from adapters.teams.activity import text
from adapters.teams.auth import CHANNEL, RefusedError, StrictAuth
from adapters.teams.envelope import UnreadableError, check_headers, read_activity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.teams.activity import Json
    from adapters.teams.connector import Connector
    from adapters.teams.keyset import KeySet

    Outcome = tuple[int, Json | None] | None
    Handle = Callable[[Json, "Out"], Awaitable[Outcome]]

log = logging.getLogger("luwte.teams")


class Out:
    """The way back to the chat from which an activity came; it outlives the request."""

    def __init__(self, context: TurnContext) -> None:
        self._context = context

    async def send(self, activity: Json) -> None:
        """One attempt to post this message. Raises UndeliveredError."""
        await self._context.send_activity(_Outgoing(activity))


class Seam:
    """`handle` gets an activity that is certainly Teams' own, and where to send the answer.

    It returns (status, JSON) for an invoke and None for anything else. `clock` gives seconds
    since the Unix epoch.
    """

    def __init__(
        self,
        handle: Handle,
        *,
        app_id: str,
        tenants: frozenset[str],
        keys: KeySet,
        connector: Connector,
        clock: Callable[[], float],
    ) -> None:
        self._handle = handle
        self._auth = StrictAuth(
            app_id=app_id,
            tenants=tenants,
            keys=keys,
            connectors=_Connectors(connector),
            clock=clock,
        )
        self._adapter = _Adapter(self._auth)
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
        proof = self._auth.bind(claims, activity)
        addressed = _addressed(activity)
        outcome: Outcome = None

        async def turn(context: TurnContext) -> None:
            nonlocal outcome
            outcome = await self._handle(activity, Out(context))

        await self._adapter.process_activity(proof, addressed, turn)
        return outcome

    def _note(self, code: str) -> None:
        """At most one line a minute for each reason: strangers must not fill the disk."""
        if self._noted.get(code) is None:
            self._noted.put(code, True)  # noqa: FBT003  only its presence counts
            log.warning("request_refused", extra={"code": code})


def _addressed(activity: Json) -> Activity:
    """The SDK's model of who, where and to whom, and of nothing else."""
    kind, conversation = text(activity, "type"), text(activity, "conversation", "id")
    person, bot = text(activity, "from", "id"), text(activity, "recipient", "id")
    if kind is None or conversation is None or person is None or bot is None:
        raise UnreadableError(400)
    return Activity(
        type=kind,
        id=text(activity, "id") or "",
        channel_id=CHANNEL,
        service_url=activity["serviceUrl"],
        conversation=ConversationAccount(id=conversation),
        from_property=ChannelAccount(id=person),
        recipient=ChannelAccount(id=bot),
    )


class _Outgoing(Activity):
    """A plain dict on its way through the SDK, which adds the address and leaves the rest alone."""

    def __init__(self, body: Json) -> None:
        super().__init__(type=body["type"])
        self.body = body

    def __deepcopy__(self, memo: dict[int, object]) -> _Outgoing:
        """The SDK copies before it addresses, in case others hold it; nobody else holds this."""
        return self

    def complete(self) -> Json:
        return {
            **self.body,
            "channelId": self.channel_id,
            "serviceUrl": self.service_url,
            "conversation": {"id": self.conversation.id},
            "from": {"id": self.from_property.id},
            "recipient": {"id": self.recipient.id},
        }


class _Adapter(CloudAdapterBase):
    """The SDK's adapter as it is; errors rise to `Seam.process`, since none is handled in it."""


class _Connectors(ConnectorFactory):
    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, service_url: str, _audience: str) -> Any:
        """`_Client` where the SDK wants its own: a likeness is enough for it."""
        return _Client(self._connector, service_url)


class _Client:
    """The part of the SDK's connector client that the adapter calls, without msrest behind it."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector, self._service_url = connector, service_url
        self.conversations = self

    async def send_to_conversation(
        self, conversation: str, activity: _Outgoing
    ) -> ResourceResponse:
        await self._connector.post(self._service_url, conversation, None, activity.complete())
        return ResourceResponse()

    async def reply_to_activity(
        self, conversation: str, activity_id: str, activity: _Outgoing
    ) -> ResourceResponse:
        body = {**activity.complete(), "replyToId": activity_id}
        await self._connector.post(self._service_url, conversation, activity_id, body)
        return ResourceResponse()
