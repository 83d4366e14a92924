"""`luwte serve`: answers Slack and Teams until it is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import aiohttp

from adapters.delivery import Delivery
from adapters.limits import Limits
from bot import admin, facts, log, settings, wiring
from bot.gate import Gate
from bot.hardening import harden
from bot.housekeeping import keep_house
from bot.metrics import Metrics, counted
from bot.notifying import notices
from bot.rounds import Chores
from bot.settling import listening, settled
from bot.steady import Steady
from bot.web import application, listen
from storage.destruction import destroy_due, destroy_organisation
from storage.epoch_files import EPOCHS, listed
from storage.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from adapters.teams.app import TeamsApp
    from bot.settings import Settings
    from bot.slack import Slack
    from bot.web import Handler
    from bot.wiring import House

OUTGOING = aiohttp.ClientTimeout(total=15)
"""Slack's client and Teams' connector rely on the session for a time-out."""

UNPROVED = """
  ┌────────────────────────────────────────────────────────────────────────┐
  │  LUWTE_TEAMS_DEVELOPMENT is on: NOBODY PROVES WHO THEY ARE.            │
  │  Whoever reaches this port can read and write in anybody's name.       │
  │  It listens on 127.0.0.1 only, whatever LUWTE_HOST says. Never in use. │
  └────────────────────────────────────────────────────────────────────────┘
