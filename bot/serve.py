"""`luwte serve`: answers Slack and Teams until it is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiohttp

from adapters.delivery import Delivery
from bot import facts, log, settings, wiring
from bot.hardening import harden
from bot.housekeeping import keep_house
from bot.web import application, listen
from storage.destruction import destroy_due

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adapters.reception import Reception
    from bot.settings import Settings
    from bot.web import Handler

OUTGOING = aiohttp.ClientTimeout(total=15)
"""Slack's client and Teams' connector rely on the session for a time-out."""

_log = logging.getLogger("luwte.serve")


def serve(env: Mapping[str, str]) -> int:
    """Runs in the foreground; 0 after SIGTERM or SIGINT. Raises SettingsError and the like before."""
    read = settings.read(env)
    log.set_up(read.log_level)
    harden()
    asyncio.run(_serve(read, env))
    return 0


async def _serve(read: Settings, env: Mapping[str, str]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with AsyncExitStack() as leaving:
        port = await start(read, env, time.time, leaving)
        _log.info("started", extra={"count": port})
        await stop.wait()
        _log.info("stopping")
    _log.info("stopped")


async def start(
    read: Settings, env: Mapping[str, str], clock: Callable[[], float], leaving: AsyncExitStack
) -> int:
    """Build everything and listen; `leaving` undoes it in the right order. The port it listens on."""
    house = wiring.house(
        database=read.database,
        keys=read.keys,
        organisations=read.organisations,
        clock=clock,
        env=env,
    )
    leaving.push_async_callback(house.close)
    facts.note(read.data, read.organisations.values(), datetime.fromtimestamp(clock(), UTC).date())
    session = await leaving.enter_async_context(aiohttp.ClientSession(timeout=OUTGOING))
    delivery = Delivery()
    leaving.push_async_callback(delivery.close)
    routes = await _routes(read, house.reception, delivery, session, clock, leaving)
    runner, port = await listen(application(routes), read.host, read.port)
    leaving.push_async_callback(runner.cleanup)
    chores = asyncio.create_task(
        keep_house(
            house.sessions,
            house.identities.recheck,
            lambda: destroy_due(read.keys, clock()),
            clock,
        )
    )
    leaving.push_async_callback(_cancel, chores)
    return port


async def _routes(
    read: Settings,
    reception: Reception,
    delivery: Delivery,
    session: aiohttp.ClientSession,
    clock: Callable[[], float],
    leaving: AsyncExitStack,
) -> dict[str, Handler]:
    """Only what is configured exists; each SDK is imported only then."""
    routes: dict[str, Handler] = {}
    if read.slack is not None:
        from adapters.slack.app import SlackApp

        routes["/slack/events"] = SlackApp(
            reception=reception,
            delivery=delivery,
            bot_token=read.slack.bot_token.reveal(),
            signing_secret=read.slack.signing_secret.reveal(),
            session=session,
            clock=clock,
            api_url=read.slack.api_url,
        ).handle
    if read.teams is not None:
        from adapters.teams.app import TeamsApp
        from adapters.teams.keyset import METADATA

        teams = TeamsApp(
            reception=reception,
            delivery=delivery,
            app_id=read.teams.app_id,
            app_password=read.teams.app_password.reveal(),
            app_tenant=read.teams.app_tenant,
            tenants=read.teams.tenants,
            session=session,
            clock=clock,
            metadata_url=read.teams.metadata_url or METADATA,
            token_url=read.teams.token_url,
        )
        leaving.push_async_callback(teams.close)
        routes["/api/messages"] = teams.handle
    return routes


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
