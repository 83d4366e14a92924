"""Calls to Slack's Web API: one attempt each; a failure is an UndeliveredError without its words.

No attempt is repeated here: the answer to the first may have got lost, and then it is done.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from adapters.delivery import UndeliveredError
from adapters.slack.call import Caller, RefusedError
from adapters.slack.pace import Pace
from conversations.errors import StoreError

if TYPE_CHECKING:
    import aiohttp

    from adapters.slack.tokens import Site, Tokens

SLACK = "https://slack.com/api/"

POST_SECONDS = 10.0
WINDOW_SECONDS = 1.5
"""A trigger lives three seconds, and up to one of them was spent waiting for an earlier turn."""

LONGEST_PAUSE = 300.0

TOO_MANY, SERVER = 429, 500

PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""Errors that go by, of those at https://docs.slack.dev/reference/methods/chat.postMessage."""

REVOKED = frozenset({"account_inactive", "invalid_auth", "token_expired", "token_revoked"})
"""Words after which a token is good for nothing more."""

STALE = "hash_conflict"
"""Something else was shown in this window since."""

NAMED = (
    PASSING
    | REVOKED
    | {
        "access_denied",
        "channel_not_found",
        "expired_trigger_id",
        "hash_conflict",
        "invalid_blocks",
        "is_archived",
        "messages_tab_disabled",
        "missing_scope",
        "msg_blocks_too_long",
        "not_authed",
        "not_enabled",
        "not_found",
        "not_installed",
        "trigger_exchanged",
        "trigger_expired",
        "user_disabled",
    }
)
"""Slack's words that an operator may read in the log; any other is logged as `other`."""

_log = logging.getLogger("luwte.slack")


class GoneError(UndeliveredError):
    """There is no token for this place, or none that is still good."""


class StaleError(UndeliveredError):
    """A newer view stands in the window already, so this one is not wanted any more."""


class SlackApi:
    """What the bot does at Slack, each with the token of the place where it is done.

    Every method raises UndeliveredError when it was not done.
    """

    def __init__(
        self,
        *,
        tokens: Tokens,
        session: aiohttp.ClientSession,
        url: str = SLACK,
        pace: Pace | None = None,
    ) -> None:
        self._caller = Caller(session, url)
        self._tokens, self._pace = tokens, pace or Pace()

    async def post(self, site: Site, channel: str, message: dict[str, Any]) -> None:
        """One message, when its conversation may have one; others do not wait for it."""
        await self._pace.turn(channel)
        try:
            await self._call(
                site, "chat.postMessage", {"channel": channel, **message}, POST_SECONDS
            )
        except UndeliveredError as error:
            if error.retry_after is not None:
                self._pace.hold(channel, error.retry_after)
            raise

    async def open_window(self, site: Site, trigger: str, view: dict[str, Any]) -> None:
        await self._call(site, "views.open", {"trigger_id": trigger, "view": view}, WINDOW_SECONDS)

    async def update_window(
        self, site: Site, view_id: str, version: str | None, view: dict[str, Any]
    ) -> None:
        """Raises StaleError when the window is not at `version` any more."""
        known = {} if version is None else {"hash": version}
        arguments = {"view_id": view_id, **known, "view": view}
        await self._call(site, "views.update", arguments, WINDOW_SECONDS)

    async def publish(self, site: Site, user: str, view: dict[str, Any]) -> None:
        """The Home tab of one person."""
        await self._call(site, "views.publish", {"user_id": user, "view": view}, POST_SECONDS)

    async def installed(self, site: Site) -> bool | None:
        """Whether the app is still there; None when Slack does not say.

        Its token tells, so it is asked only where one is left: without a token it is not there.
        """
        try:
            await self._call(site, "auth.test", {}, POST_SECONDS)
        except GoneError:
            return False
        except UndeliveredError:
            return None
        return True

    async def _call(
        self, site: Site, method: str, arguments: dict[str, Any], seconds: float
    ) -> None:
        try:
            async with asyncio.timeout(seconds):
                try:
                    await self._attempt(site, method, arguments)
                except RefusedError as error:
                    if error.code not in REVOKED or not await self._tokens.refused(site):
                        raise
                    await self._attempt(site, method, arguments)  # it was installed anew meanwhile
        except UndeliveredError:
            raise
        except RefusedError as error:
            raise _undelivered(error) from None
        except StoreError:
            _log.warning("slack_token_unread")
            raise UndeliveredError from None
        except Exception:  # noqa: BLE001 - network, TLS: whatever it is, it was not delivered
            _log.warning("slack_unreachable")
            raise UndeliveredError from None

    async def _attempt(self, site: Site, method: str, arguments: dict[str, Any]) -> None:
        token = await self._tokens.of(site)
        if token is None:
            _log.warning("slack_refused", extra={"code": "not_installed"})
            raise GoneError(final=True)
        await self._caller.call(method, token, arguments)


def _undelivered(error: RefusedError) -> UndeliveredError:
    """Slack said no, or said nothing that can be read."""
    code, status = error.code, error.status
    if code == STALE:
        return StaleError(final=True)
    word = code if code in NAMED else "other"
    _log.warning("slack_refused", extra={"code": word, "status": status})
    if status == TOO_MANY or code == "ratelimited":
        return UndeliveredError(retry_after=_pause(error.pause))
    if status >= SERVER or code is None or code in PASSING:
        return UndeliveredError()
    return GoneError(final=True) if code in REVOKED else UndeliveredError(final=True)


def _pause(seconds: str | None) -> float | None:
    if seconds is None or not (seconds.isascii() and seconds.isdecimal()):
        return None
    return min(float(seconds), LONGEST_PAUSE)