"""

_log = logging.getLogger("luwte.serve")


def serve(env: Mapping[str, str]) -> int:
    """Runs in the foreground; 0 after SIGTERM or SIGINT. Raises SettingsError and the like before."""
    read = settings.read(env)
    log.set_up(read.log_level)
    harden()
    if read.teams is not None and read.teams.development:
        print(UNPROVED, file=sys.stderr)
        _log.warning("authentication_off")
    asyncio.run(_serve(read, env))
    return 0


async def _serve(read: Settings, env: Mapping[str, str]) -> None:
    """Until it is asked to stop; asked once more, it does not wait for the load balancer."""
    stop, now = asyncio.Event(), asyncio.Event()

    def asked() -> None:
        (now if stop.is_set() else stop).set()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked)
    gate = Gate()
    async with AsyncExitStack() as leaving:
        port = await start(read, env, time.time, leaving, gate)
        settled()
        _log.info("started", extra={"count": port})
        await stop.wait()
        _log.info("stopping")
        gate.closing = True
        with suppress(TimeoutError):
            async with asyncio.timeout(read.drain):
                await now.wait()
    _log.info("stopped")


async def start(
    read: Settings,
    env: Mapping[str, str],
    clock: Callable[[], float],
    leaving: AsyncExitStack,
    gate: Gate | None = None,
) -> int:
    """Build everything and listen; `leaving` undoes it in the right order. The port it listens on."""
    gate, metrics = gate or Gate(), Metrics()
    leaving.callback(counted(metrics))
    house = wiring.house(
        database=read.database,
        keys=read.keys,
        organisations=read.organisations,
        clock=clock,
        env=env,
        limits=Limits(read.person_limit),
        metrics=metrics,
    )
    leaving.push_async_callback(house.close)
    await _published(read, house, clock)
    ears = asyncio.to_thread(listening, house.reception.scripts(*next(iter(read.organisations))))
    leaving.push_async_callback(asyncio.wait, {asyncio.create_task(ears)})
    session = await leaving.enter_async_context(
        aiohttp.ClientSession(timeout=OUTGOING, cookie_jar=aiohttp.DummyCookieJar())
    )
    delivery = Delivery()
    leaving.push_async_callback(delivery.close)
    slack = _slack(read, house, delivery, session, clock)
    teams = _teams(read, house, delivery, session, clock)
    routes: dict[str, Handler] = {}
    if teams is not None:
        leaving.push_async_callback(teams.close)
        routes["/api/messages"] = teams.handle
    if slack is not None:
        leaving.push_async_callback(slack.close)
        routes |= slack.posts
    gate.measured = metrics.request
    metrics.watch("luwte_requests_in_hand", "Requests being answered", lambda: gate.inside)
    metrics.watch("luwte_store_waiting", "Turns that wait for the store", house.sessions.waiting)
    metrics.watch("luwte_answers_waiting", "Answers that a platform did not take", delivery.waiting)
    for_operator = admin.application(
        admin.Readiness(gate, house.sessions.ping, _keys(read, env)), metrics
    )
    inside = await admin.open_for_operator(for_operator, read.admin)
    if inside is not None:
        leaving.push_async_callback(inside.cleanup)
    pages = slack.gets if slack is not None else {}
    runner, port = await listen(application(routes, gate, pages), read.host, read.port)
    leaving.push_async_callback(runner.cleanup)
    steady = Steady(clock)
    chores = asyncio.create_task(
        keep_house(
            house.sessions,
            house.identities.recheck,
            lambda: destroy_due(read.keys, clock()),
            clock,
            steady=steady,
            noted=_noting(metrics, Survey(read.database), partial(_published, read, house, clock)),
            departed=_departed(read, env, slack),
        )
    )
    leaving.push_async_callback(_cancel, chores)
    notifier = notices(
        house.texts,
        slack=slack.app.api if slack is not None else None,
        teams=teams.connector if teams is not None else None,
        mail=read.mail,
    )
    rounds = Chores(house.rounds, notifier, clock, steady.believed, metrics.failing)
    leaving.push_async_callback(_cancel, asyncio.create_task(rounds.keep()))
    return port


def _keys(read: Settings, env: Mapping[str, str]) -> Callable[[], None]:
    """Reads what every turn needs of the keys. Raises KeysError and OSError."""
    roots = wiring.root_keys(read.keys, env)

    def look() -> None:
        roots()
        listed(read.keys / EPOCHS)

    return look


async def _published(read: Settings, house: House, clock: Callable[[], float]) -> None:
    """Note what is published about each organisation, where it changed since it was noted last."""
    now = await facts.published(read.organisations.values(), house.coaches)
    facts.note(read.data, now, datetime.fromtimestamp(clock(), UTC).date())


def _noting(
    metrics: Metrics, survey: Survey, published: Callable[[], Awaitable[None]]
) -> Callable[[str], Awaitable[None]]:
    """What follows a chore: its age begins anew, and after the daily one so do the daily figures."""

    async def noted(chore: str) -> None:
        metrics.chore(chore)
        if chore == "purge":
            metrics.daily(await asyncio.to_thread(survey.count))
            await published()

    return noted


def _slack(
    read: Settings,
    house: House,
    delivery: Delivery,
    session: aiohttp.ClientSession,
    clock: Callable[[], float],
) -> Slack | None:
    """Where it is configured; its SDK is imported only then."""
    if read.slack is None:
        return None
    from bot.slack import slack_of

    return slack_of(
        read.slack,
        reception=house.reception,
        delivery=delivery,
        vault=house.vault,
        session=session,
        clock=clock,
        public_url=read.public_url,
    )


def _departed(
    read: Settings, env: Mapping[str, str], slack: Slack | None
) -> Callable[[], Awaitable[bool]] | None:
    """Looks whether the app was taken away from an organisation for good, and destroys what is then due."""
    if slack is None or read.slack is None:
        return None
    from bot.departures import destroy_what_left

    roots, tenants, app = wiring.root_keys(read.keys, env), tuple(read.slack.tenants), slack.app

    def destroy(tenant: str) -> int:
        return destroy_organisation(read.keys, roots().present, "slack", tenant)

    return lambda: destroy_what_left(app, tenants, destroy)


def _teams(
    read: Settings,
    house: House,
    delivery: Delivery,
    session: aiohttp.ClientSession,
    clock: Callable[[], float],
) -> TeamsApp | None:
    """Where it is configured; its SDK is imported only then."""
    if read.teams is None:
        return None
    from bot.teams import teams_app

    return teams_app(read.teams, house.reception, delivery, session, clock)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
