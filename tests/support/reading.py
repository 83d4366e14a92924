"""What must hold of everything that a platform, or somebody in its place, can send us."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from adapters.slack import envelope as slack_envelope
from adapters.slack import inbound as slack
from adapters.teams import envelope as teams_envelope
from adapters.teams import inbound as teams
from tests.support.payloads import CANARY

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.incoming import Incoming

SLACK_READERS: tuple[Callable[[Any], Any], ...] = (
    slack.message,
    slack.press,
    slack.submission,
    slack.entrance,
    slack.opened_home,
)

LONGEST_TOKEN = 4_000


def hold_slack(payload: dict[str, Any]) -> None:
    """Every reader answers every payload; what it answers prints nothing about anybody."""
    home = slack.tenant(payload)
    assert home is None or isinstance(home, str)
    assert isinstance(slack.revokes_a_bot(payload), bool)
    slack.workspace(payload)
    slack.event_kind(payload)
    shape = slack_envelope.outline(payload)
    if payload.get("type") != slack_envelope.ADDRESS_CHECK:
        assert CANARY not in json.dumps(shape)
    for reader in SLACK_READERS:
        arrival = reader(payload)
        if arrival is not None:
            assert CANARY not in repr(arrival)
            _incoming(arrival.incoming)


def hold_slack_body(body: bytes) -> None:
    """A body is a payload, or refused as what it is."""
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        try:
            payload = slack_envelope.contents(kind, body)
        except slack_envelope.MalformedError:
            continue
        assert isinstance(payload, dict)
        hold_slack(payload)


def hold_teams(activity: dict[str, Any]) -> None:
    """The same for an activity."""
    read = teams.read(activity)
    assert CANARY not in repr(read)
    if isinstance(read, teams.Visit):
        _incoming(read.incoming)


def hold_teams_body(body: bytes) -> None:
    """A body is an activity, or refused as what it is."""
    with contextlib.suppress(teams_envelope.UnreadableError):
        hold_teams(teams_envelope._parsed(body))


def _incoming(incoming: Incoming) -> None:
    """What comes further in has the types that it says it has."""
    for value in (incoming.said, incoming.pressed, incoming.token, incoming.event, incoming.ticket):
        assert value is None or isinstance(value, str)
    assert incoming.sent_at is None or isinstance(incoming.sent_at, float)
    assert incoming.sent_at is None or abs(incoming.sent_at) < 10**15
    assert incoming.language in (None, "nl", "en")
    assert repr(incoming) == "<incoming>"
