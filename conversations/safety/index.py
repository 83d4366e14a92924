"""Patterns by the words that they cannot do without, so that few of them are tried on a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Index:
    """Numbers of patterns, each with sets of symbols of which one must be in a text for it to match."""

    def __init__(self) -> None:
        self._by: dict[str, list[tuple[int, frozenset[str], tuple[frozenset[str], ...]]]] = {}
        self._listed: set[str] = set()

    def add(self, number: int, needs: Sequence[frozenset[str]]) -> None:
        """The first of `needs` should be the rarest: it is what a search starts from."""
        self._listed |= needs[0]
        second, others = needs[min(1, len(needs) - 1)], tuple(needs[2:])
        for symbol in needs[0]:
            self._by.setdefault(symbol, []).append((number, second, others))

    def near(self, present: frozenset[str]) -> list[int]:
        """The patterns that may match where these symbols are present, in the order of their numbers."""
        found: set[int] = set()
        for symbol in present & self._listed:
            for number, second, others in self._by[symbol]:
                if second.isdisjoint(present):
                    continue
                for need in others:
                    if need.isdisjoint(present):
                        break
                else:
                    found.add(number)
        return sorted(found)
