"""`POST /slack/events`: a request is verified, read, handed to Bolt and always answered.

Bolt is used as a library inside our own web server. It tells the kinds of request apart and answers
Slack's check of the address; everything that it would do less carefully stands before it
(`envelope.py`) or behind it (`router.py`).
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import inbound
from adapters.slack.api import SLACK, SlackApi
from adapters.slack.envelope import (
    ADDRESS_CHECK,
    EVENT,
    MalformedError,
    UnsupportedError,
    contents,
    genuine,
    outline,
)
from adapters.slack.router import DONE, Router, named

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp
    from slack_bolt.context.async_context import AsyncBoltContext

    from adapters.delivery import Delivery
    from adapters.slack.envelope import Payload
    from adapters.slack.router import Answer, Receives

PAYLOAD = "luwte.payload"
"""Where a payload lies in Bolt's context, past Bolt."""

_log = logging.getLogger("luwte.slack")


class SlackApp:
    """The chat surface of Slack. `clock` gives seconds since the Unix epoch.

    One bot token serves every organisation that `reception` knows of; an empty secret is refused,
    since anybody could sign with it.
    """

    def __init__(  # noqa: PLR0913 - what the wiring knows, each by its name
        self,
        *,
        reception: Receives,
        delivery: Delivery,
        bot_token: str,
        signing_secret: str,
        session: aiohttp.ClientSession,
        clock: Callable[[], float],
        api_url: str | None = None,
    ) -> None:
        if not bot_token or not signing_secret:
            raise ValueError("slack_secrets_missing")
        slack = SlackApi(token=bot_token, session=session, url=api_url or SLACK)
        self._router = Router(reception=reception, delivery=delivery, slack=slack)
        self._reception, self._secret, self._clock = reception, signing_secret, clock
        self._bolt = _bolt()
        self._listen()

    async def handle(self, request: web.Request) -> web.Response:
        """Never raises: an error in here must reach neither aiohttp's log nor the person."""
        try:
            return await self._handle(request)
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except (web.RequestPayloadError, MalformedError):
            return web.Response(status=400)
        except UnsupportedError:
            return web.Response(status=415)
        except Exception as error:  # noqa: BLE001 - see above
            _failed(error)
            return web.Response(status=503)

    async def _handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not genuine(self._secret, request.headers, body, self._clock()):
            _log.info("signature_refused")
            return web.Response(status=401)
        payload = contents(request.content_type, body)
        if payload.get("ssl_check"):
            return web.Response()
        if payload.get("type") != ADDRESS_CHECK and not self._known(payload):
            _log.warning("stranger_refused")
            return web.Response(status=200 if payload.get("type") == EVENT else 403)
        return await self._dispatch(payload)

    async def _dispatch(self, payload: Payload) -> web.Response:
        """Bolt finds the listener by the outline, in its mode that takes a request as verified."""
        shape = outline(payload)
        if shape is None:
            return web.Response()
        request = AsyncBoltRequest(body=shape, context={PAYLOAD: payload}, mode="socket_mode")
        return await to_aiohttp_response(await self._bolt.async_dispatch(request))

    def _known(self, payload: Payload) -> bool:
        home = inbound.tenant(payload)
        return home is not None and self._reception.knows(inbound.PLATFORM, home)

    def _listen(self) -> None:
        """One listener for each kind of request, since Bolt tries its listeners one by one."""
        anything = re.compile("")
        self._bolt.event(anything)(_listener(self._router.message))
        self._bolt.action(anything)(_listener(self._router.press))
        self._bolt.view_submission(anything)(_listener(self._router.submission))
        self._bolt.command(anything)(_listener(self._router.command))
        for kind in (self._bolt.view_closed, self._bolt.shortcut, self._bolt.options):
            kind(anything)(_listener(_nothing))


def _bolt() -> AsyncApp:
    """Bolt without its own checks, token, calls and, below WARNING, words."""
    logger = logging.getLogger("slack_bolt.luwte")
    logger.setLevel(logging.WARNING)
    return AsyncApp(
        name="slack_bolt.luwte",
        logger=logger,
        authorize=_authorize,
        client=AsyncWebClient(logger=logger),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


async def _authorize() -> AuthorizeResult:
    """Who may come in was decided before Bolt.

    With a token of its own Bolt would call `auth.test` at the first event, and answer 200 to that
    event, which nobody would ever see again, when the call fails.
    """
    return AuthorizeResult(enterprise_id=None, team_id=None)


def _listener(
    answer: Callable[[Payload], Awaitable[Answer]],
) -> Callable[..., Awaitable[BoltResponse]]:
    async def listen(context: AsyncBoltContext) -> BoltResponse:
        payload: Payload = context[PAYLOAD]
        try:
            given = await answer(payload)
        except Exception as error:  # noqa: BLE001 - Bolt would log the text of it
            _failed(error)
            return BoltResponse(status=503 if payload.get("type") == EVENT else 200)
        return BoltResponse(status=given.status, body=given.body or "")

    return listen


async def _nothing(_: Payload) -> Answer:
    return DONE


def _failed(error: Exception) -> None:
    _log.error("request_failed", extra={"code": named(error)})
