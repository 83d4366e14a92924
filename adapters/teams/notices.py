"""A notice in Teams: to the chat from which somebody once wrote, as its reference tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from adapters.delivery import UndeliveredError
from adapters.teams.activity import text
from adapters.teams.elements import attachment, opener, paragraph, row

if TYPE_CHECKING:
    from adapters.notices import Kind, Notice
    from adapters.teams.activity import Json
    from adapters.teams.connector import Connector

LONGEST = 440
"""Bytes of a reference, as a reply block has room for."""


def reference(activity: Json) -> bytes | None:
    """Where this chat is reached later; None where that is too long to be kept.

    The service URL was proved with the request: it is one that Teams' own token vouched for.
    """
    url, conversation = text(activity, "serviceUrl"), text(activity, "conversation", "id")
    if url is None or conversation is None:
        return None
    made = json.dumps([url, conversation], separators=(",", ":")).encode()
    return made if len(made) <= LONGEST else None


class TeamsNotices:
    """Implements `adapters.notices.Sender`."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def send(self, tenant: str, to: str, kind: Kind, notice: Notice) -> None:
        """`to` is a `reference`. Raises UndeliveredError."""
        del tenant
        try:
            url, conversation = json.loads(to)
        except (ValueError, TypeError):
            raise UndeliveredError(final=True) from None
        body = [*paragraph(notice.text), row(opener(notice.label, {}, kind))]
        card = attachment("nl", body, [], notice.text)
        message = {"type": "message", "summary": notice.text, "attachments": [card]}
        await self._connector.post(url, conversation, None, message)
