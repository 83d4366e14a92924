"""What may be heard in somebody's words, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Level = Literal[
    "L3",
    "L2",
    "harm_other",
    "L1",
    "harassment",
    "burnout",
    "addiction",
    "dismissal",
    "wrongdoing",
    "none",
]
"""L3: plan, means or time. L2: a sign of danger to a life. L1: heavy and unclear, so it is asked.

Where several are heard, the first of this order counts.
"""

ORDER: Final[tuple[Level, ...]] = get_args(Level)

CARDS: Final[frozenset[Level]] = frozenset({"L3", "L2", "harm_other"})
"""The levels at which the help card comes at once, without a question first."""

ASKED: Final[Level] = "L1"
"""The level at which one direct question comes, and no card."""

About = Literal["self", "other", "past"]
"""Whose danger it is: the person's own, somebody else's, or one of long ago."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard, without a word of what was said."""

    level: Level = "none"
    about: About = "self"


def graver(one: Level, other: Level) -> bool:
    """Whether `one` weighs more than `other`."""
    return ORDER.index(one) < ORDER.index(other)
