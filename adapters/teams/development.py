"""No authentication at all, for a bot on this machine that talks to an emulator on this machine.

Anybody who reaches the route can speak in anybody's name, so whoever switches this on must listen
on loopback only (`bot/settings.py` sees to that), and no answer leaves the machine.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from adapters.teams.activity import tenant, text
from adapters.teams.auth import CHANNEL, LONGEST_URL, RefusedError

if TYPE_CHECKING:
    from adapters.teams.activity import Json


class Unproved:
    """Takes every activity of these tenants whose answer stays on this machine."""

    def __init__(self, tenants: frozenset[str]) -> None:
        self._tenants = tenants

    async def verify(self, header: str) -> Json:
        del header
        return {"aud": "development"}

    def bind(self, claims: Json, activity: Json) -> None:
        del claims
        if text(activity, "channelId") != CHANNEL:
            raise RefusedError("channel")
        if not _on_this_machine(text(activity, "serviceUrl", longest=LONGEST_URL) or ""):
            raise RefusedError("service_url")
        if tenant(activity) not in self._tenants:
            raise RefusedError("tenant")


class NoToken:
    """An emulator asks for none."""

    async def value(self) -> str:
        return "development"

    def forget(self) -> None:
        """There is nothing to forget."""

    async def close(self) -> None:
        """There is nothing under way."""


def _on_this_machine(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
