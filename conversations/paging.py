"""Lines of a sheet in pages that every window can show, the newest line on the last page.

Slack takes a hundred blocks in a view, Teams some 28 KB in a dialog, where each line of text is a
block of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.turn import SheetLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = 6_000
"""What a page may weigh: a character counts for one, a line of text for `BREAK` more."""

BREAK = 30
"""What a block costs beside its characters, in a card of Teams."""

MOST_LINES = 25
"""Lines of a sheet on one page: each takes two blocks of Slack at least."""


def pages(lines: Sequence[SheetLine]) -> tuple[tuple[SheetLine, ...], ...]:
    """At least one page; filled from the end, so that the last one is the fullest.

    A line that is too long for a page goes on at the next, under the same label.
    """
    found: list[list[SheetLine]] = [[]]
    weight = 0
    pieces = [SheetLine(line.label, words) for line in lines for words in _pieces(line.words)]
    for piece in reversed(pieces):
        own = _weight(piece.label) + _weight(piece.words)
        if found[-1] and (weight + own > PAGE or len(found[-1]) >= MOST_LINES):
            found.append([])
            weight = 0
        found[-1].append(piece)
        weight += own
    return tuple(tuple(reversed(each)) for each in reversed(found))


def at(number: int | None, count: int) -> int:
    """The page to show, from 0: the last one where none, or one that is not there, is asked for."""
    return number - 1 if number is not None and 0 < number <= count else count - 1


def number(rest: str) -> int | None:
    """What stands behind the colon of a button, if it is a page."""
    return int(rest) if rest.isascii() and rest.isdecimal() and len(rest) <= 4 else None  # noqa: PLR2004


def _weight(text: str) -> int:
    return len(text.encode("utf-8", "replace")) + BREAK * len(text.splitlines() or [""])


def _pieces(words: str) -> Iterator[str]:
    """The words in parts of at most half a page, cut between lines."""
    part: list[str] = []
    weight = 0
    for line in words.splitlines() or [""]:
        if part and weight + _weight(line) > PAGE // 2:
            yield "\n".join(part)
            part, weight = [], 0
        part.append(line)
        weight += _weight(line)
    yield "\n".join(part)
