"""What Slack's side needs of the reception and of the content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from adapters.identity import PlatformId
    from adapters.incoming import Incoming, Taken
    from conversations.phrases import Phrases
    from conversations.safety import Safety


class Content(Protocol):
    """What is needed of `conversations.scripts.Scripts`."""

    @property
    def phrases(self) -> Phrases: ...

    @property
    def safety(self) -> Safety: ...


class Receives(Protocol):
    """What is needed of `adapters.reception.Reception`."""

    def knows(self, platform: str, tenant: str) -> bool: ...

    def scripts(self, platform: str, tenant: str) -> Content: ...

    async def take(self, who: PlatformId, incoming: Incoming) -> Taken: ...
