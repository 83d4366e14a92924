"""What stands before Bolt: whether a request is really Slack's, and what it holds.

Bolt checks signatures too, but it parses first, answers 500 to a timestamp that is no number and
logs the whole body of a request whose signature is wrong.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from adapters.slack import form

if TYPE_CHECKING:
    from collections.abc import Mapping

Payload = dict[str, Any]

WINDOW = 300
"""Seconds that a request may be old, or ahead of our clock."""

MOST_FIELDS = 100
DIGITS = 12


EVENT = "event_callback"
ADDRESS_CHECK = "url_verification"

_OUTLINES: dict[str, Payload] = {
    EVENT: {"event": {"type": "any"}},
    "block_actions": {"actions": [{"action_id": "any"}]},
    "block_suggestion": {"action_id": "any", "block_id": "any"},
    "message_action": {"callback_id": "any"},
    "shortcut": {"callback_id": "any"},
    "view_closed": {"view": {"type": "modal", "callback_id": "any"}},
    "view_submission": {"view": {"type": "modal", "callback_id": "any"}},
}


class MalformedError(Exception):
    """Signed, and still not something that can be read."""


class UnsupportedError(Exception):
    """A content type that Slack does not use here."""


def genuine(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether Slack signed these bytes within the last five minutes; `now` in Unix seconds.

    https://docs.slack.dev/authentication/verifying-requests-from-slack: HMAC-SHA256 of
    `v0:<timestamp>:<body>` under the signing secret, in hexadecimal after `v0=`.
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    if not timestamp.isdecimal() or len(timestamp) > DIGITS:
        return False
    if abs(now - int(timestamp)) > WINDOW:
        return False
    signed = b"v0:" + timestamp.encode() + b":" + body
    right = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    given = headers.get("X-Slack-Signature", "")
    return hmac.compare_digest(right.encode(), given.encode("utf-8", "replace"))


def contents(content_type: str, body: bytes) -> Payload:
    """The payload: an event comes as JSON, an interaction as JSON in a form, a command as a form.

    Bolt takes every form in which the word `payload` occurs for an interaction, and so loses the
    commands in which somebody typed it; the field decides here. Raises MalformedError, and
    UnsupportedError for any other content type.
    """
    try:
        if content_type == "application/json":
            return _object(body)
        if content_type == "application/x-www-form-urlencoded":
            interaction = form.payload(body)
            if interaction is not None:
                return _object(interaction)
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
            fields = dict(pairs)
            return _object(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        raise MalformedError from None
    raise UnsupportedError


def outline(payload: Payload) -> Payload | None:
    """As much of a payload as tells Bolt its kind, or None when it is of none.

    Bolt reads people out of a payload, stumbles over a shape that it does not expect, and writes
    what it sees in its log; so it gets nothing that anybody typed and nothing that names anybody.
    """
    kind = payload.get("type")
    if kind == ADDRESS_CHECK:
        return {"type": kind, "challenge": payload.get("challenge")}
    if "command" in payload:
        return {"command": "/any"}
    if not isinstance(kind, str) or kind not in _OUTLINES:
        return None
    return {"type": kind, **_OUTLINES[kind]}


def _object(text: str | bytes) -> Payload:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise MalformedError
    return value
