"""The floor of a Teams bot in Python today: botbuilder's own CloudAdapter, and an echo.

    python -m tests.bench.stock_botbuilder PORT

Without an app id, so that neither tokens are checked nor fetched, and without state: both favour it.
"""

from __future__ import annotations

import sys
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.integration.aiohttp import (
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
)

from tests.bench.unproved import unproved


class Nobody:
    """Settings under which nobody has to prove anything."""

    APP_ID = ""
    APP_PASSWORD = ""


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(MessageFactory.text(f"echo: {turn_context.activity.text}"))


def main(port: int) -> None:
    authentication = ConfigurationBotFrameworkAuthentication(Nobody())
    adapter, bot = CloudAdapter(authentication), Echo()

    async def messages(request: web.Request) -> Any:
        return await adapter.process(request, bot)

    app = web.Application(middlewares=[unproved])
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
