"""Authored text made ready to say: language and variant chosen, and numbers from a scale put in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conversations import variants
from conversations.script import Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conversations.script import Language, Text
    from conversations.session import Session

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?:-(\d+))?\}")


def say(text: Text | Said, session: Session) -> str | None:
    """The sentence, or None when it speaks of a number that was never given."""
    words = chosen(text, session)
    if "{" not in words:
        return words.strip()
    missing = False

    def number(found: re.Match[str]) -> str:
        nonlocal missing
        given = _number(session, found[1])
        if given is None:
            missing = True
            return ""
        return str(max(given - int(found[2] or 0), 0))

    filled = PLACEHOLDER.sub(number, words).strip()
    return None if missing else filled


def chosen(text: Text | Said, session: Session) -> str:
    """The text in the session's language, of variants the one whose turn it is, numbers not put in."""
    if isinstance(text, Said) and len(text.nl) > 1:
        return text.to(session.language, variants.nth(session))
    return text.to(session.language)


def says(texts: Iterable[Text | Said | None], session: Session) -> tuple[str, ...]:
    """Every sentence that can be said."""
    said = (say(text, session) for text in texts if text is not None)
    return tuple(sentence for sentence in said if sentence)


def filled(text: Text, language: Language, **values: object) -> str:
    """A phrase with its own `{names}` put in."""
    said = text.to(language)
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", str(value))
    return said


def _number(session: Session, slot: str) -> int | None:
    for script in (session.at.script, "frame"):
        answer = session.slots.get(f"{script}.{slot}")
        if answer is not None and answer.number is not None:
            return answer.number
    return None
