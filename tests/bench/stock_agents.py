"""The same echo on botbuilder's successor, the Microsoft 365 Agents SDK.

    python -m tests.bench.stock_agents PORT

Nobody has to prove anything, and nothing is kept: both favour it.
"""

from __future__ import annotations

import sys
from typing import Any

from aiohttp import web
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler, MessageFactory
from microsoft_agents.hosting.core.authorization import AgentAuthConfiguration, AuthTypes

from tests.bench.unproved import unproved


class Provider:
    """Gives no token where none is asked for."""

    def __init__(self, configuration: AgentAuthConfiguration) -> None:
        self.configuration = configuration

    async def get_access_token(self, *_: Any, **__: Any) -> str:
        return ""

    def get_token_credential(self) -> None:
        return None


class Connections:
    """One for everything."""

    def __init__(self, configuration: AgentAuthConfiguration) -> None:
        self._provider, self._configuration = Provider(configuration), configuration

    def get_connection(self, _: str | None) -> Provider:
        return self._provider

    def get_default_connection(self) -> Provider:
        return self._provider

    def get_token_provider(self, *_: Any) -> Provider:
        return self._provider

    def get_token_provider_from_activity(self, *_: Any) -> Provider:
        return self._provider

    def get_default_connection_configuration(self) -> AgentAuthConfiguration:
        return self._configuration


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: Any) -> None:
        await turn_context.send_activity(MessageFactory.text(f"echo: {turn_context.activity.text}"))


def main(port: int) -> None:
    configuration = AgentAuthConfiguration(
        AuthTypes.client_secret,
        client_id=None,
        tenant_id="invented",
        client_secret="invented",
        anonymous_allowed=True,
        validate_issuer=False,
    )
    connections: Any = Connections(configuration)
    adapter, bot = CloudAdapter(connection_manager=connections), Echo()

    async def messages(request: web.Request) -> Any:
        return await adapter.process(request, bot)

    app = web.Application(middlewares=[unproved, jwt_authorization_middleware])
    app["agent_configuration"] = configuration
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
