"""A conversation as a picture that any browser opens: cards from left to right, and lines between.

A card holds a question and, a row each, what leads on from there. Cards stand in the column of
their longest way from the beginning, and in a column near the cards that lead to them.
https://www.w3.org/TR/SVG2/
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from conversations.exits import exits, layers, question
from conversations.script import Close

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.exits import Exit
    from conversations.script import Language, Script
    from conversations.scripts import Scripts

WIDE, BETWEEN, APART, MARGIN = 300, 110, 28, 24
"""A card, the space between columns, between cards in a column, and around it all (pixels)."""

LINE, PAD = 17, 12
SPACE: Final = "http://www.w3.org/2000/svg"
FONT: Final = 'font-family="sans-serif" font-size="13"'
CHARACTERS: Final = 42
"""About as many fit into a card at the size of its letters."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way on, as lines of text; `exit` is None where the card only says something."""

    lines: tuple[str, ...]
    exit: Exit | None


@dataclass(frozen=True, slots=True)
class Card:
    """A step: what it asks, its rows, and where it stands."""

    name: str
    closes: bool
    asked: tuple[str, ...]
    rows: tuple[Row, ...]
    x: int = 0
    y: int = 0

    @property
    def high(self) -> int:
        return 2 * PAD + LINE * (1 + len(self.asked) + sum(len(row.lines) for row in self.rows))

    def row_at(self, place: int) -> int:
        """The middle of this row."""
        above = 1 + len(self.asked) + sum(len(row.lines) for row in self.rows[:place])
        return self.y + PAD + LINE * above + LINE * len(self.rows[place].lines) // 2


def drawn(scripts: Scripts, script: Script, language: Language) -> str:
    """The picture as a document of its own."""
    cards = _placed(scripts, script, language)
    wide = max(card.x for card in cards.values()) + WIDE + MARGIN
    high = max(card.y + card.high for card in cards.values()) + MARGIN
    body = [*_edges(cards), *(part for card in cards.values() for part in _card(card))]
    title = escape(script.title.to(language))
    return "\n".join(
        [
            f'<svg xmlns="{SPACE}" width="{wide}" height="{high}" {FONT}>',
            f"<title>{title}</title>",
            f'<rect width="{wide}" height="{high}" fill="#fbfaf7"/>',
            *body,
            "</svg>\n",
        ]
    )


def _placed(scripts: Scripts, script: Script, language: Language) -> dict[str, Card]:
    themes = scripts.lexicon.themes
    depth = layers(script, themes, language)
    cards: dict[str, Card] = {}
    for column in range(max(depth.values()) + 1):
        names = [name for name in script.steps if depth[name] == column]
        names.sort(key=lambda name: _pull(name, cards))
        y = MARGIN
        for name in names:
            step = script.steps[name]
            rows = tuple(_row(way) for way in exits(step, themes, language))
            if isinstance(step, Close):
                rows = tuple(_said(f"{line.label.to(language)}: …") for line in step.summary)
            x = MARGIN + column * (WIDE + BETWEEN)
            asked = _wrapped(question(step, language))
            cards[name] = Card(name, isinstance(step, Close), asked, rows, x, y)
            y += cards[name].high + APART
    return cards


def _pull(name: str, cards: dict[str, Card]) -> float:
    """The mean height of the rows that lead here."""
    heights = [
        card.row_at(place)
        for card in cards.values()
        for place, row in enumerate(card.rows)
        if row.exit is not None and row.exit.target == name
    ]
    return sum(heights) / len(heights) if heights else 0.0


def _row(way: Exit) -> Row:
    label = way.label if way.inside else f"{way.label} → {way.target}"
    return Row(_wrapped(f"> {label}"), way)


def _said(text: str) -> Row:
    return Row(_wrapped(text), None)


def _wrapped(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(" ".join(text.split()), CHARACTERS)) or ("",)


def _edges(cards: dict[str, Card]) -> Iterator[str]:
    for card in cards.values():
        for place, row in enumerate(card.rows):
            target = (
                cards.get(row.exit.target) if row.exit is not None and row.exit.inside else None
            )
            if target is None:
                continue
            x, y = card.x + WIDE, card.row_at(place)
            to_x, to_y = target.x, target.y + PAD + LINE // 2
            bend = max((to_x - x) // 2, BETWEEN // 2)
            yield (
                f'<path d="M{x} {y} C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"'
                ' fill="none" stroke="#8aa0a8" stroke-width="1.5"/>'
                f'<circle cx="{to_x}" cy="{to_y}" r="3" fill="#51707c"/>'
            )


def _card(card: Card) -> Iterator[str]:
    fill = "#e8f0ea" if card.closes else "#ffffff"
    yield (
        f'<rect x="{card.x}" y="{card.y}" width="{WIDE}" height="{card.high}" rx="8"'
        f' fill="{fill}" stroke="#b9c4c9"/>'
    )
    y = card.y + PAD + LINE - 5
    yield _text(card.x, y, card.name, "#8b8f94", "normal")
    for line in card.asked:
        y += LINE
        yield _text(card.x, y, line, "#1d2b30", "bold")
    for row in card.rows:
        for line in row.lines:
            y += LINE
            yield _text(card.x, y, line, "#3d5a66", "normal")


def _text(x: int, y: int, words: str, colour: str, weight: str) -> str:
    said = escape(words)
    return f'<text x="{x + PAD}" y="{y}" fill="{colour}" font-weight="{weight}">{said}</text>'
