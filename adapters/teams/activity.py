"""An activity as it arrives: a plain dict of which only the sender is certain, not the shape."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""A JSON object; what is in it is checked where it is read."""

LONGEST_ID = 400
"""Characters of an identifier; Teams' own stay below 200."""


def text(value: object, *path: str, longest: int = LONGEST_ID) -> str | None:
    """The words at this path; None when they are missing, empty, too long or no valid Unicode."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        return None
    return value if readable(value) == value else None


def readable(words: str) -> str:
    """The words with every lone surrogate, which JSON can carry and UTF-8 cannot, as "?"."""
    return words.encode("utf-8", "replace").decode("utf-8")


def tenant(activity: Json) -> str | None:
    """The tenant that the activity names; None when it names none, or two.

    The place is `channelData.tenant.id`; `conversation.tenantId` must not contradict it.
    """
    named = {
        text(activity, "channelData", "tenant", "id"),
        text(activity, "conversation", "tenantId"),
    } - {None}
    return named.pop() if len(named) == 1 else None
