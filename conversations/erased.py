"""What is told beside "it is erased": until when a copy could be opened, and what a lock still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.calendar import copies_end, written
from conversations.wording import filled

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.session import Session


def afterwards(scripts: Scripts, session: Session) -> tuple[str, ...]:
    """After a row went: until when its copies last, and what lies behind a lock that was not opened."""
    if not session.begun:
        return (behind_a_lock(scripts, session.week, session.language),)
    day = written(copies_end(session.week), session.language)
    copies = filled(scripts.phrases.copies, session.language, date=day)
    if session.locked:
        return (copies,)
    return (copies, behind_a_lock(scripts, session.week, session.language))


def behind_a_lock(scripts: Scripts, week: int, language: Language) -> str:
    """Nobody can tell who has a lock, so everybody is told."""
    day = written(copies_end(week), language)
    return filled(scripts.phrases.lock.beside, language, date=day)
