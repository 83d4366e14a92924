"""Whether `serve` answers: alive, ready, the platforms' doors, and nothing that should not be seen."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

import aiohttp

from bot.doctor.finding import Finding, note, well, wrong
from bot.settings import ADMIN_PORT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings

PATIENCE = aiohttp.ClientTimeout(total=5)
OK, UNAUTHORIZED = 200, 401
SLACK_PATH, TEAMS_PATH = "/slack/events", "/api/messages"


async def look(
    session: aiohttp.ClientSession, read: Settings, now: float
) -> AsyncIterator[Finding]:
    """Asks the listeners of this machine, and the public address where it is set."""
    here = f"http://{_reached(read.host)}:{read.port}"
    alive = await _get(session, f"{here}/healthz")
    if alive != OK:
        yield wrong("serve", f"nothing answers at {here}", "start `luwte serve`, then look again")
        return
    yield well("serve", f"answers at {here}")
    yield await _ready(session, read)
    if not _is_loopback(read.admin.host):
        yield note(
            "second listener",
            f"bound to {read.admin.host}: whoever reaches it sees when people talk",
            "let only the load balancer and Prometheus reach it",
        )
    async for finding in doors(session, read, here, "round trip", now):
        yield finding


async def doors(
    session: aiohttp.ClientSession, read: Settings, base: str, what: str, now: float
) -> AsyncIterator[Finding]:
    """A signed request and an unsigned one, as a platform and as a stranger would send them."""
    if read.slack is not None:
        from adapters.slack import examine as slack

        signing = read.slack.signing_secret
        if signing is None:
            yield note(
                f"Slack {what}", "Socket Mode: Slack's requests come over our own connection"
            )
        else:
            door = await slack.door(session, base + SLACK_PATH, signing.reveal(), now)
            yield _slack_door(door.signed, door.unsigned, what)
    if read.teams is not None:
        from adapters.teams import examine as teams

        status = await teams.door(session, base + TEAMS_PATH)
        if status == UNAUTHORIZED:
            yield well(f"Teams {what}", "there, and closed to whoever has no token of Microsoft's")
        else:
            yield wrong(
                f"Teams {what}",
                f"a stranger is answered with {status or 'nothing'} in place of 401",
                f"see that {TEAMS_PATH} reaches this server unchanged, with its Authorization header",
            )


def _slack_door(signed: int | None, unsigned: int | None, what: str) -> Finding:
    if signed == OK and unsigned == UNAUTHORIZED:
        return well(f"Slack {what}", "a signed request is answered, an unsigned one is refused")
    if signed == UNAUTHORIZED:
        return wrong(
            f"Slack {what}",
            "a signed request is refused",
            "serve runs with another SLACK_SIGNING_SECRET, the clock is off, or a proxy changes the "
            "body: restart serve, and let the proxy pass bodies and X-Slack-* headers as they are",
        )
    return wrong(
        f"Slack {what}",
        f"signed: {signed or 'no answer'}, unsigned: {unsigned or 'no answer'}",
        f"see that POST {SLACK_PATH} reaches this server unchanged",
    )


async def _ready(session: aiohttp.ClientSession, read: Settings) -> Finding:
    where = f"http://{_reached(read.admin.host)}:{read.admin.port or ADMIN_PORT}"
    status = await _get(session, f"{where}/readyz")
    if status == OK:
        return well("ready", f"database and keys, says {where}/readyz")
    if status is None:
        return wrong(
            "ready",
            f"nothing answers at {where}",
            "another process had that port: set LUWTE_ADMIN_PORT to a free one for each process",
        )
    return wrong("ready", f"{where}/readyz says no", f"`curl {where}/readyz` says what is missing")


async def _get(session: aiohttp.ClientSession, url: str) -> int | None:
    try:
        async with session.get(url, timeout=PATIENCE, allow_redirects=False) as response:
            return response.status
    except (aiohttp.ClientError, TimeoutError):
        return None


def _reached(host: str) -> str:
    """Where a listener on every address can be reached from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  compared, not bound


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
