"""One turn end to end, as the store runs it: a session in, a turn out, once per event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import asides, care, departure, surfaces
from conversations.carrying import BLANK, carried
from conversations.engine import advance
from conversations.going import stay
from conversations.replacing import replace
from conversations.session import ROOM, Session, encode
from conversations.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.cases import Case, CaseAct
    from conversations.scripts import Scripts
    from conversations.turn import Reply

CASE_WEEKS = (90 - 6) // 7
"""Weeks after the last use of a session with a case: longer than the case itself, which ends 80 days
after the person's last message, since what opens the answers lies in the session."""

LEFT_OPEN_WEEKS = 1
"""Weeks after the last use in which an unfinished session may be read: it is gone in the second."""

RESERVE = 1024
"""Bytes that typed words leave free, so that the buttons to the end of a track always fit."""

NEAREST = 4
"""Steps back that are kept when room runs out; the way back is what is missed least."""

CLOCK = 10**16
"""Wider than any moment in microseconds, so that a session still fits once it has one."""


def take(scripts: Scripts, session: Session | None, reply: Reply) -> Turn:
    """What follows, and what is kept of it: expiry, repeated events and the size of a row included."""
    if reply.gone:
        return departure.taken(session, reply)
    scripts = scripts.met(reply.coaching)
    if session is not None and session.expires < reply.week:
        turn = advance(scripts, None, reply)
        return turn if turn.fate == "write" else replace(turn, fate="erase")
    if session is not None and reply.event is not None and reply.event in session.seen:
        return _repeated(scripts, surfaces.met(scripts, session, reply))
    turn = advance(scripts, session, reply)
    if turn.session is None or turn.fate != "write":
        return turn
    case = carried(turn.session.case, turn.act, reply.week)
    kept = replace(
        turn.session.saw(reply.event),
        expires=_last_week(scripts, turn.session, case, reply.week),
        facts=turn.session.facts or scripts.facts,
    )
    typed = reply.said is not None and turn.session.paused != "crisis"
    room = ROOM - RESERVE if typed else ROOM
    return _fitting(scripts, session, replace(turn, session=kept), room)


def _repeated(scripts: Scripts, session: Session) -> Turn:
    """The same event again, after a crash or in another process: the open question once more."""
    if session.paused == "stopped":
        return Turn(session, "leave", session.language)
    if session.paused == "crisis":
        return replace(care.wait(scripts, session), fate="leave")
    if session.paused == "coach":
        return asides.as_it_stands(scripts, session)
    return stay(scripts, session)


def _last_week(scripts: Scripts, session: Session, case: Case | None, week: int) -> int:
    """With a case, as long as answers may come; else at most `retention_days` after the last use when
    kept: whole weeks that certainly fit in.
    """
    if case is not None:
        return week + CASE_WEEKS
    if not session.kept:
        return week + LEFT_OPEN_WEEKS
    return week + max((scripts.organisation.retention_days - 6) // 7, LEFT_OPEN_WEEKS)


def _fitting(scripts: Scripts, before: Session | None, turn: Turn, room: int) -> Turn:
    """The oldest tracks make room for the newest; an answer that fits in no way is asked again."""
    session = turn.session
    if session is None or _fits(session, turn.act, room):
        return turn
    session = replace(session, path=session.path[-NEAREST:])
    if _fits(session, turn.act, room):
        return replace(turn, session=session)
    if session.paused == "crisis":
        return replace(turn, session=before, fate="leave")
    for smaller in _smaller(scripts, session):
        if _fits(smaller, turn.act, room):
            told = scripts.phrases.made_room.to(session.language)
            return replace(turn, session=smaller, says=(told, *turn.says))
    if before is None:
        return turn
    return stay(scripts, before, (scripts.phrases.full.to(before.language),))


def _smaller(scripts: Scripts, session: Session) -> Iterator[Session]:
    """The session with less and less in it: first the earlier summaries go, then what was left open."""
    while session.past:
        session = replace(session, past=session.past[1:], looking=0)
        yield session
    present = {session.at.script, session.track.script if session.track else "", scripts.frame.id}
    older = (key.split(".")[0] for key in session.slots)
    for script in dict.fromkeys(name for name in older if name not in present):
        slots = {k: a for k, a in session.slots.items() if k.split(".")[0] != script}
        session = replace(session, slots=slots)
        yield session


def _fits(session: Session, act: CaseAct | None, room: int) -> bool:
    """Also with what the store will put in: a moment, a case, and one that is taken back."""
    case = carried(session.case, act, session.week)
    withdrawn = session.withdrawn
    if session.case is not None and case is not session.case:
        withdrawn = (*withdrawn, BLANK + BLANK)
    whole = replace(session, asked=CLOCK, case=case, withdrawn=withdrawn)
    return len(encode(whole)) <= room
