"""The few parts of Adaptive Card 1.5 that our cards and dialogs are made of.

https://adaptivecards.io/explorer; what Teams makes of them:
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.turn import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.teams.activity import Json
    from conversations.script import Language
    from conversations.turn import Button

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
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
    """One block for every line, because Markdown would join lines that follow each other."""
    lines = [line for line in authored.splitlines() if line.strip()]
    return [
        {"type": "TextBlock", "text": line, "wrap": True, **look}
        | ({"spacing": "None"} if number else {})
        for number, line in enumerate(lines)
    ]


def verbatim(words: str) -> list[Json]:
    """A person's words, letter by letter: a TextRun knows no Markdown."""
    return [
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line}]}
        | ({"spacing": "None"} if number else {})
        for number, line in enumerate(filter(str.strip, words.splitlines()))
    ]


def press(button: Button, token: str | None, ticket: str | None = None) -> Json:
    """A button that sends its name and nothing else, also where inputs stand beside it."""
    return {
        "type": "Action.Submit",
        "title": button.label,
        "associatedInputs": "none",
        "data": _data(button.name, token, ticket),
    }


def opener(label: str, token: str | None, name: str = "window") -> Json:
    """A button that opens the dialog: `task/fetch` comes back instead of a message."""
    data = {"msteams": {"type": "task/fetch"}, **_data(name, token, None)}
    return {"type": "Action.Submit", "title": label, "data": data}


def in_chat(button: Button, token: str | None) -> Json:
    """A button of a chat message: one that is answered in a private window opens it."""
    if button.name in PRIVATE:
        return opener(button.label, token, button.name)
    return press(button, token)


def row(*actions: Json) -> Json:
    return {"type": "ActionSet", "actions": list(actions)}


def controls(buttons: tuple[Button, ...], shown: Callable[[Button], Json]) -> list[Json]:
    """The small buttons, each made by `shown`."""
    return [
        shown(button) | ({} if button.name in FIRST else {"mode": "secondary"})
        for button in buttons
    ]


def _data(name: str, token: str | None, ticket: str | None) -> Json:
    data = {"press": name} | ({} if token is None else {"token": token})
    return data | ({} if ticket is None else {"ticket": ticket})
