"""Block Kit drawn as HTML, about as Slack draws it: enough to see whether something is ugly."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Json = dict[str, Any]

STYLE = """
.slack { font: 15px/1.47 Lato, "Liberation Sans", "Noto Sans", sans-serif; color: #1d1c1d; }
.slack .actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.slack .button { border: 1px solid #bbbabb; border-radius: 4px; padding: 4px 12px; font-weight: 700;
  background: #fff; max-width: 100%; }
.slack .primary { background: #007a5a; border-color: #007a5a; color: #fff; }
.slack .section { margin: 8px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.slack .plain { border-left: 3px solid #ddd; padding-left: 8px; }
.slack .context { color: #616061; font-size: 0.87em; margin: 4px 0; }
.slack .label { font-weight: 700; margin: 12px 0 4px; white-space: pre-wrap; }
.slack .field { border: 1px solid #868686; border-radius: 4px; padding: 6px 10px; min-height: 1.4em; }
.slack .large { min-height: 4.5em; }
.slack .title { font-weight: 900; font-size: 1.2em; border-bottom: 1px solid #ddd; padding-bottom: 8px; }
.slack .foot { border-top: 1px solid #ddd; margin-top: 12px; padding-top: 8px; text-align: right; }
.slack .menu { border: 1px solid #bbbabb; border-radius: 4px; padding: 4px 10px; }
.slack .entries { font-size: 0.8em; color: #616061; }
.slack hr { border: 0; border-top: 1px solid #ddd; }
"""


def message(shown: Json) -> str:
    """The arguments of chat.postMessage."""
    return f'<div class="slack"><b>luwte</b> <small>APP</small>{_blocks(shown["blocks"])}</div>'


def view(shown: Json) -> str:
    """A modal with its frame, or a Home."""
    if shown["type"] == "home":
        return f'<div class="slack">{_blocks(shown["blocks"])}</div>'
    foot = "".join(
        f'<span role="button" class="button{" primary" if name == "submit" else ""}">'
        f"{_text(shown[name])}</span> "
        for name in ("close", "submit")
        if name in shown
    )
    title = f'<div class="title">{_text(shown["title"])}</div>'
    body = _blocks(shown["blocks"])
    return f'<div class="slack">{title}{body}<div class="foot">{foot}</div></div>'


def _blocks(blocks: Iterable[Json]) -> str:
    return "".join(BLOCKS[each["type"]](each) for each in blocks)


def _section(block: Json) -> str:
    kind = " plain" if block["text"]["type"] == "plain_text" else ""
    return f'<div class="section{kind}">{_text(block["text"])}</div>'


def _context(block: Json) -> str:
    return f'<div class="context">{" ".join(_text(each) for each in block["elements"])}</div>'


def _actions(block: Json) -> str:
    shown = "".join(ELEMENTS[each["type"]](each) for each in block["elements"])
    return f'<div class="actions">{shown}</div>'


def _input(block: Json) -> str:
    hint = f'<div class="context">{_text(block["hint"])}</div>' if "hint" in block else ""
    element = block["element"]
    label = f'<div class="label">{_text(block["label"])}</div>'
    return label + ELEMENTS[element["type"]](element) + hint


def _button(element: Json) -> str:
    style = " primary" if element.get("style") == "primary" else ""
    return f'<span role="button" class="button{style}">{_text(element["text"])}</span>'


def _overflow(element: Json) -> str:
    entries = " · ".join(
        f'<span role="button">{_text(each["text"])}</span>' for each in element["options"]
    )
    return f'<span class="menu">⋯ <span class="entries">{entries}</span></span>'


def _radios(element: Json) -> str:
    return "".join(f"<div>◯ {_text(each['text'])}</div>" for each in element["options"])


def _select(element: Json) -> str:
    entries = " · ".join(_text(each["text"]) for each in element["options"])
    return f'<div class="field">▾ <span class="entries">{entries}</span></div>'


def _typing(element: Json) -> str:
    large = " large" if element.get("multiline") else ""
    return f'<div class="field{large}">{escape(element.get("initial_value", ""))}</div>'


def _text(text: Json) -> str:
    if text["type"] == "plain_text":
        return escape(text["text"])
    marked = re.sub(r"<(https://[^>|]+)>", r"<u>\1</u>", text["text"])
    return re.sub(r"(?m)^\*(.*)\*$", r"<b>\1</b>", marked)


BLOCKS: dict[str, Callable[[Json], str]] = {
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "divider": lambda _: "<hr>",
}
ELEMENTS: dict[str, Callable[[Json], str]] = {
    "button": _button,
    "overflow": _overflow,
    "radio_buttons": _radios,
    "static_select": _select,
    "plain_text_input": _typing,
}
