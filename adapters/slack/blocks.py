"""The pieces that messages and windows are made of, each within Slack's limits.

https://docs.slack.dev/reference/block-kit. Authored text is shown as mrkdwn with `& < >` escaped
and `verbatim`, so that nothing in it can mention or link; everything else is plain text.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from conversations.turn import base

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conversations.turn import Button, Scale

    Block = dict[str, Any]

PRESS = "press:"
"""An action id is this and the name of what was pressed; the value of a button is the token."""

MORE = "more"
"""The action id of the menu of controls; the value of an entry is `<control>|<token>`."""

WORDS = "words"
CHOICE = "choice"
CODE = "code"
"""The action ids of the field in a window; what stands in the last one is never taken for words."""

BESIDE = "|"
"""Between a token and what is carried beside it."""

HOME = "home_"
"""How the ids of the rows on the Home tab begin."""

ANSWER = "answer"
"""The callback id of a window that holds a question."""

WINDOW = "window"
"""The control that opens the window."""

SECTION_CHARACTERS = 3000
LABEL_CHARACTERS = 75
FIELD_LABEL_CHARACTERS = 2000
TITLE_CHARACTERS = 24
ROW = 25
MOST_PARAGRAPHS = 20

VISIBLE = (
    WINDOW, "coach", "mydata", "lock", "lock_yes", "lock_no", "unlock", "skip", "help", "go_on",
    "forget_yes", "forget_no",
)  # fmt: skip
"""The controls that are buttons; the others share one menu."""

MENU = 5
"""Entries of a menu; what is too much for it is a button as well."""

_PLACES = {name: place for place, name in enumerate(VISIBLE)}

_ADDRESS = re.compile(r"https://[^\s<>()]*[^\s<>().,;:!?]")


def plain_text(text: str, most: int) -> Block:
    return {"type": "plain_text", "text": shortened(text, most)}


def shortened(text: str, most: int) -> str:
    """At most `most` characters, with an ellipsis where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def escaped(text: str) -> str:
    """Authored text as mrkdwn that shows exactly this; only full https addresses become links."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ADDRESS.sub(lambda found: f"<{found[0]}>", safe) if "https://" in safe else safe


def bold(text: str) -> str:
    """Escaped text in bold, line by line since Slack's bold ends with its line."""
    lines = (line.strip() for line in escaped(text).splitlines())
    return "\n".join(f"*{line}*" if line else "" for line in lines)


def paragraphs(texts: Sequence[str]) -> list[Block]:
    """Each text a section; many of them (the help lines of every country) share sections."""
    shown = [escaped(text) for text in texts]
    if len(shown) > MOST_PARAGRAPHS:
        shown = ["\n\n".join(shown)]
    return [section(piece) for text in shown for piece in pieces(text)]


def section(mrkdwn: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}


def words(text: str) -> list[Block]:
    """A person's own words, exactly as they are. For windows only."""
    return [
        {"type": "section", "text": plain_text(piece, SECTION_CHARACTERS)} for piece in pieces(text)
    ]


def pieces(text: str) -> list[str]:
    """The text in pieces that fit a section, cut at white space where there is any."""
    cut: list[str] = []
    rest = text.strip()
    while len(rest) > SECTION_CHARACTERS:
        head = rest[:SECTION_CHARACTERS]
        at = max(head.rfind("\n"), head.rfind(" "))
        at = at if at > 0 else SECTION_CHARACTERS
        cut.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*cut, rest] if rest else cut


def button(name: str, label: str, token: str | None, style: str | None = None) -> Block:
    """`style` is Slack's `primary`, for the one button that a place is about, or None."""
    shown: Block = {
        "type": "button",
        "action_id": PRESS + name,
        "text": plain_text(label, LABEL_CHARACTERS),
    }
    if style is not None:
        shown["style"] = style
    if token is not None:
        shown["value"] = token
    return shown


def rows(name: str, buttons: Sequence[Block], length: int = ROW) -> list[Block]:
    """The buttons in as few rows as needed, of about the same length."""
    if not buttons:
        return []
    count = -(-len(buttons) // length)
    size = -(-len(buttons) // count)
    return [
        {
            "type": "actions",
            "block_id": f"{name}_{start // size}",
            "elements": list(buttons[start : start + size]),
        }
        for start in range(0, len(buttons), size)
    ]


def controls(buttons: Iterable[Button], token: str) -> list[Block]:
    """The small buttons under a question: those that must be in reach, and a menu of the rest."""
    every = [(_PLACES.get(base(each.name)), each) for each in buttons]
    placed = sorted(((n, each) for n, each in every if n is not None), key=itemgetter(0))
    seen, rest = [each for _, each in placed], [each for n, each in every if n is None]
    seen, rest = [*seen, *rest[MENU:]], rest[:MENU]
    elements = [button(each.name, each.label, token) for each in seen]
    if rest:
        entries = [option(each.label, f"{each.name}|{token}") for each in rest]
        elements.append({"type": "overflow", "action_id": MORE, "options": entries})
    return rows("controls", elements)


def option(label: str, value: str) -> Block:
    return {"text": plain_text(label, LABEL_CHARACTERS), "value": value}


def ends(scale: Scale) -> str:
    """Both ends of a scale in words."""
    return f"{scale.lowest} = {scale.low_label} · {scale.highest} = {scale.high_label}"
