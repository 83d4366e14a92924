"""The address at which Slack and Microsoft reach this server: its name, its certificate, its doors."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding, note, well, wrong
from bot.doctor.listeners import OK, doors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings

PATIENCE = 10.0
"""Seconds."""

SOON = 14
"""Days before its end at which a certificate should have been renewed."""

HIDDEN = ("/metrics", "/readyz")


async def look(
    read: Settings, now: float, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Finding]:
    """Nothing but a note where no address is set. `tls` says whom to trust; else this machine's own."""
    url = read.public_url
    if url is None:
        yield note(
            "public address", "not set, so not tried", "set LUWTE_PUBLIC_URL to https://YOUR.HOST"
        )
        return
    trusted = tls or ssl.create_default_context()
    found = await _certificate(url, trusted, now)
    yield found
    if found.state == "wrong":
        return
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=trusted)) as outside:
        if await _status(outside, f"{url}/healthz") != OK:
            yield wrong(
                "public address",
                "something answers there, and it is not this server",
                "let the proxy pass requests for that name on to serve",
            )
            return
        for path in HIDDEN:
            if await _status(outside, url + path) == OK:
                yield wrong(
                    "public address",
                    f"{path} can be seen by everybody",
                    "pass on only the platforms' paths and /healthz, and not to the second listener",
                )
        async for finding in doors(outside, read, url, "round trip from outside", now):
            yield finding


async def _certificate(url: str, trusted: ssl.SSLContext, now: float) -> Finding:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(host, port, ssl=trusted)
        ends = str(writer.get_extra_info("peercert").get("notAfter", ""))
        writer.transport.abort()
    except ssl.SSLCertVerificationError as error:
        return wrong(
            "TLS",
            f"the certificate of {host} is not good: {error.verify_message}",
            "both platforms insist on a certificate of a public authority, with its whole chain",
        )
    except ssl.SSLError:
        return wrong(
            "TLS", f"{host} does not speak TLS on port {port}", "put the proxy's TLS there"
        )
    except (OSError, TimeoutError):
        return wrong(
            "public address",
            f"{host} port {port} cannot be reached from here",
            "look at its DNS name, the firewall, and whether the proxy runs",
        )
    days = int((ssl.cert_time_to_seconds(ends) - now) // 86_400) if ends else 0
    if days < SOON:
        return note("TLS", f"the certificate ends in {days} days", "see that it is renewed in time")
    return well("TLS", f"good for {days} days, as of {time.strftime('%Y-%m-%d', time.gmtime(now))}")


async def _status(session: aiohttp.ClientSession, url: str) -> int | None:
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with session.get(url, timeout=timeout, allow_redirects=False) as response:
            return response.status
    except (aiohttp.ClientError, TimeoutError):
        return None
