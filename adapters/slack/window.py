"""A turn as a window (a modal): no part of it becomes a chat message, so own words may stand here.

Either the conversation is held in this window (`held`), and every answer leads to the next view, or
it was opened for one answer of a conversation in the chat. What it carries: `carried.py`.
https://docs.slack.dev/reference/views/modal-views
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from adapters.slack.blocks import (
    ANSWER,
    CHOICE,
    CODE,
    FIELD_LABEL_CHARACTERS,
    SECTION_CHARACTERS,
    TITLE_CHARACTERS,
    WINDOW,
    WORDS,
    bold,
    button,
    controls,
    ends,
    option,
    paragraphs,
    pieces,
    plain_text,
    rows,
    section,
    words,
)
from adapters.slack.carried import Carried, written
from conversations.answering import LONGEST_CHARACTERS
from conversations.passphrase import LONGEST as LONGEST_CODE
from conversations.wording import filled

if TYPE_CHECKING:
    from adapters.slack.blocks import Block
    from conversations.phrases import Phrases
    from conversations.turn import Button, Prompt, Sheet, Turn

    View = dict[str, Any]

MOST_RADIOS = 10


def view(turn: Turn, phrases: Phrases, *, held: bool = False) -> View:
    """The view that `views.open` takes: what is said, the sheet, the question with its field.

    What is typed is sent and what is offered is chosen: "send" would mean too much below "withdraw".
    Without blocks when there is nothing to show.
    """
    language, prompt = turn.language, turn.prompt
    shown = _frame(turn.sheet.title if turn.sheet else phrases.name.to(language))
    shown["close"] = plain_text(phrases.labels.close_window.to(language), TITLE_CHARACTERS)
    shown["blocks"] = paragraphs(turn.says)
    if turn.sheet is not None:
        shown["blocks"] += _lines(turn.sheet)
    if prompt is not None:
        only = _only(prompt)
        shown["private_metadata"] = written(
            Carried(prompt.token, turn.ticket, held, only.name if only else None)
        )
        shown["blocks"] += _question(prompt, turn.ticket or "")
        if prompt.left:
            left = plain_text(filled(phrases.left, language, left=prompt.left), SECTION_CHARACTERS)
            shown["blocks"].append({"type": "context", "elements": [left]})
        small = controls((c for c in prompt.controls if c.name != WINDOW), prompt.token)
        shown["blocks"] += [{"type": "divider"}, *small] if small else []
        if only is not None:
            shown["submit"] = plain_text(only.label, TITLE_CHARACTERS)
    fields = [each["element"]["type"] for each in shown["blocks"] if each["type"] == "input"]
    if fields:
        labels = phrases.labels
        sends = labels.send if "plain_text_input" in fields else labels.choose
        shown["submit"] = plain_text(sends.to(language), TITLE_CHARACTERS)
    return shown


def notice(title: str, said: str) -> View:
    """A window of one kind line."""
    return {**_frame(title), "blocks": paragraphs([said])}


def _frame(title: str) -> View:
    return {
        "type": "modal",
        "callback_id": ANSWER,
        "title": plain_text(title, TITLE_CHARACTERS),
    }


def _only(prompt: Prompt) -> Button | None:
    """The one answer there is: it becomes the button that sends the window."""
    if prompt.kind != "choice" or prompt.typed or len(prompt.options) != 1:
        return None
    (only,) = prompt.options
    return only if len(only.label) <= TITLE_CHARACTERS else None


def _lines(sheet: Sheet) -> list[Block]:
    shown: list[Block] = []
    for each in sheet.lines:
        shown += [section(piece) for piece in pieces(bold(each.label))]
        shown += words(each.words)
    return shown


def _question(prompt: Prompt, ticket: str) -> list[Block]:
    if prompt.kind == "secret":
        return [_field(prompt, _code(), ticket)]
    if prompt.typed:
        ready = [button(each.name, each.label, prompt.token) for each in prompt.options]
        return [_field(prompt, _words(prompt.words)), *rows("options", ready)]
    if prompt.scale is not None:
        numbers = range(prompt.scale.lowest, prompt.scale.highest + 1)
        entries = [option(str(number), str(number)) for number in numbers]
        hint = plain_text(ends(prompt.scale), FIELD_LABEL_CHARACTERS)
        return [{**_field(prompt, _menu(entries)), "hint": hint}]
    if not prompt.options or _only(prompt) is not None:
        return [section(piece) for piece in pieces(bold(prompt.ask))]
    entries = [option(each.label, each.name) for each in prompt.options]
    few = len(entries) <= MOST_RADIOS
    return [_field(prompt, _radios(entries) if few else _menu(entries))]


def _field(prompt: Prompt, element: Block, also: str = "") -> Block:
    """The block id differs for every question, else Slack keeps in it what was typed before."""
    mark = hashlib.sha256(f"{prompt.token}{prompt.kind}{also}".encode()).hexdigest()[:8]
    return {
        "type": "input",
        "block_id": f"{ANSWER}_{mark}",
        "label": plain_text(prompt.ask, FIELD_LABEL_CHARACTERS),
        "element": element,
        "optional": False,
    }


def _words(already: str) -> Block:
    return {
        "type": "plain_text_input",
        "action_id": WORDS,
        "multiline": True,
        "max_length": LONGEST_CHARACTERS,
    } | ({"initial_value": already[:LONGEST_CHARACTERS]} if already else {})


def _code() -> Block:
    return {"type": "plain_text_input", "action_id": CODE, "max_length": LONGEST_CODE}


def _radios(entries: list[Block]) -> Block:
    return {"type": "radio_buttons", "action_id": CHOICE, "options": entries}


def _menu(entries: list[Block]) -> Block:
    return {"type": "static_select", "action_id": CHOICE, "options": entries}
