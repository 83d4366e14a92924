"""Somebody removed the bot from their platform: no notice of theirs is asked for any more.

What they wrote stays until it ends by itself, since removing an app is no request to erase; no row
comes of it, and it is no use that makes one live longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.replacing import replace
from conversations.script import LANGUAGES
from conversations.turn import Turn

if TYPE_CHECKING:
    from conversations.session import Session
    from conversations.turn import Reply


def taken(session: Session | None, reply: Reply) -> Turn:
    """A turn that shows nothing; what leaves from now on carries no way back to them."""
    language = reply.language or LANGUAGES[0]
    if session is None or session.expires < reply.week:
        return Turn(session, "leave", language)
    case, draft = session.case, session.draft
    if case is not None and case.notify:
        case = replace(case, notify=False)
    if draft is not None and draft.notify:
        draft = replace(draft, notify=False)
    if case is session.case and draft is session.draft:
        return Turn(session, "leave", language)
    return Turn(replace(session, case=case, draft=draft), "write", language)
