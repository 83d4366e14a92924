"""Slack from its settings: the door for its requests, and the pages for an installation."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.slack.app import SlackApp
from adapters.slack.install import BEGIN, InstallPages
from adapters.slack.manifest import EVENTS, INSTALLED, SCOPES
from adapters.slack.pace import GAP, Pace
from adapters.slack.socketmode import SocketDoor
from adapters.slack.tokens import FixedTokens, VaultTokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import aiohttp

    from adapters.delivery import Delivery
    from adapters.reception import Reception
    from bot.slacksettings import SlackSettings
    from bot.web import Handler
    from conversations.organisation import Surfaces
    from conversations.ports import Vault


@dataclass(frozen=True, slots=True)
class Slack:
    """`posts` and `gets` are routes. `close` lets go of what is on its way."""

    app: SlackApp
    posts: Mapping[str, Handler]
    gets: Mapping[str, Handler]
    socket: tuple[SocketDoor, asyncio.Task[None]] | None

    async def close(self) -> None:
        if self.socket is not None:
            door, running = self.socket
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await door.close()
        await self.app.close()


def slack_of(  # noqa: PLR0913  each part has its name where it is called
    given: SlackSettings,
    *,
    reception: Reception,
    delivery: Delivery,
    vault: Vault,
    session: aiohttp.ClientSession,
    clock: Callable[[], float],
    public_url: str | None,
) -> Slack:
    """Everything of Slack that is configured, and nothing else; Socket Mode begins to connect."""
    installed = VaultTokens(vault, clock)
    fixed = FixedTokens({tenant: token.reveal() for tenant, token in given.tokens.items()})
    app = SlackApp(
        reception=reception,
        delivery=delivery,
        tokens=fixed if given.client is None else installed,
        vault=vault,
        signing_secret=given.signing_secret.reveal() if given.signing_secret else None,
        session=session,
        clock=clock,
        api_url=given.api_url,
        pace=Pace(0 if given.api_url else GAP),  # the limit is Slack's own
    )
    gets: dict[str, Handler] = {}
    if given.client is not None and public_url is not None:
        pages = InstallPages(
            client_id=given.client[0],
            client_secret=given.client[1].reveal(),
            url=public_url,
            scopes=SCOPES[_widest(given)],
            reception=reception,
            tokens=installed,
            installations=app.installations,
            session=session,
            clock=clock,
            api_url=given.api_url,
        )
        gets = {BEGIN: pages.begin, INSTALLED: pages.finish}
    if given.app_token is None:
        return Slack(app, {EVENTS: app.handle}, gets, None)
    door = SocketDoor(
        answer=app.answer,
        app_token=given.app_token.reveal(),
        session=session,
        api_url=given.api_url,
    )
    return Slack(app, {}, gets, (door, asyncio.create_task(door.run())))


def _widest(given: SlackSettings) -> Surfaces:
    """One app serves them all: where any organisation has the chat, it needs the scopes of the chat."""
    chat = any(each.surface == "choose" for each in given.tenants.values())
    return "choose" if chat else "private"
