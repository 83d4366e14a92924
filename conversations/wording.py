"""Authored text made ready to say: the language chosen, and numbers from a scale put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conversations.script import Text
    from conversations.session import Session

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:-(\d+))?\}")


def say(text: Text, session: Session) -> str | None:
    """The sentence, or None when it speaks of a number that was never given."""
    missing = False

    def number(found: re.Match[str]) -> str:
        nonlocal missing
        given = _number(session, found[1])
        if given is None:
            missing = True
            return ""
        return str(max(given - int(found[2] or 0), 0))

    filled = PLACEHOLDER.sub(number, text.to(session.language)).strip()
    return None if missing else filled


def says(texts: Iterable[Text | None], session: Session) -> tuple[str, ...]:
    """Every sentence that can be said."""
    said = (say(text, session) for text in texts if text is not None)
    return tuple(sentence for sentence in said if sentence)


def _number(session: Session, slot: str) -> int | None:
    for script in (session.at.script, "frame"):
        answer = session.slots.get(f"{script}.{slot}")
        if answer is not None and answer.number is not None:
            return answer.number
    return None
