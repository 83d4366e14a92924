"""What can go wrong in the core, and only what a person must fix.

LuwteError
├── ContentError     authored files that cannot be used; carries every problem at once
├── SessionError     a sealed session that is not what this version writes
├── UndeliveredError a notice that did not reach its place; it is tried again
└── StoreError       the store could not do it; carries the class of the cause, never its text

An odd reply is never an exception: it is a value, and the engine answers it kindly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.problem import Problem


Cause = Literal["unreachable", "locked", "disk", "damaged", "keys", "crowded", "unknown"]
"""Why a store could not: what an operator has to look at, and nothing about anybody."""


class LuwteError(Exception):
    """The root of every error that is raised on purpose."""


class ContentError(LuwteError):
    """Authored files cannot be used. `problems` holds all of them, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problem(s) in the content")


class SessionError(LuwteError):
    """The bytes are not a session that this version can read."""


class UndeliveredError(LuwteError):
    """A notice was not delivered. The text is a constant code, never an address.

    `final`: whoever refused it says that trying again is of no use.
    """

    final: bool = False


class StoreError(LuwteError):
    """The store could not do what was asked; the text is the class of the cause and nothing else."""

    def __init__(self, text: str = "", cause: Cause = "unknown") -> None:
        super().__init__(text)
        self.cause: Cause = cause
