"""What Slack would refuse: the limits that its SDK knows, and the rules that the SDK leaves out."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

OPTIONS = {"overflow": 5, "radio_buttons": 10, "static_select": 100}
MARK = re.compile(r"<(?!https://[^<>|\s]+>)|&(?!(?:amp|lt|gt);)")
"""A mention, a link of another kind, or an ampersand that was not escaped."""


def message_problems(message: Json) -> list[str]:
    """Everything wrong with the arguments of chat.postMessage; empty when it is in order."""
    blocks = message.get("blocks", [])
    problems = [*_blocks(blocks, most=50)]
    if not message.get("text"):
        problems.append("no text for notifications and screen readers")
    if MARK.search(message.get("text", "")):
        problems.append("unescaped text")
    if message.get("unfurl_links") is not False or message.get("unfurl_media") is not False:
        problems.append("would unfurl")
    if any(block["type"] == "input" for block in blocks):
        problems.append("an input in a message")
    return problems


def view_problems(view: Json) -> list[str]:
    """Everything wrong with a modal view."""
    problems = [*_blocks(view.get("blocks", []), most=100)]
    try:
        View(**view).to_dict()
    except SlackObjectFormationError as error:
        problems.append(str(error))
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    if bool(fields) != ("submit" in view):
        problems.append("a submit button belongs to a field")
    problems += [f"{key} too long" for key in ("title", "submit", "close") if _long(view.get(key))]
    if len(json.dumps(view)) > 250_000:
        problems.append("over 250 KB")
    if len(view.get("private_metadata", "")) > 3000:
        problems.append("private_metadata too long")
    return problems


def _long(label: Json | None) -> bool:
    return label is not None and not 0 < len(label["text"]) <= 24


def _blocks(blocks: list[Json], most: int) -> Iterator[str]:
    if not 0 < len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"block_id {each} twice" for each, count in ids.items() if count > 1)
    for block in blocks:
        try:
            parsed = Block.parse(block)
            if parsed is None or set(parsed.to_dict()) != set(block):
                yield f"not a block that Slack knows: {block['type']}"
        except SlackObjectFormationError as error:
            yield str(error)
        yield from _texts(block)
        yield from _elements(block)


def _elements(block: Json) -> Iterator[str]:
    elements = block.get("elements", [block["element"]] if "element" in block else [])
    if block["type"] == "actions" and not elements:
        yield "an empty row"
    ids = Counter(each["action_id"] for each in elements if "action_id" in each)
    yield from (f"action_id {each} twice" for each, count in ids.items() if count > 1)
    for each in elements:
        if each["type"] in OPTIONS and not 0 < len(each["options"]) <= OPTIONS[each["type"]]:
            yield f"{each['type']} with {len(each['options'])} options"
        for option in each.get("options", []):
            if len(option["text"]["text"]) > 75 or not 0 < len(option["value"]) <= 150:
                yield "an option too long"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield from _text(value)
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _text(value: Json) -> Iterator[str]:
    if not value["text"].strip():
        yield "an empty text"
    if value["type"] == "mrkdwn" and not value.get("verbatim"):
        yield "mrkdwn that would find mentions by itself"
    if value["type"] == "mrkdwn" and MARK.search(value["text"]):
        yield "unescaped mrkdwn"
