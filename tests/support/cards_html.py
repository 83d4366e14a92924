"""Adaptive Cards on a page: each is drawn there by Microsoft's own renderer, which the page carries."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from adapters.teams import cards, dialog
from tests.support.colleague import card
from tests.support.gallery import Exhibit
from tests.support.pages import HERE, MODULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conversations.phrases import Phrases
    from conversations.turn import Turn

RENDERER = MODULES / "adaptivecards" / "dist" / "adaptivecards.min.js"

DRAW = """
for (const place of document.querySelectorAll('[data-card]')) {
  const { lang, ...card } = JSON.parse(place.dataset.card);
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.hostConfig = teams(1);
  drawn.parse(card);
  place.replaceChildren(drawn.render());
}
"""


def exhibits(turns: Iterable[tuple[str, Turn]], phrases: Phrases) -> Iterator[Exhibit]:
    """Every turn as a card in the chat and as a dialog; none where the renderer is not installed."""
    if not RENDERER.is_file():
        return
    for name, turn in turns:
        shown = {
            "card": cards.message(turn, phrases),
            "dialog": dialog.question(turn, phrases, held=True),
        }
        for kind, each in shown.items():
            if each is not None:
                section = f"Teams: {kind} · {name.split()[0]} · {turn.language}"
                yield Exhibit(section, name, _place(card(each)))


def dialogs(about: str, turns: Iterable[tuple[str, Turn]], phrases: Phrases) -> Iterator[Exhibit]:
    """Turns that are shown in dialogs only."""
    if not RENDERER.is_file():
        return
    for name, turn in turns:
        shown = dialog.question(turn, phrases, held=True)
        if shown is not None:
            section = f"Teams: dialog · {about} · {turn.language}"
            yield Exhibit(section, name, _place(card(shown)))


def style() -> str:
    """How they look."""
    return (HERE / "teams_look.css").read_text("utf-8")


def scripts() -> str:
    """What the page needs to draw them; nothing where the renderer is not installed."""
    if not RENDERER.is_file():
        return ""
    parts = (RENDERER.read_text("utf-8"), (HERE / "teams_look.js").read_text("utf-8"), DRAW)
    return "".join(f"<script>{part}</script>" for part in parts)


def _place(shown: dict[str, Any]) -> str:
    return f'<div data-card="{escape(json.dumps(shown, ensure_ascii=False))}"></div>'
