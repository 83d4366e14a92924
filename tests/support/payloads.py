"""Payloads of both platforms with anything wrong in them that a shape allows, for Hypothesis.

Each begins as a real one; then parts of it are taken away, replaced, wrapped, nested or stretched.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from adapters.slack import blocks
from tests.support import slack
from tests.support.colleague import Colleague

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
Path = tuple[str | int, ...]

CANARY = "UCANARY0Q7"
"""What must never be seen again: it stands in odd values and in every id."""

DEEP = 400
"""Levels of nesting that a parser still takes."""

_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, True, False, 0, -1, 2**63, 10**400, 1e308, -0.0, float("nan"), "", " ", "\x00",
        CANARY, f"<@{CANARY}|{CANARY}>", "\ud800", "\u202e\u200b", "a" * 5_000, "🙂" * 500,
        "1e999", "9" * 400, "<", "|", "press:", "open|x", "../..", "{", [], {}, [[]], [None],
        {"id": CANARY}, {"value": None}, {"": {}}, [{"type": "input"}], "view_submission",
    ]
)  # fmt: skip

odd = st.recursive(
    _ODD | st.text(max_size=20) | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "value", "text", "user", "blocks", "elements", CANARY]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def _slack_seeds() -> list[Json]:
    section = {
        "blocks": [
            {
                "type": "actions",
                "block_id": "b",
                "elements": [
                    {
                        "type": "button",
                        "action_id": f"{blocks.PRESS}skip",
                        "value": "a1b2c3d4.3",
                        "text": {"type": "plain_text", "text": "Skip"},
                    }
                ],
            }
        ],
        "text": "x",
        "channel": slack.CHANNEL,
    }
    view = {
        "id": "V1",
        "hash": "1.h",
        "type": "modal",
        "callback_id": "answer",
        "private_metadata": "a1b2c3d4.3",
        "blocks": [
            {
                "type": "input",
                "block_id": "b",
                "element": {"type": "plain_text_input", "action_id": blocks.WORDS},
            }
        ],
    }
    return [
        slack.message_event(f"hello {CANARY}", user=CANARY),
        slack.message_event("x", user=CANARY, subtype="file_share", files=[{"id": CANARY}]),
        slack.message_event("x", user=CANARY, subtype="message_changed", message={"text": CANARY}),
        slack.click(section, "skip", user=CANARY),
        slack.submit(view, f"words {CANARY}", user=CANARY),
        slack.slash_command(CANARY, user=CANARY),
        {
            **slack.message_event("x", user=CANARY),
            "event": {"type": "app_home_opened", "user": CANARY, "tab": "home"},
        },
        {
            "type": "shortcut",
            "callback_id": "luwte",
            "trigger_id": slack.TRIGGER,
            "team": {"id": slack.TEAM},
            "user": {"id": CANARY},
        },
        {"type": "url_verification", "challenge": CANARY, "token": "x"},
    ]


def _teams_seeds() -> list[Json]:
    me = Colleague("https://smba.invalid/")
    return [
        me.message(f"hello {CANARY}"),
        me.message("", value={"press": "skip", "token": "a1b2c3d4.3"}),
        me.message("<at>bot</at> hi<br>", attachments=[{"contentUrl": CANARY}]),
        me.added(),
        me.invoke("task/fetch", {"press": "window", "token": "a1b2c3d4.3"}),
        me.invoke("task/submit", {"words": CANARY, "token": "a1b2c3d4.3"}),
        me.invoke("task/submit", {"secret": CANARY, "ticket": "n.x"}),
        me.invoke("adaptiveCard/action", {"press": "skip", "token": "a1b2c3d4.3"}),
        me.activity("messageUpdate", text=CANARY),
        me.activity("installationUpdate"),
    ]


@st.composite
def _changed(draw: st.DrawFn, seeds: list[Json]) -> Json:
    payload = copy.deepcopy(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 4))):
        _change(draw, payload)
    return payload


def _change(draw: st.DrawFn, payload: Json) -> None:
    paths = list(_paths(payload))
    if not paths:
        return
    *way, last = draw(st.sampled_from(paths))
    place: Any = payload
    for step in way:
        place = place[step]
    match draw(st.sampled_from(["replace", "replace", "remove", "wrap", "nest", "swap"])):
        case "replace":
            place[last] = copy.deepcopy(draw(odd))  # what is drawn is shared
        case "remove":
            del place[last]
        case "wrap":
            place[last] = [place[last], copy.deepcopy(place[last])]
        case "nest":
            place[last] = _nested(place[last], draw(st.integers(1, DEEP)))
        case "swap":
            place[last] = draw(st.sampled_from([str(place[last]), {"id": place[last]}]))


def _nested(value: Any, levels: int) -> Any:
    for _ in range(levels):
        value = {"id": value}
    return value


def _paths(value: Any) -> Iterator[Path]:
    """Where anything stands in this value, down to a bounded depth."""
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield (key,)
            for rest in _paths(value[key]) if not _is_deep(value[key]) else ():
                yield (key, *rest)


def _is_deep(value: Any) -> bool:
    depth = 0
    while isinstance(value, dict) and len(value) == 1 and depth < 20:
        (value,) = value.values()
        depth += 1
    return depth == 20


slack_payloads = _changed(_slack_seeds())
teams_activities = _changed(_teams_seeds())


@st.composite
def _bodies(draw: st.DrawFn, payloads: st.SearchStrategy[Json]) -> bytes:
    """Bytes on the wire: a payload, one that breaks off, or something else altogether."""
    whole = json.dumps(draw(payloads)).encode("utf-8", "surrogatepass")
    match draw(st.sampled_from(["whole", "whole", "cut", "bytes", "deep", "flipped"])):
        case "cut":
            return whole[: draw(st.integers(0, len(whole)))]
        case "bytes":
            return draw(st.binary(max_size=200))
        case "deep":
            level = draw(st.sampled_from([b"[", b'{"a":', b"[[{}", b'"\\ud800']))
            return level * draw(st.sampled_from([1, 100, 5_000, 40_000]))
        case "flipped":
            at = draw(st.integers(0, len(whole) - 1))
            return whole[:at] + draw(st.binary(min_size=1, max_size=3)) + whole[at + 1 :]
        case _:
            return whole


slack_bodies = _bodies(slack_payloads)
teams_bodies = _bodies(teams_activities)
