"""Which bot token speaks in which workspace; what Slack takes back is no longer used."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from adapters.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conversations.ports import Vault

REMEMBERED = 300.0
"""Seconds for which a token, or that there is none, is not looked up again."""

MOST = 10_000


class Site(NamedTuple):
    """Where the app is installed: `tenant` is the organisation, `team` the workspace if one is named.

    They are the same but on Enterprise Grid, where one organisation (E…) has several workspaces.
    """

    tenant: str
    team: str | None = None


def reached_at(site: Site, whom: str) -> str:
    """The address of a person or channel: with its workspace, where that may have a token of its own."""
    return whom if site.team in (None, site.tenant) else f"{site.team}/{whom}"


def reached(tenant: str, address: str) -> tuple[Site, str]:
    """The place whose token reaches it, and the person's or channel's id."""
    team, _, whom = address.rpartition("/")
    return Site(tenant, team or None), whom


class Tokens(Protocol):
    """Where bot tokens come from. Raises StoreError where that cannot be read."""

    async def of(self, site: Site) -> str | None:
        """The token for this place; None when there is none, or none any more."""
        ...

    async def refused(self, site: Site) -> bool:
        """Slack did not take the token of this place any more; whether another one is there by now."""
        ...

    async def forget(self, site: Site) -> None:
        """Slack told that the app has no token here any more: in this workspace alone, if one is named."""
        ...


class FixedTokens:
    """Tokens from the settings, by organisation. One that was revoked comes back with a restart."""

    def __init__(self, by_tenant: Mapping[str, str]) -> None:
        self._by_tenant = dict(by_tenant)

    async def of(self, site: Site) -> str | None:
        return self._by_tenant.get(site.tenant)

    async def refused(self, site: Site) -> bool:
        self._by_tenant.pop(site.tenant, None)
        return False

    async def forget(self, site: Site) -> None:
        if site.team in (None, site.tenant):
            self._by_tenant.pop(site.tenant, None)


class VaultTokens:
    """Tokens that came by an installation, of bots only; looked up once in five minutes.

    `clock` gives seconds of any beginning. An organisation on Enterprise Grid may have one token for
    all of it, or one for each workspace.
    """

    def __init__(self, vault: Vault, clock: Callable[[], float]) -> None:
        self._vault = vault
        self._known: Recent[Site, tuple[str | None, str]] = Recent(clock, REMEMBERED, MOST)

    async def of(self, site: Site) -> str | None:
        known = self._known.get(site)
        if known is None:
            known = await self._look_up(site)
            self._known.put(site, known)
        return known[0]

    async def refused(self, site: Site) -> bool:
        before = self._known.get(site)
        self._known.drop(site)
        token, label = await self._look_up(site)
        if before is not None and token == before[0] and token is not None:
            await self._vault.put(label, None)
            return False
        return token is not None

    async def forget(self, site: Site) -> None:
        """That of the workspace, if one is named: what others have in its enterprise stays."""
        await self._vault.put(label(site.team or site.tenant), None)
        for known in [each for each in self._known if site.tenant in each]:
            self._known.drop(known)

    async def keep(self, home: str, token: str) -> None:
        """The app was installed in this workspace or on this whole organisation."""
        await self._vault.put(label(home), token.encode())
        for site in [each for each in self._known if home in each]:
            self._known.drop(site)

    async def _look_up(self, site: Site) -> tuple[str | None, str]:
        for home in dict.fromkeys(each for each in (site.team, site.tenant) if each):
            found = await self._vault.get(label(home))
            if found is not None:
                return found.decode(), label(home)
        return None, label(site.tenant)


def label(home: str) -> str:
    """Where in the vault the token of a workspace or organisation lies."""
    return f"slack/token/{home}"
