"""One authored file as plain values, and the line on which each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conversations.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

Trail = tuple[str | int, ...]
"""The keys that lead to a value: `("steps", "energy", "ask", "nl")`."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file: its value (None when it cannot be read), and what is wrong with its letters.

    `bare` holds the trails of texts that stand without quotes, those in a list included.
    """

    file: str
    value: object = None
    lines: Mapping[Trail, int] = field(default_factory=dict)
    bare: frozenset[Trail] = frozenset()
    problems: tuple[Problem, ...] = ()

    @property
    def top(self) -> dict[str, object]:
        """The mapping that the file is; empty when it is none."""
        return self.value if isinstance(self.value, dict) else {}

    def line(self, trail: Trail) -> int:
        """The line of this value, or of the nearest one around it that is there."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail, 1)

    def problem(self, trail: Trail, code: str, what: str, remedy: str) -> Problem:
        """A problem of the value to which this trail leads."""
        return Problem(self.file, self.line(trail), code, what, remedy)
