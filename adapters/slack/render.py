"""A turn as one chat message: authored text and buttons, never a person's own words.

A chat message stays in the organisation's archive, so a sheet is only announced here; it opens in
a window (`window.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.slack.blocks import (
    SECTION_CHARACTERS,
    WINDOW,
    bold,
    button,
    controls,
    ends,
    escaped,
    paragraphs,
    pieces,
    plain_text,
    rows,
    section,
    shortened,
)
from conversations.turn import Button, base

if TYPE_CHECKING:
    from adapters.slack.blocks import Block
    from conversations.phrases import Phrases
    from conversations.turn import Prompt, Turn

    Message = dict[str, Any]

SCALE_ROW = 6
"""Numbers in a row: 0 to 10 becomes six and five, on a telephone as well."""


def message(turn: Turn, phrases: Phrases) -> Message | None:
    """What `chat.postMessage` takes beside the channel, or None when there is nothing to show.

    `text` is what notifications and screen readers give; it holds the same authored words.
    """
    blocks = paragraphs(turn.says)
    spoken = [*turn.says]
    token = turn.prompt.token if turn.prompt else None
    if turn.sheet is not None:
        blocks += paragraphs([turn.sheet.in_chat])
        blocks += rows("sheet", [button(turn.sheet.opens, turn.sheet.open_label, token)])
        spoken.append(turn.sheet.in_chat)
    if turn.prompt is not None:
        blocks += [section(piece) for piece in pieces(bold(turn.prompt.ask))]
        answers = _answers(turn.prompt)
        small = controls(_controls(turn, turn.prompt, phrases), turn.prompt.token)
        blocks += [*answers, {"type": "divider"}, *small] if answers and small else answers + small
        spoken.append(turn.prompt.ask)
    return _message("\n".join(spoken), blocks) if blocks else None


def line(text: str) -> Message:
    """A kind line on its own, without a question."""
    return _message(text, paragraphs([text]))


def _message(text: str, blocks: list[Block]) -> Message:
    return {
        "text": escaped(shortened(text, SECTION_CHARACTERS)),
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _answers(prompt: Prompt) -> list[Block]:
    buttons = [button(each.name, each.label, prompt.token) for each in prompt.options]
    shown = rows("options", buttons)
    if prompt.scale is not None:
        scale = prompt.scale
        numbers = range(scale.lowest, scale.highest + 1)
        keys = [button(str(number), str(number), prompt.token) for number in numbers]
        shown += rows("scale", keys, SCALE_ROW)
        shown.append({"type": "context", "elements": [plain_text(ends(scale), SECTION_CHARACTERS)]})
    return shown


def _controls(turn: Turn, prompt: Prompt, phrases: Phrases) -> tuple[Button, ...]:
    """The controls of the prompt, with the way into the window where words are asked for."""
    offered = any(each.name == WINDOW for each in prompt.controls)
    if turn.sheet is not None:  # Pages are turned in the window.
        return tuple(each for each in prompt.controls if base(each.name) == each.name)
    if offered or not prompt.typed:
        return prompt.controls
    opener = Button(WINDOW, phrases.labels.answer_privately.to(turn.language))
    return (opener, *prompt.controls)
