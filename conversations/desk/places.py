"""Where on the desk a window stands, in the token of its buttons: language, screen, case and way.

A desk keeps no state of its own; what a button needs travels in it, and says nothing without the
desk's ticket.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from conversations.cases import Way
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from conversations.script import Language

PREFIX = "desk"
CASE = 32
"""Characters of the handle of a case."""

Screen = Literal[
    "code", "pass", "protocol", "list", "case", "answer", "ways", "offer", "help", "back", "close",
    "away", "renew",
]  # fmt: skip
SCREENS: tuple[Screen, ...] = get_args(Screen)
WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True, slots=True)
class Place:
    """`case` is a handle or empty; `way` is that of an offer that is being written."""

    language: Language
    screen: Screen
    case: str = ""
    way: Way | None = None

    @property
    def token(self) -> str:
        """At most 60 characters."""
        return ".".join((PREFIX, self.language, self.screen, self.way or "-", self.case))


def read(token: str | None) -> Place | None:
    """None for the token of anything else."""
    parts = (token or "").split(".")
    if len(parts) != len(("prefix", "language", "screen", "way", "case")) or parts[0] != PREFIX:
        return None
    language = next((each for each in LANGUAGES if each == parts[1]), None)
    screen = next((each for each in SCREENS if each == parts[2]), None)
    way = next((each for each in WAYS if each == parts[3]), None)
    case = parts[4] if len(parts[4]) == CASE and parts[4].isalnum() else ""
    return None if language is None or screen is None else Place(language, screen, case, way)
