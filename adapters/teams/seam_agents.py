"""The Microsoft 365 Agents SDK, the successor of the Bot Framework SDK, in its place.

This is the only file that knows it; the package `luwte[agents]` brings it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microsoft_agents.activity import (
    Activity,
    ChannelAccount,
    ChannelId,
    ConversationAccount,
    ResourceResponse,
)
from microsoft_agents.hosting.core import ChannelServiceAdapter, ClaimsIdentity, TurnContext
from pydantic import PrivateAttr

from adapters.teams.auth import CHANNEL

UPDATE = "conversationUpdate"
"""An activity that is no message, so that nothing can be a reply to it; Teams refuses one."""

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.teams.activity import Json
    from adapters.teams.connector import Connector
    from adapters.teams.seam import Address, Out


class AgentsSdk:
    """microsoft-agents-hosting-core, without its web server, its tokens and its clients.

    Its adapter tells no error to anybody as long as `on_turn_error` stays None, as it is here.
    """

    def __init__(self, connector: Connector) -> None:
        self._adapter = _Adapter(_Clients(connector))

    async def run(
        self, claims: Json, address: Address, turn: Callable[[Out], Awaitable[None]]
    ) -> None:
        addressed = Activity(
            type=address.kind,
            id=address.id if address.id and address.kind != UPDATE else None,
            channel_id=ChannelId(CHANNEL),
            service_url=address.service_url,
            conversation=ConversationAccount(id=address.conversation),
            from_property=ChannelAccount(id=address.person),
            recipient=ChannelAccount(id=address.bot),
        )
        await self._adapter.process_activity(
            ClaimsIdentity(claims, "Bearer"), addressed, lambda context: turn(_Out(context))
        )


class _Adapter(ChannelServiceAdapter):
    """The SDK's adapter as it is."""


class _Out:
    def __init__(self, context: TurnContext) -> None:
        self._context = context

    async def send(self, activity: Json) -> None:
        await self._context.send_activity(_outgoing(activity))

    async def update(self, activity_id: str, activity: Json) -> None:
        await self._context.update_activity(_outgoing(activity, activity_id))


class _Outgoing(Activity):
    """A plain dict on its way through the SDK, which adds the address and leaves the rest alone."""

    _body: dict[str, Any] = PrivateAttr(default_factory=dict)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> _Outgoing:
        """The SDK copies before it addresses, in case others hold it; nobody else holds this."""
        return self

    def complete(self) -> Json:
        return {
            **self._body,
            "channelId": CHANNEL,
            "serviceUrl": self.service_url,
            "conversation": {"id": self.conversation.id},
            "from": {"id": self.from_property.id},
            "recipient": {"id": self.recipient.id if self.recipient else None},
        }


def _outgoing(body: Json, number: str | None = None) -> _Outgoing:
    activity = _Outgoing(type=body["type"], id=number)
    activity._body = body  # noqa: SLF001  pydantic takes private values only after it made the model
    return activity


class _Clients:
    """Makes what the SDK wants for each turn; a likeness is enough for it."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create_connector_client(
        self,
        context: TurnContext | None,
        claims_identity: ClaimsIdentity,
        service_url: str,
        audience: str,
        scopes: list[str] | None = None,
        use_anonymous: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        del context, claims_identity, audience, scopes, use_anonymous
        return _Client(self._connector, service_url)

    async def create_user_token_client(
        self,
        context: TurnContext,
        claims_identity: ClaimsIdentity,
        use_anonymous: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        """Nobody signs in to anything here, so it can only be closed."""
        del context, claims_identity, use_anonymous
        return _Client(self._connector, "")


class _Client:
    """The part of the SDK's connector client that the adapter calls."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector, self._service_url = connector, service_url
        self.conversations: Any = self

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

    async def update_activity(
        self, conversation: str, activity_id: str, activity: _Outgoing
    ) -> ResourceResponse:
        body = {**activity.complete(), "id": activity_id}
        await self._connector.put(self._service_url, conversation, activity_id, body)
        return ResourceResponse()

    async def close(self) -> None:
        """Its session is the process's own."""
