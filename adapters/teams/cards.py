"""A turn as one message in the chat: a card of authored words only.

A chat message stays in the organisation's archive, so nothing that the person said is ever in it,
not even which button they pressed, and typing privately is offered wherever typing is an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.teams.elements import (
    CONTENT_TYPE,
    FIRST,
    attachment,
    controls,
    opener,
    paragraph,
    press,
    replacing,
    row,
)
from adapters.teams.scales import numbers
from conversations.turn import PRIVATE, base

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.teams.activity import Json
    from conversations.phrases import Phrases
    from conversations.turn import Button, Prompt, Turn

OUTSIDE = ("help", "mydata", "language")
"""What stands in sight beside the way into the window."""

LASTING = frozenset({"crisis", "forget", "lock", "stopped"})
"""What a session waits for while its card must stay in the chat."""


def message(turn: Turn, phrases: Phrases) -> Json | None:
    """The activity to send; None for a turn that shows nothing.

    Its `summary`, which lock screens and the list of chats show, is the bot's name alone.
    """
    body = [block for said in turn.says for block in paragraph(said)]
    shown = list(turn.says)
    button = _buttons(turn)
    if turn.sheet is not None:
        body += paragraph(turn.sheet.in_chat)
        if not any(each.name == turn.sheet.opens for each in _options(turn.prompt)):
            body.append(row(opener(turn.sheet.open_label, _data(turn), turn.sheet.opens)))
        shown.append(turn.sheet.in_chat)
    actions: list[Json] = []
    if turn.prompt is not None:
        privately = opener(phrases.labels.answer_privately.to(turn.language), _data(turn))
        body += _question(turn.prompt, button, privately)
        of_chat = tuple(each for each in turn.prompt.controls if base(each.name) == each.name)
        first = OUTSIDE if _outside(turn.prompt) else FIRST
        actions = controls(of_chat, button, first)
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


def in_place(sent: Json) -> Json:
    """The answer to a pressed `Action.Execute`: this message's card takes the place of that one."""
    card = sent["attachments"][0]["content"]
    return {"statusCode": 200, "type": CONTENT_TYPE, "value": card}


def beside(authored: str) -> Json:
    """The answer to a pressed `Action.Execute` that leaves its card as it is: one authored line."""
    kind = "application/vnd.microsoft.activity.message"
    return {"statusCode": 200, "type": kind, "value": authored}


def passing(turn: Turn) -> bool:
    """Whether the next question may take the place of this card.

    A question of a conversation under way passes. The promise, help lines, the way into the window
    and whatever else was said aside stay in the chat, where they can be read again.
    """
    session = turn.session
    asked = turn.fate == "write" and session is not None and session.paused not in LASTING
    return asked and not _outside(turn.prompt)


def _buttons(turn: Turn) -> Callable[[Button], Json]:
    """How each button of this card is made; one that is answered in a private window opens it."""
    data, passes = _data(turn), passing(turn)

    def shown(button: Button) -> Json:
        if button.name in PRIVATE:
            return opener(button.label, data, button.name)
        return replacing(button, data) if passes else press(button, data)

    return shown


def _data(turn: Turn) -> Json:
    """What every button of the card carries.

    `held`: this card stands outside of the conversation, so a dialog that it opens holds all of it.
    """
    if turn.prompt is None:
        return {}
    return {"token": turn.prompt.token} | ({"held": True} if _outside(turn.prompt) else {})


def _options(prompt: Prompt | None) -> tuple[Button, ...]:
    return prompt.options if prompt else ()


def _outside(prompt: Prompt | None) -> bool:
    return any(option.name == "private" for option in _options(prompt))


def _question(prompt: Prompt, button: Callable[[Button], Json], privately: Json) -> list[Json]:
    """The options have a row each: side by side, Teams cuts long labels off."""
    asked = paragraph(prompt.ask, weight="Bolder")
    if prompt.scale is not None:
        asked += numbers(prompt.scale, button)
    asked += [row(button(option)) for option in prompt.options]
    if prompt.typed:
        asked.append(row(privately))
    return asked
