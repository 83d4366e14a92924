"""Slack on loopback, as fast as can be: really signed events and clicks, and a Web API that says yes."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from bot.bench.wire import request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.bench.flow import Deed, Person

SECRET = "an-invented-signing-secret"
TOKEN = "xoxb-invented"
TEAM = "T0INVENTED"
BOT = "U0INVENTEDBOT"
PATH = "/slack/events"

_CHANNEL = re.compile(rb'"channel": ?"(D[0-9]+)"')
_TOKEN = re.compile(rb'"value": ?"([^"|]+)"')
_SAID_YES = b'{"ok":true,"channel":"D1","ts":"1700000000.000100","message":{"text":"x"}}'


def _shown() -> list[dict[str, object]]:
    """The message that a click brings along, as Slack does: a question of four answers."""
    long = "Wat weet je al, en wat wil je in elk geval niet meer? " * 2
    labels = ("Altijd haast", "Elke week hetzelfde", "Alles alleen doen", "Doen alsof")
    button = {"type": "button", "value": "0badcafe.7"}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": long, "verbatim": True}},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{long}*", "verbatim": True}},
        {
            "type": "actions",
            "block_id": "options_0",
            "elements": [
                button | {"action_id": f"press:{n}", "text": {"type": "plain_text", "text": label}}
                for n, label in enumerate(labels)
            ],
        },
        {
            "type": "actions",
            "block_id": "controls_0",
            "elements": [
                button
                | {"action_id": f"press:{name}", "text": {"type": "plain_text", "text": name}}
                for name in ("window", "skip", "help", "mydata")
            ],
        },
    ]


def _click() -> str:
    """A click as a form; what changes is marked, so that it is quoted once only."""
    payload: dict[str, Any] = {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "invented"},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": "UQUSERQ", "username": "invented", "name": "invented", "team_id": TEAM},
        "api_app_id": "A0INVENTED",
        "token": "invented",
        "trigger_id": "1.2.invented-trigger",
        "container": {"type": "message", "message_ts": "1.000100", "channel_id": "DQUSERQ"},
        "channel": {"id": "DQUSERQ", "name": "directmessage"},
        "message": {
            "type": "message",
            "user": BOT,
            "bot_id": "B0INVENTED",
            "ts": "1700000000.000100",
            "text": "Wat wil je in elk geval niet meer?",
            "team": TEAM,
            "blocks": _shown(),
        },
        "state": {"values": {}},
        "response_url": "https://hooks.slack.invalid/actions/invented",
        "actions": [
            {
                "type": "button",
                "action_id": "press:QNAMEQ",
                "block_id": "options_0",
                "text": {"type": "plain_text", "text": "QNAMEQ"},
                "value": "QTOKENQ",
                "action_ts": "QMOMENTQ",
            }
        ],
    }
    return "payload=" + quote_plus(json.dumps(payload))


def _event() -> str:
    """A direct message as JSON; what changes is marked."""
    payload = {
        "token": "invented",
        "team_id": TEAM,
        "api_app_id": "A0INVENTED",
        "type": "event_callback",
        "event_id": "EvQNUMBERQ",
        "event_time": 1700000000,
        "event_context": "invented-context",
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event": {
            "type": "message",
            "client_msg_id": "00000000-0000-0000-0000-000000000000",
            "user": "UQUSERQ",
            "team": TEAM,
            "text": "QTEXTQ",
            "ts": "QMOMENTQ",
            "event_ts": "QMOMENTQ",
            "channel": "DQUSERQ",
            "channel_type": "im",
            "blocks": [
                {
                    "type": "rich_text",
                    "block_id": "aB1",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "QTEXTQ"}],
                        }
                    ],
                }
            ],
        },
    }
    return json.dumps(payload)


@dataclass
class SlackSide:
    """Implements `bot.bench.flow.Side`; `answered` is the Web API."""

    base: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _click: str = field(default_factory=_click)
    _event: str = field(default_factory=_event)

    def address(self, person: Person) -> str:
        return f"D{person.number:08d}"

    def request(self, person: Person, deed: Deed) -> bytes:
        user, number = f"{person.number:08d}", f"{next(self._numbers):08d}"
        moment = f"{time.time():.6f}"
        if deed.kind == "say":
            body = self._event.replace("QTEXTQ", deed.what)
            kind = "application/json"
        else:
            body = self._click.replace("QNAMEQ", deed.what)
            body = body.replace("QTOKENQ", person.token or "none")
            kind = "application/x-www-form-urlencoded"
        body = body.replace("QUSERQ", user).replace("QNUMBERQ", number)
        return _signed(body.replace("QMOMENTQ", moment).encode(), kind, moment.partition(".")[0])

    def read(self, person: Person, reply: bytes) -> None:
        found = _TOKEN.search(reply)
        person.token = found[1].decode() if found else ""

    def direct(self, deed: Deed, person: Person) -> bool:
        del deed, person
        return False

    def answered(self, what: str, body: bytes) -> bytes:
        """One call of the Web API; a message reaches whoever waits for it."""
        if what.endswith("chat.postMessage"):
            found = _CHANNEL.search(body)
            person = self.people.get(found[1].decode()) if found else None
            if person is not None and person.reply is not None and not person.reply.done():
                person.reply.set_result(body)
        return _SAID_YES


def _signed(body: bytes, kind: str, stamp: str) -> bytes:
    mac = hmac.digest(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return request(
        PATH,
        body,
        f"Content-Type: {kind}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
        f"X-Slack-Signature: v0={mac.hex()}\r\n",
    )
