"""The week of a moment: the only time that rows know."""

from __future__ import annotations


def week_of(seconds: float) -> int:
    """Whole weeks since Monday 29 December 1969, UTC; as `conversations.turn.Reply.week` counts them."""
    return (int(seconds // 86_400) + 3) // 7
