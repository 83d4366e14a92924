"""The first step into a conversation, or back into it: through the window, or here in the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import asides
from conversations.asking import ask, open_step
from conversations.going import move, stay
from conversations.replacing import replace
from conversations.script import Promise

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn


def begin(scripts: Scripts, session: Session) -> Turn:
    """After the promise: the first question, here."""
    return into_chat(scripts, session) if session.here == "chat" else into_window(scripts, session)


def into_window(scripts: Scripts, session: Session) -> Turn:
    """The first question in the private window, or whatever was open."""
    step = open_step(scripts, session)
    if isinstance(step, Promise):
        return move(scripts, session, step.go)
    return asides.greet(scripts, session)


def into_chat(scripts: Scripts, session: Session) -> Turn:
    """The first question in the chat, or whatever was open; where only the window is allowed, that."""
    if session.here != "chat" or scripts.organisation.surface == "private":
        return stay(scripts, session)
    here = replace(session, surface="chat")
    step = open_step(scripts, here)
    if isinstance(step, Promise):
        return move(scripts, here, step.go)
    if here.paused == "crisis":
        return asides.crisis_wait(scripts, here)
    return ask(scripts, replace(here, paused=None), fate="write")
