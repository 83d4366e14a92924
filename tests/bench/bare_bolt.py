"""The floor of every Slack bot in Python: Bolt checks the signature, finds the listener, and it replies.

    python -m tests.bench.bare_bolt PORT API_URL

Nothing is kept, and the reply is one line. The client has one shared session, without which the SDK
opens a new one for each call.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.bench.slackside import BOT, PATH, SECRET, TOKEN

REPLY = "Wat weet je al: wat wil je in elk geval niet meer?"


async def authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id=None, bot_token=TOKEN, bot_id="B0INVENTED", bot_user_id=BOT
    )


def bolt(api_url: str) -> AsyncApp:
    client = AsyncWebClient(token=TOKEN, base_url=api_url)
    return AsyncApp(signing_secret=SECRET, client=client, authorize=authorize)


def run(app: AsyncApp, port: int, *starting: Any) -> None:
    """Serve it, with one session for everything that goes out."""
    served = app.server(port=port, path=PATH, host="127.0.0.1").web_app

    async def shared(_: web.Application) -> None:
        app.client.session = aiohttp.ClientSession()

    served.on_startup.extend((shared, *starting))
    web.run_app(served, host="127.0.0.1", port=port, access_log=None, print=None)


def main(port: int, api_url: str) -> None:
    app = bolt(api_url)

    @app.event("message")
    async def message(say: Any) -> None:
        await say(REPLY)

    @app.action(re.compile("press:.*"))
    async def pressed(ack: Any, say: Any) -> None:
        await ack()
        await say(REPLY)

    run(app, port)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
