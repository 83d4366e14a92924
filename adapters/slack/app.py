"""`POST /slack/events`: a request is verified, read, taken to its listener and always answered.

What people do all day goes the short way. For what comes seldom Bolt, used as a library inside our own
web server, tells the kinds apart; everything that it would do less carefully stands before it
(`envelope.py`) or behind it (`router.py`).
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.faults import named
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
from adapters.slack.installations import Installations
from adapters.slack.router import DONE, Answer, Router

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp
    from slack_bolt.context.async_context import AsyncBoltContext

    from adapters.delivery import Delivery
    from adapters.slack.envelope import Payload
    from adapters.slack.pace import Pace
    from adapters.slack.receives import Receives
    from adapters.slack.tokens import Tokens
    from conversations.ports import Vault

PAYLOAD = "luwte.payload"
ANSWER = "luwte.answer"
"""Where a payload and its answer lie in Bolt's context, past Bolt."""

_log = logging.getLogger("luwte.slack")


class SlackApp:
    """Slack's side of the bot, over HTTP (`handle`) or Socket Mode (`answer`).

    `clock` gives seconds since the Unix epoch. Without a signing secret nothing comes in over HTTP.
    """

    def __init__(  # noqa: PLR0913 - what the wiring knows, each by its name
        self,
        *,
        reception: Receives,
        delivery: Delivery,
        tokens: Tokens,
        vault: Vault,
        signing_secret: str | None,
        session: aiohttp.ClientSession,
        clock: Callable[[], float],
        api_url: str | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.api = SlackApi(tokens=tokens, session=session, url=api_url or SLACK, pace=pace)
        self.installations = Installations(tokens=tokens, vault=vault, clock=clock)
        self._router = Router(
            reception=reception,
            delivery=delivery,
            slack=self.api,
            installations=self.installations,
        )
        self._reception, self._secret, self._clock = reception, signing_secret, clock
        self._short = {
            EVENT: self._router.event,
            "block_actions": self._router.press,
            "view_submission": self._router.submission,
        }
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
        if not self._secret or not genuine(self._secret, request.headers, body, self._clock()):
            _log.info("signature_refused")
            return web.Response(status=401)
        payload = contents(request.content_type, body)
        if payload.get("ssl_check"):
            return web.Response()
        if payload.get("type") == ADDRESS_CHECK:
            return web.json_response({"challenge": payload.get("challenge")})
        given = await self.answer(payload)
        if not given.body:
            return web.Response(status=given.status)
        return web.json_response(given.body, status=given.status)

    async def answer(self, payload: Payload) -> Answer:
        """What a genuine payload is answered with; only a status of 200 means that it is kept.

        What people do all day goes straight to its listener; for the rest Bolt finds it by the
        outline, in its mode that takes a request as verified.
        """
        if not self._known(payload):
            _log.warning("stranger_refused")
            return Answer(200 if payload.get("type") == EVENT else 403)
        kind = payload.get("type")
        short = self._short.get(kind) if isinstance(kind, str) else None
        if short is not None:
            return await _guarded(short, payload)
        shape = outline(payload)
        if shape is None:
            return DONE
        request = AsyncBoltRequest(body=shape, context={PAYLOAD: payload}, mode="socket_mode")
        response = await self._bolt.async_dispatch(request)
        given = request.context.get(ANSWER)
        return given if isinstance(given, Answer) else Answer(response.status)

    async def close(self) -> None:
        """Let go of what is on its way behind the requests."""
        await self._router.close()

    def _known(self, payload: Payload) -> bool:
        home = inbound.tenant(payload)
        return home is not None and self._reception.knows(inbound.PLATFORM, home)

    def _listen(self) -> None:
        """One listener for each kind of request that comes seldom."""
        anything = re.compile("")
        self._bolt.command(anything)(_listener(self._router.entrance))
        self._bolt.global_shortcut(anything)(_listener(self._router.entrance))
        for kind in (self._bolt.view_closed, self._bolt.message_shortcut, self._bolt.options):
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
        given = await _guarded(answer, context[PAYLOAD])
        context[ANSWER] = given
        return BoltResponse(status=given.status, body="")

    return listen


async def _guarded(answer: Callable[[Payload], Awaitable[Answer]], payload: Payload) -> Answer:
    """Its answer; an error becomes a status, and its text reaches no log."""
    try:
        return await answer(payload)
    except Exception as error:  # noqa: BLE001 - see above
        _failed(error)
        return Answer(503 if payload.get("type") == EVENT else 200)


async def _nothing(_: Payload) -> Answer:
    return DONE


def _failed(error: Exception) -> None:
    _log.error("request_failed", extra={"code": named(error)})
