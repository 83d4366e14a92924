"""The few parts of Adaptive Card 1.5 that our cards and dialogs are made of.

https://adaptivecards.io/explorer; what Teams makes of them:
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from adapters.teams.activity import Json
    from conversations.script import Language
    from conversations.turn import Button

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
VERB = "press"
"""What every `Action.Execute` of ours is called; which button it was stands in its data."""

_ADDRESS = re.compile(r"https://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?]")

FIRST = ("skip", "help")
"""The controls in sight; the others wait behind the three dots."""


def attachment(language: Language, body: list[Json], actions: list[Json], fallback: str) -> Json:
    """The card; `fallback` is authored text for clients that cannot show it."""
    card: Json = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": language,
        "fallbackText": fallback,
        "body": body,
    }
    if actions:
        card["actions"] = actions
    return {"contentType": CONTENT_TYPE, "content": card}


def paragraph(authored: str, **look: str | bool) -> list[Json]:
    """One block for every line, because Markdown would join lines that follow each other.

    Full https addresses become links: Teams makes none of them by itself.
    """
    return [
        {"type": "TextBlock", "text": _linked(line), "wrap": True, **look}
        | ({} if apart else {"spacing": "None"})
        for line, apart in _lines(authored)
    ]


def verbatim(words: str) -> list[Json]:
    """A person's words, letter by letter, close below their label: a TextRun knows no Markdown."""
    return [
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line}]}
        | ({} if apart and number else {"spacing": "None"})
        for number, (line, apart) in enumerate(_lines(words))
    ]


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Every line in which something stands, and whether it begins a paragraph."""
    apart = True
    for line in text.splitlines():
        if line.strip():
            yield line, apart
        apart = not line.strip()


def _linked(line: str) -> str:
    return _ADDRESS.sub(lambda found: f"[{found[0]}]({found[0]})", line)


def press(button: Button, data: Json) -> Json:
    """A button that sends `data` and its name and nothing else, also where inputs stand beside it."""
    return {
        "type": "Action.Submit",
        "title": button.label,
        "associatedInputs": "none",
        "data": {"press": button.name, **data},
    }


def opener(label: str, data: Json, name: str = "window") -> Json:
    """A button that opens the dialog: `task/fetch` comes back instead of a message."""
    fetched = {"msteams": {"type": "task/fetch"}, "press": name, **data}
    return {"type": "Action.Submit", "title": label, "data": fetched}


def replacing(button: Button, data: Json) -> Json:
    """A button whose answer takes the place of its card; a client that cannot sends it as a message.

    https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
    """
    sent = press(button, data)
    return {**sent, "type": "Action.Execute", "verb": VERB, "fallback": sent}


def row(*actions: Json) -> Json:
    return {"type": "ActionSet", "actions": list(actions)}


def controls(
    buttons: tuple[Button, ...],
    shown: Callable[[Button], Json],
    first: tuple[str, ...] = FIRST,
) -> list[Json]:
    """The small buttons, each made by `shown`; those of `first` are in sight."""
    return [
        shown(button) if button.name in first else _behind_the_dots(shown(button))
        for button in buttons
    ]


def _behind_the_dots(action: Json) -> Json:
    hidden = action | {"mode": "secondary"}
    return hidden | (
        {"fallback": _behind_the_dots(action["fallback"])} if "fallback" in action else {}
    )
