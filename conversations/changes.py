"""What changed in an organisation since somebody was last here: told once, before the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import surfaces
from conversations.organisation import FACTS
from conversations.replacing import replace
from conversations.wording import filled

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn


def told(scripts: Scripts, session: Session, turn: Turn) -> Turn:
    """The same turn with the changes before it, where it asks a question; noted in the session.

    A help card comes first and is not interrupted, reading one's own data writes nothing, and the
    chat does not tell that somebody talks in the window: then the changes wait for the next question.
    """
    after = turn.session
    if turn.fate == "erase" or turn.prompt is None or after is None or surfaces.away(session):
        return turn
    reading = turn.fate == "leave" and turn.sheet is not None
    if reading or after.paused == "crisis" or turn.prompt.kind == "secret":
        return turn
    said = news(scripts, session)
    if not said:
        return turn
    noted = replace(after, facts=scripts.facts)
    return replace(turn, session=noted, fate="write", says=(*said, *turn.says))


def news(scripts: Scripts, session: Session) -> tuple[str, ...]:
    """A sentence for each kind of change; none for a session that noted no facts yet."""
    organisation, phrases, language = scripts.organisation, scripts.phrases, session.language
    said: list[str] = []
    for kind, before, now in zip(FACTS, session.facts, scripts.facts, strict=False):
        if before != now:
            said.append(filled(phrases.changes[kind], language, days=organisation.retention_days))
            if kind == "operator":
                said.append(phrases.about_operator[organisation.operator].to(language))
    return tuple(said)
