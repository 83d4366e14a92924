"""A turn in a dialog: what is shown and typed there does not become a chat message.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from adapters.incoming import stays as stays_private
from adapters.teams.elements import attachment, controls, paragraph, press, row, verbatim
from adapters.teams.scales import numbers
from conversations.passphrase import LONGEST as LONGEST_CODE
from conversations.script import LANGUAGES
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.incoming import Incoming
    from adapters.teams.activity import Json
    from conversations.phrases import Phrases
    from conversations.script import Language, Text
    from conversations.turn import Button, Prompt, Turn

LONGEST_ANSWER = 1_000
"""Characters that the form lets somebody type; what is too long, the conversation decides."""


def stays(turn: Turn, incoming: Incoming) -> bool:
    """Whether what follows on a submitted form belongs in the dialog and not in the chat.

    It does when the conversation is held there, when the same question is still open (the answer
    was empty or too long, or somebody asked for help), when words were not taken in, when the turn
    shows the person's own words, and when it shows the help lines because of what was typed: the
    chat must not tell that.
    """
    prompt = turn.prompt
    if turn.sheet is not None or stays_private(turn, incoming):
        return True
    if prompt is None:
        return False
    helped = any(option.name == "go_on" for option in prompt.options)
    unread = incoming.said is not None and turn.fate == "leave"
    return helped or unread or prompt.token == incoming.token


def kept(turn: Turn, incoming: Incoming, phrases: Phrases) -> str:
    """What was typed and not taken in, so that nobody has to type it again; else nothing."""
    why = (phrases.too_long, phrases.old_button, phrases.full)
    unread = any(text.to(turn.language) in turn.says for text in why)
    return (incoming.said or "") if unread else ""


def question(turn: Turn, phrases: Phrases, words: str = "", *, held: bool = False) -> Json | None:
    """The dialog of this turn, with `words` already typed; None for a turn that shows nothing.

    `held`: the whole conversation is held in dialogs, so this one says so in what it sends.
    """
    language, prompt = turn.language, turn.prompt
    body: list[Json] = []
    if prompt is not None and prompt.left:
        left = filled(phrases.left, language, left=prompt.left)
        body += paragraph(left, isSubtle=True, size="Small")
    body += [block for said in turn.says for block in paragraph(said)]
    if turn.sheet is not None:
        body += paragraph(turn.sheet.title, weight="Bolder", size="Medium")
        for entry in turn.sheet.lines:
            body += [
                *paragraph(entry.label, isSubtle=True, spacing="Medium"),
                *verbatim(entry.words),
            ]
    actions: list[Json] = []
    if prompt is not None:
        data = _carried(prompt.token, turn.ticket, held=held)
        shown = partial(press, data=data)
        send = _send(phrases.labels.send.to(language), data)
        already = words or prompt.words[:LONGEST_ANSWER]
        body += _asked(prompt, shown, send, phrases.empty.to(language), already)
        actions += controls(prompt.controls, shown)
    return _continue(language, body, actions, phrases) if body else None


def again(incoming: Incoming, phrases: Phrases, told: Text, *, held: bool = False) -> Json:
    """A form that could not be taken in, and why: the same answer, ready to be sent once more."""
    language = incoming.language or LANGUAGES[0]
    body = paragraph(told.to(language))
    data = _carried(incoming.token, incoming.ticket, held=held)
    if incoming.secret is not None:
        ask, empty = phrases.lock.ask_code, phrases.empty
        body.append(_entering(ask.to(language), empty.to(language)))
    elif incoming.said is not None:
        label, empty = phrases.labels.answer_privately, phrases.empty
        body.append(_typing(label.to(language), empty.to(language), incoming.said))
    elif incoming.pressed is not None:
        data["press"] = incoming.pressed
    send = _send(phrases.labels.send.to(language), data)
    return _continue(language, body, [send], phrases)


def notice(authored: str) -> Json:
    """A dialog of one authored line."""
    return {"task": {"type": "message", "value": authored}}


def _carried(token: str | None, ticket: str | None, *, held: bool) -> Json:
    """What every button and form of the dialog brings back."""
    data: Json = {} if token is None else {"token": token}
    data |= {} if ticket is None else {"ticket": ticket}
    return data | ({"held": True} if held else {})


def _continue(language: Language, body: list[Json], actions: list[Json], phrases: Phrases) -> Json:
    title = phrases.name.to(language)
    shown = {
        "title": title,
        "height": "medium",
        "width": "medium",
        "card": attachment(language, body, actions, title),
    }
    return {"task": {"type": "continue", "value": shown}}


def _asked(
    prompt: Prompt, shown: Callable[[Button], Json], send: Json, empty: str, words: str
) -> list[Json]:
    """A field where something is typed, and whatever else is an answer as something to press."""
    if prompt.kind == "secret":
        return [_entering(prompt.ask, empty), row(send)]
    asked = paragraph(prompt.ask, weight="Bolder", spacing="Medium")
    if prompt.typed:
        asked = [_typing(prompt.ask, empty, words), row(send)]
    if prompt.scale is not None:
        asked += numbers(prompt.scale, shown)
    return asked + [row(shown(option)) for option in prompt.options]


def _typing(label: str, empty: str, words: str) -> Json:
    return {
        "type": "Input.Text",
        "id": "words",
        "label": label,
        "isMultiline": True,
        "maxLength": LONGEST_ANSWER,
        "isRequired": True,
        "errorMessage": empty,
    } | ({"value": words} if words else {})


def _entering(label: str, empty: str) -> Json:
    """A field for a passphrase: its dots are for whoever stands behind the person."""
    return {
        "type": "Input.Text",
        "id": "secret",
        "label": label,
        "style": "Password",
        "maxLength": LONGEST_CODE,
        "isRequired": True,
        "errorMessage": empty,
    }


def _send(label: str, data: Json) -> Json:
    return {"type": "Action.Submit", "title": label, "data": data}
