"""Thirty days after the app was taken away from an organisation its secrets are destroyed.

Being installed again stops the clock. Where a token is left (from the settings after a restart, or of
the whole enterprise) Slack is asked as well: an app whose token is good is installed, whatever was
told, and while Slack does not say, nothing is destroyed. Without a token nobody can be asked.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from adapters.slack.tokens import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from adapters.slack.app import SlackApp

_log = logging.getLogger("luwte.housekeeping")


async def destroy_what_left(
    app: SlackApp, tenants: Iterable[str], destroy: Callable[[str], int]
) -> bool:
    """Look at every organisation once; whether all of them could be looked at.

    `destroy` makes all that an organisation's people have here unreadable; how many secrets there
    were. Raises StoreError.
    """
    whole = True
    for tenant in tenants:
        since = await app.installations.left(tenant)
        if since is None:
            continue
        installed = await app.api.installed(Site(tenant))
        if installed:
            await app.installations.installed(tenant)
            _log.info("installed_again")
        elif installed is None:
            whole = False
        elif app.installations.over(since):
            gone = await asyncio.to_thread(destroy, tenant)
            if gone:
                _log.info("organisation_destroyed", extra={"count": gone})
    return whole
