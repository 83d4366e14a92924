"""From an authored pattern to one that runs over symbols: a character for every word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from conversations.safety.grammar import items

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STOP: Final = "|"
"""The symbol for the end of a sentence."""

COMMA: Final = ","
BETWEEN: Final = f"{COMMA}?"
NEXT: Final = "next"
"""The class of words at which a new thought begins."""

GAPS: Final = {"..": f"[^{STOP}]{{0,4}}", "...": f"[^{STOP}]{{0,8}}"}
"""So many symbols, a comma among them."""

DEEPEST: Final = 6

_ALONE: Final = str.maketrans("", "", "*'")

STEM: Final = 4
"""The fewest letters before a `*`."""


class PatternError(ValueError):
    """A pattern that cannot be read; the text says why, for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a pattern. `anchors` are symbols of which one must be there for it to match;
    None where it may match without any. `needs` are several such sets, the rarest first.
    """

    source: str
    anchors: frozenset[str] | None
    needs: tuple[frozenset[str], ...] = ()


class Patterns:
    """Reads the patterns of one grammar.

    `symbols` gives every symbol that a listed word or `stem*` may be; `everyday` are the symbols
    that are in nearly every text.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        symbols: Callable[[str], frozenset[str]],
        everyday: frozenset[str] = frozenset(),
    ) -> None:
        self._words, self._symbols, self._everyday = words, symbols, everyday
        self._classes: dict[str, Piece] = {}
        self._next = self._boundary() if NEXT in words else ""

    def read(self, pattern: str, depth: int = 0) -> Piece:
        """Raises PatternError for a class that is not there, or nothing to look for."""
        pieces = [self._element(each, depth) for each in pattern.split()]
        needs = tuple(sorted((p.anchors for p in pieces if p.anchors), key=self.cost))
        if not needs:
            raise PatternError("it has no word to look for")
        return Piece(BETWEEN.join(piece.source for piece in pieces), needs[0], needs)

    def ways(self, pattern: str) -> list[str]:
        """The patterns of which one must match where this one is a class alone: its words together
        and each of its phrases, so that only those are tried whose words are there.
        """
        name = pattern[1:-1]
        if pattern != f"<{name}>" or name not in self._words:
            return [pattern]
        listed = items(self._words[name])
        words = [each for each in listed if each.replace("*", "").isalpha()]
        phrases = [each for each in listed if each not in words]
        return [*(["/".join(words)] if words else []), *chain(*map(self.ways, phrases))]

    def row(self, pattern: str) -> list[frozenset[str]] | None:
        """The symbols that may stand at each place, where it is plain words in a row."""
        places = [each.split("/") for each in pattern.split()]
        if not all(each.translate(_ALONE).isalpha() for place in places for each in place):
            return None
        return [frozenset().union(*map(self._word, place)) for place in places]

    def _element(self, text: str, depth: int) -> Piece:
        if text in GAPS:
            return Piece(GAPS[text], None)
        if text == "$":
            return Piece(rf"(?=[{COMMA}{STOP}{self._next}]|\Z)", None)
        if text == "^":
            return Piece(rf"(?:(?<=[{COMMA}{STOP}{self._next}])|\A)", None)
        if text.endswith("?"):
            return Piece(f"(?:{self._element(text[:-1], depth).source})?", None)
        return self._one_of(text.split("/"), depth)

    def _one_of(self, alternatives: list[str], depth: int) -> Piece:
        """One of several words, classes or phrases; the words among them become one set."""
        single: frozenset[str] = frozenset()
        pieces = []
        for each in alternatives:
            if each.startswith("<") and each.endswith(">"):
                pieces.append(self._class(each[1:-1], depth))
            elif " " in each or "_" in each or "/" in each or each.endswith("?"):
                pieces.append(self.read(each.replace("_", " "), depth + 1))
            else:
                single |= self._word(each)
        if single:
            pieces.append(Piece(f"[{''.join(sorted(single))}]", single))
        anchors = frozenset().union(*(piece.anchors or frozenset() for piece in pieces))
        source = "|".join(piece.source for piece in pieces)
        return Piece(f"(?:{source})" if len(pieces) > 1 else source, anchors)

    def _class(self, name: str, depth: int) -> Piece:
        if name not in self._words:
            raise PatternError(f"there is no class `{name}` in `words`")
        if depth > DEEPEST:
            raise PatternError(f"the class `{name}` leads to itself")
        if name not in self._classes:
            self._classes[name] = self._one_of(items(self._words[name]), depth + 1)
        return self._classes[name]

    def _word(self, word: str) -> frozenset[str]:
        if word.endswith("*") and len(word) <= STEM:
            raise PatternError(f"`{word}` needs {STEM} letters before its *")
        found = self._symbols(word)
        if not found:
            raise PatternError(f"`{word}` is not a word")
        return found

    def _boundary(self) -> str:
        return "".join(
            symbol for each in items(self._words[NEXT]) for symbol in self._symbols(each)
        )

    def cost(self, anchors: frozenset[str]) -> tuple[int, int]:
        """How many everyday words are among them, and how many words there are."""
        return len(anchors & self._everyday), len(anchors)


def unbroken(piece: Piece) -> Piece:
    """The same without a comma between its words: "dood, aan" is not "dood aan"."""
    return Piece(piece.source.replace(BETWEEN, ""), piece.anchors, piece.needs)


class Compiled:
    """A pattern over symbols, compiled when it is first looked for: most never are."""

    __slots__ = ("_pattern", "_source")

    def __init__(self, piece: Piece) -> None:
        self._source = piece.source
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Two threads may both compile it; either result is right."""
        if self._pattern is None:
            self._pattern = re.compile(self._source)
        return self._pattern

    def within(self, text: str) -> bool:
        """Whether it stands somewhere in these symbols."""
        return (self._pattern or self.pattern).search(text) is not None
