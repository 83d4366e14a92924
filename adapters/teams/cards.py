"""A turn as one message in the chat: a card of authored words only.

A chat message stays in the organisation's archive, so nothing that the person said is ever in it,
and typing privately is offered wherever typing is an answer.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from adapters.teams.elements import attachment, controls, in_chat, opener, paragraph, press, row
from conversations.turn import Button, base

if TYPE_CHECKING:
    from adapters.teams.activity import Json
    from conversations.phrases import Phrases
    from conversations.turn import Prompt, Scale, Turn

NUMBERS_IN_A_ROW = 6
"""More columns become too small to touch on a telephone."""


def message(turn: Turn, phrases: Phrases) -> Json | None:
    """The activity to send; None for a turn that shows nothing.

    Its `summary`, which lock screens and the list of chats show, is the bot's name alone.
    """
    body = [block for said in turn.says for block in paragraph(said)]
    shown = list(turn.says)
    if turn.sheet is not None:
        body += paragraph(turn.sheet.in_chat)
        token = turn.prompt.token if turn.prompt else None
        body.append(row(opener(turn.sheet.open_label, token, turn.sheet.opens)))
        shown.append(turn.sheet.in_chat)
    actions: list[Json] = []
    if turn.prompt is not None:
        body += _question(turn.prompt, phrases.labels.answer_privately.to(turn.language))
        of_chat = tuple(each for each in turn.prompt.controls if base(each.name) == each.name)
        actions = controls(of_chat, partial(in_chat, token=turn.prompt.token))
        shown.append(turn.prompt.ask)
    if not body:
        return None
    return {
        "type": "message",
        "summary": phrases.name.to(turn.language),
        "attachments": [attachment(turn.language, body, actions, "\n\n".join(shown))],
    }


def line(authored: str) -> Json:
    """A message of one authored line and no card."""
    return {"type": "message", "text": authored, "textFormat": "plain"}


def _question(prompt: Prompt, privately: str) -> list[Json]:
    """The options have a row each: side by side, Teams cuts long labels off."""
    asked = paragraph(prompt.ask, weight="Bolder")
    if prompt.scale is not None:
        asked += _numbers(prompt.scale, prompt.token)
    asked += [row(in_chat(option, prompt.token)) for option in prompt.options]
    if prompt.typed:
        asked.append(row(opener(privately, prompt.token)))
    return asked


def _numbers(scale: Scale, token: str) -> list[Json]:
    numbers = [str(number) for number in range(scale.lowest, scale.highest + 1)]
    rows = [
        numbers[start : start + NUMBERS_IN_A_ROW]
        for start in range(0, len(numbers), NUMBERS_IN_A_ROW)
    ]
    wide = max(map(len, rows))
    columns = [
        {
            "type": "ColumnSet",
            "spacing": "Small",
            "columns": [_number(name, token) for name in names]
            + [{"type": "Column", "width": "stretch"}] * (wide - len(names)),
        }
        for names in rows
    ]
    return [*columns, _ends(scale)]


def _number(name: str, token: str) -> Json:
    return {
        "type": "Column",
        "width": "stretch",
        "style": "emphasis",
        "items": [{"type": "TextBlock", "text": name, "horizontalAlignment": "Center"}],
        "selectAction": press(Button(name, name), token),
    }


def _ends(scale: Scale) -> Json:
    named = (
        (f"{scale.lowest} = {scale.low_label}", "Left"),
        (f"{scale.highest} = {scale.high_label}", "Right"),
    )
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            {
                "type": "Column",
                "width": "stretch",
                "items": paragraph(words, isSubtle=True, size="Small", horizontalAlignment=side),
            }
            for words, side in named
        ],
    }
