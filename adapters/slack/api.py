"""Calls to Slack's Web API: one attempt each; a failure is an UndeliveredError without its words.

The SDK's own exceptions quote whole responses, and its retries would send a message twice whose
answer got lost; so neither leaves this file.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.delivery import UndeliveredError

if TYPE_CHECKING:
    import aiohttp

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

NAMED = PASSING | {
    "access_denied",
    "account_inactive",
    "channel_not_found",
    "expired_trigger_id",
    "invalid_auth",
    "invalid_blocks",
    "is_archived",
    "messages_tab_disabled",
    "missing_scope",
    "msg_blocks_too_long",
    "not_authed",
    "token_expired",
    "token_revoked",
    "trigger_exchanged",
    "trigger_expired",
    "user_disabled",
}
"""Slack's words that an operator may read in the log; any other is logged as `other`."""

_log = logging.getLogger("luwte.slack")


class SlackApi:
    """What the bot does at Slack. Every method raises UndeliveredError when it was not done."""

    def __init__(self, *, token: str, session: aiohttp.ClientSession, url: str = SLACK) -> None:
        # The SDK writes every request and response out, even when nothing listens, unless its
        # logger has a level of its own.
        logger = logging.getLogger("slack_sdk.luwte")
        logger.setLevel(logging.WARNING)
        self._client = AsyncWebClient(
            token=token, base_url=url, session=session, logger=logger, retry_handlers=[]
        )

    async def post(self, channel: str, message: dict[str, Any]) -> None:
        await self._call("chat.postMessage", {"channel": channel, **message}, POST_SECONDS)

    async def open_window(self, trigger: str, view: dict[str, Any]) -> None:
        await self._call("views.open", {"trigger_id": trigger, "view": view}, WINDOW_SECONDS)

    async def update_window(self, view_id: str, view: dict[str, Any]) -> None:
        await self._call("views.update", {"view_id": view_id, "view": view}, WINDOW_SECONDS)

    async def _call(self, method: str, arguments: dict[str, Any], seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._client.api_call(method, json=arguments)
        except SlackApiError as error:
            raise _undelivered(error) from None
        except Exception:  # noqa: BLE001 - network, TLS, no JSON: the SDK raises them as they come
            _log.warning("slack_unreachable")
            raise UndeliveredError from None


def _undelivered(error: SlackApiError) -> UndeliveredError:
    """Slack said no, or said nothing that can be read."""
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", SERVER))
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    word = code if code in NAMED else "other"
    _log.warning("slack_refused", extra={"code": word, "status": status})
    if status == TOO_MANY or code == "ratelimited":
        return UndeliveredError(retry_after=_pause(response.headers.get("Retry-After")))
    if status >= SERVER or code is None or code in PASSING:
        return UndeliveredError()
    return UndeliveredError(final=True)


def _pause(seconds: str | None) -> float | None:
    if seconds is None or not (seconds.isascii() and seconds.isdecimal()):
        return None
    return min(float(seconds), LONGEST_PAUSE)
