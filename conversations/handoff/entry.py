"""In and out of the way to a coach, and what a button or typed words do on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.handoff import coaches, relay, request, way
from conversations.phrasing import clean, visible

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn


def enter(scripts: Scripts, session: Session) -> Turn | None:
    """To the case that is there, to where they left off, or to the explanation.

    None when there is no coach to ask and nothing was asked before.
    """
    if session.case is not None and not _choosing_another(session):
        return relay.case(scripts, session)
    if session.draft is not None and session.draft.lines:
        return again(scripts, session)
    if not coaches.available(scripts):
        return None
    return request.explain(scripts, replace(session, draft=None))


def reachable(scripts: Scripts, session: Session) -> bool:
    """Whether somebody can be asked now, or something was begun before."""
    begun = session.draft is not None and bool(session.draft.lines)
    return session.case is not None or begun or bool(coaches.available(scripts))


def again(scripts: Scripts, session: Session, said: tuple[str, ...] = ()) -> Turn:
    """The screen at which they are, once more."""
    screen = session.draft.screen if session.draft is not None else "explain"
    return {**way.SHOWN, **relay.SHOWN}[screen](scripts, session, said)  # type: ignore[call-arg]


def press(scripts: Scripts, session: Session, name: str) -> Turn | None:
    """After a button; None when the screen has no such button."""
    return way.press(scripts, session, name) or relay.press(scripts, session, name)


def write(scripts: Scripts, session: Session, words: str) -> Turn:
    """After typed words: a line, a name or a letter where one is asked; else the screen once more."""
    screen = session.draft.screen if session.draft is not None else "explain"
    if not visible(clean(words)):
        return again(scripts, session, (scripts.phrases.empty.to(session.language),))
    match screen:
        case "line":
            return way.say_line(scripts, session, words)
        case "name":
            return way.say_name(scripts, session, words)
        case "letter":
            return relay.say_letter(scripts, session, words)
        case "reveal":
            return relay.say_name(scripts, session, words)
        case _:
            told = (scripts.phrases.use_a_button.to(session.language),)
            return again(scripts, session, told)


def left(session: Session) -> Session:
    """Back in the conversation. A card that is being written stays; where nothing is, nothing does."""
    draft = session.draft
    kept = draft if draft is not None and draft.lines else None
    return replace(session, paused=None, draft=kept)


def told(scripts: Scripts, session: Session) -> tuple[str, ...]:
    """One line when an answer is there that was not shown yet, or something has become of the case;
    the same for all of it.

    Never in the chat: its archive would tell that they asked a coach.
    """
    case = session.case
    if session.here == "chat" or case is None:
        return ()
    if not case.unread and case.standing in ("", case.told):
        return ()
    return (scripts.coach.answer_here.to(session.language),)


def _choosing_another(session: Session) -> bool:
    draft = session.draft
    return draft is not None and draft.screen in way.SHOWN and bool(draft.lines)
