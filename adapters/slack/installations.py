"""What Slack tells about the installation itself, and what follows when an app is taken away.

`tokens_revoked` only stops posting. `app_uninstalled` starts a clock of 30 days for that
organisation, after which its secrets are destroyed (`bot/departures.py`); being installed again stops
it. Of the moment only the week is kept, so the clock runs from the end of that week. One workspace of
an enterprise starts no clock: the others share its secrets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.incoming import week
from adapters.slack import inbound
from adapters.slack.tokens import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.slack.envelope import Payload
    from adapters.slack.tokens import Tokens
    from conversations.ports import Vault

DAYS = 30
DAY = 86_400
FIRST_MONDAY = -3
"""Days from the Unix epoch to the Monday on which week 0 begins."""


class Installations:
    """`clock` gives seconds since the Unix epoch."""

    def __init__(self, *, tokens: Tokens, vault: Vault, clock: Callable[[], float]) -> None:
        self._tokens, self._vault, self._clock = tokens, vault, clock

    async def revoked(self, payload: Payload) -> None:
        """Tokens were taken back; only one of a bot is ours."""
        site = _site(payload)
        if site is not None and inbound.revokes_a_bot(payload):
            await self._tokens.forget(site)

    async def uninstalled(self, payload: Payload) -> None:
        """The app was taken away: noted with its week, and nothing more is posted there."""
        site = _site(payload)
        if site is None:
            return
        whole = site.team in (None, site.tenant)
        if whole and await self._vault.get(label(site.tenant)) is None:
            await self._vault.put(label(site.tenant), str(week(self._clock())).encode())
        await self._tokens.forget(site)

    async def installed(self, tenant: str) -> None:
        """It is there again: the clock stops."""
        await self._vault.put(label(tenant), None)

    async def left(self, tenant: str) -> int | None:
        """The week in which the app was taken away from this organisation; None while it is there."""
        noted = await self._vault.get(label(tenant))
        return None if noted is None else int(noted)

    def over(self, since: int) -> bool:
        """Whether 30 days have passed since the end of this week."""
        ended = FIRST_MONDAY + 7 * (since + 1)
        return self._clock() >= (ended + DAYS) * DAY


def label(tenant: str) -> str:
    """Where in the vault the week lies in which the app was taken away."""
    return f"slack/left/{tenant}"


def _site(payload: Payload) -> Site | None:
    """Where that installation was: no workspace where it was on a whole enterprise."""
    tenant = inbound.tenant(payload)
    if tenant is None or inbound.everywhere(payload):
        return None if tenant is None else Site(tenant)
    return Site(tenant, inbound.workspace(payload))
