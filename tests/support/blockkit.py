"""What Slack would refuse, in three parts, since none of them sees everything.

The limits that its Python SDK knows, the structure that its own types tell (a schema made from npm
`@slack/types`), and the rules that both leave out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
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
    """Everything wrong with a modal or a Home view."""
    problems = [*_blocks(view.get("blocks", []), most=100)]
    frame = {**view, "blocks": []}
    kind = "HomeView" if view.get("type") == "home" else "ModalView"
    own = {key: part for key, part in frame.items() if key not in ("id", "hash")}
    problems += _structure(kind, own)
    try:
        View(**view).to_dict()
    except SlackObjectFormationError as error:
        problems.append(str(error))
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    if fields and "submit" not in view:
        problems.append("a field and no button that sends it")
    if view["type"] == "home" and set(view) & {"title", "submit", "close"}:
        problems.append("a Home with the parts of a modal")
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
        kind = _kinds().get(block.get("type", ""))
        yield from _structure(kind, block) if kind else [f"no such block: {block.get('type')}"]
        try:
            parsed = Block.parse(block)
            if parsed is None or set(parsed.to_dict()) != set(block):
                yield f"not a block that Slack knows: {block['type']}"
        except SlackObjectFormationError as error:
            yield str(error)
        yield from _texts(block)
        yield from _elements(block)


def _structure(kind: str, value: Json) -> tuple[str, ...]:
    return _judged(kind, json.dumps(value))


@lru_cache(20_000)
def _judged(kind: str, written: str) -> tuple[str, ...]:
    """Slow, and most blocks come many times."""
    error = best_match(_validator(kind).iter_errors(json.loads(written)))
    return () if error is None else (f"{kind} {error.json_path}: {error.message}"[:300],)


@cache
def _schema() -> Json:
    text = (Path(__file__).parent / "slack_blocks.schema.json").read_text("utf-8")
    schema: Json = json.loads(text)
    return schema


@cache
def _kinds() -> dict[str, str]:
    """The definition of each kind of block."""
    definitions = _schema()["definitions"]
    names = [each["$ref"].rpartition("/")[2] for each in definitions["KnownBlock"]["anyOf"]]
    plain = [name for name in names if "properties" in definitions[name]]
    return {definitions[name]["properties"]["type"]["const"]: name for name in plain}


@cache
def _validator(kind: str) -> Draft7Validator:
    return Draft7Validator({**_schema(), "$ref": f"#/definitions/{kind}"})


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
        yield from ("a field over 2000" for each in value.get("fields", ()) if _field(each))
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


def _field(text: Json) -> bool:
    return len(text.get("text", "")) > 2000
