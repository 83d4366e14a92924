"""The Bot Framework SDK: it addresses the answer and hands it to our connector, and no more.

Beside `auth_botbuilder.py` this is the only file that knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, ResourceResponse

from adapters.teams.auth import CHANNEL
from adapters.teams.auth_botbuilder import ProvedAuthentication

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.teams.activity import Json
    from adapters.teams.connector import Connector
    from adapters.teams.seam import Address, Out


class BotBuilder:
    """botbuilder-core 4.17.1, which is archived. Errors rise: nothing is handled in its adapter."""

    def __init__(self, connector: Connector) -> None:
        self._auth = ProvedAuthentication(lambda service_url: _Client(connector, service_url))
        self._adapter = _Adapter(self._auth)

    async def run(
        self, claims: Json, address: Address, turn: Callable[[Out], Awaitable[None]]
    ) -> None:
        addressed = Activity(
            type=address.kind,
            id=address.id,
            channel_id=CHANNEL,
            service_url=address.service_url,
            conversation=ConversationAccount(id=address.conversation),
            from_property=ChannelAccount(id=address.person),
            recipient=ChannelAccount(id=address.bot),
        )
        await self._adapter.process_activity(
            self._auth.proved(claims), addressed, lambda context: turn(_Out(context))
        )


class _Adapter(CloudAdapterBase):
    """The SDK's adapter as it is."""


class _Out:
    def __init__(self, context: TurnContext) -> None:
        self._context = context

    async def send(self, activity: Json) -> None:
        await self._context.send_activity(_Outgoing(activity))

    async def update(self, activity_id: str, activity: Json) -> None:
        await self._context.update_activity(_Outgoing(activity, activity_id))


class _Outgoing(Activity):
    """A plain dict on its way through the SDK, which adds the address and leaves the rest alone."""

    def __init__(self, body: Json, number: str = "") -> None:
        super().__init__(type=body["type"], id=number)
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


class _Client:
    """The part of the SDK's connector client that the adapter calls, without msrest behind it."""

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
