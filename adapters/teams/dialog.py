"""A turn in a dialog: what is shown and typed there does not become a chat message.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

from adapters.reception import stays as stays_private
from adapters.teams.elements import attachment, controls, paragraph, press, row, verbatim
from conversations.passphrase import LONGEST as LONGEST_CODE
from conversations.script import LANGUAGES
from conversations.turn import Control
from conversations.wording import filled

if TYPE_CHECKING:
    from adapters.reception import Incoming
    from adapters.teams.activity import Json
    from conversations.phrases import Phrases
    from conversations.script import Language
    from conversations.turn import Button, Prompt, Turn

LONGEST_ANSWER = 1_000
"""Characters that the form lets somebody type; what is too long, the conversation decides."""

STEERING = frozenset(get_args(Control))


def stays(turn: Turn, incoming: Incoming) -> bool:
    """Whether what follows on a submitted form belongs in the dialog and not in the chat.

    It does when the same question is still open (the answer was empty or too long, or somebody
    asked for help), when words were not taken in, when the turn shows the person's own words, and
    when it shows the help lines because of what was typed: the chat must not tell that.
    """
    prompt = turn.prompt
    if turn.sheet is not None or stays_private(turn, incoming):
        return True
    if prompt is None:
        return False
    helped = any(option.name == "go_on" for option in prompt.options)
    unread = incoming.said is not None and turn.fate == "leave"
    return helped or unread or prompt.token == incoming.token


def question(turn: Turn, phrases: Phrases, words: str = "") -> Json | None:
    """The dialog of this turn, with `words` already typed; None for a turn that shows nothing."""
    body = [block for said in turn.says for block in paragraph(said)]
    if turn.sheet is not None:
        body += paragraph(turn.sheet.title, weight="Bolder", size="Medium")
        for entry in turn.sheet.lines:
            body += [*paragraph(entry.label, isSubtle=True), *verbatim(entry.words)]
    actions: list[Json] = []
    if turn.prompt is not None:
        shown = partial(press, token=turn.prompt.token, ticket=turn.ticket)
        inputs = _inputs(turn.prompt, phrases.empty.to(turn.language), words)
        body += inputs or paragraph(turn.prompt.ask, weight="Bolder")
        if inputs:
            send = phrases.labels.send.to(turn.language)
            ticket = {} if turn.ticket is None else {"ticket": turn.ticket}
            actions.append(_send(send, {"token": turn.prompt.token} | ticket))
        body += [row(shown(option)) for option in _buttons(turn.prompt)]
        if turn.prompt.left:
            left = filled(phrases.left, turn.language, left=turn.prompt.left)
            body += paragraph(left, isSubtle=True, size="Small")
        actions += controls(turn.prompt.controls, shown)
    return _continue(turn.language, body, actions, phrases) if body else None


def again(incoming: Incoming, phrases: Phrases) -> Json:
    """A form that could not be taken in: the same answer, ready to be sent once more."""
    language = incoming.language or LANGUAGES[0]
    body = paragraph(phrases.trouble.to(language))
    data: Json = {} if incoming.token is None else {"token": incoming.token}
    data |= {} if incoming.ticket is None else {"ticket": incoming.ticket}
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


def _continue(language: Language, body: list[Json], actions: list[Json], phrases: Phrases) -> Json:
    title = phrases.name.to(language)
    shown = {
        "title": title,
        "height": "medium",
        "width": "medium",
        "card": attachment(language, body, actions, title),
    }
    return {"task": {"type": "continue", "value": shown}}


def _inputs(prompt: Prompt, empty: str, words: str) -> list[Json]:
    if prompt.kind == "secret":
        return [_entering(prompt.ask, empty)]
    if prompt.typed:
        return [_typing(prompt.ask, empty, words)]
    if prompt.scale is not None:
        scale = prompt.scale
        ends = {scale.lowest: f" = {scale.low_label}", scale.highest: f" = {scale.high_label}"}
        numbers = range(scale.lowest, scale.highest + 1)
        shown = [(f"{number}{ends.get(number, '')}", str(number)) for number in numbers]
        return [_choosing(prompt.ask, empty, shown, "compact")]
    shown = [(option.label, option.name) for option in prompt.options if _answers(option.name)]
    return [_choosing(prompt.ask, empty, shown, "expanded")] if shown else []


def _buttons(prompt: Prompt) -> list[Button]:
    """Ready answers beside a field to type in, and whatever steers instead of answering."""
    if prompt.kind == "secret":
        return []
    return [option for option in prompt.options if prompt.typed or not _answers(option.name)]


def _answers(name: str) -> bool:
    return name not in STEERING


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


def _choosing(label: str, empty: str, shown: list[tuple[str, str]], style: str) -> Json:
    return {
        "type": "Input.ChoiceSet",
        "id": "pick",
        "label": label,
        "style": style,
        "wrap": True,
        "isRequired": True,
        "errorMessage": empty,
        "choices": [{"title": title, "value": value} for title, value in shown],
    }


def _send(label: str, data: Json) -> Json:
    return {"type": "Action.Submit", "title": label, "data": data}
