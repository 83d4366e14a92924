"""A notice in Slack: to a person's own messages with the bot, or to the channel of the coaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.slack.blocks import button, rows, section
from adapters.slack.tokens import reached

if TYPE_CHECKING:
    from adapters.notices import Kind, Notice
    from adapters.slack.api import SlackApi


class SlackNotices:
    """Implements `adapters.notices.Sender`."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api

    async def send(self, tenant: str, to: str, kind: Kind, notice: Notice) -> None:
        """`to` is the id of a person or a channel, on Enterprise Grid behind that of its workspace.

        Raises UndeliveredError.
        """
        site, whom = reached(tenant, to)
        message = {
            "text": notice.text,
            "blocks": [section(notice.text), *rows("notice", [button(kind, notice.label, None)])],
            "unfurl_links": False,
            "unfurl_media": False,
        }
        await self._api.post(site, whom, message)
