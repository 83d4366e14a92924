"""The way to a coach as the engine meets it: how it is reached, and what words and buttons do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import surfaces
from conversations.asides import as_it_stands
from conversations.asking import ask, needs_coach, open_step
from conversations.desk.places import Place
from conversations.going import move, stay
from conversations.handoff import entry, view, way
from conversations.replacing import replace
from conversations.turn import Button, Prompt, Turn

if TYPE_CHECKING:
    from conversations.phrases import Command
    from conversations.script import Language, Text
    from conversations.scripts import Scripts
    from conversations.session import Session

TYPED = ("line", "name", "letter", "reveal")
"""Screens at which typed words are the answer."""

WORDS: tuple[Command | None, ...] = (None, "yes", "no", "skip", "back", "hello")
"""What is typed there and steers the way itself, or is an answer; all else is answered as ever."""

reachable = entry.reachable


def enter(scripts: Scripts, session: Session) -> Turn:
    """To a coach, or a line that says why not; from the chat into the window."""
    if surfaces.away(session):
        return stay(scripts, session)
    if not entry.reachable(scripts, session):
        return as_it_stands(scripts, session, (nobody(scripts).to(session.language),))
    if session.here == "chat":
        return view.in_window(scripts, session)
    return entry.enter(scripts, session) or stay(scripts, session)


def nobody(scripts: Scripts) -> Text:
    """Why nobody can be asked: not here, not at this moment, or not in a terminal."""
    if scripts.coaching is not None and scripts.coaching.coaches:
        return scripts.coach.none_now
    alone = scripts.organisation.operator == "self"
    return scripts.coach.none_self if alone else scripts.coach.none_here


def desk(scripts: Scripts, session: Session) -> Turn:
    """They say that they are a coach: the button that opens a desk, the same for everybody."""
    turn = desk_of_nobody(scripts, session.language)
    return replace(turn, session=session if session.begun else None)


def desk_of_nobody(scripts: Scripts, language: Language) -> Turn:
    """The same for somebody of whom nothing is known but the language of these words."""
    asked = Prompt(
        token=Place(language, "list").token,
        kind="choice",
        ask=scripts.desk.in_window.to(language),
        options=(Button("desk", scripts.desk.open_desk.to(language)),),
    )
    return Turn(None, "leave", language, prompt=asked)


def typing(session: Session) -> bool:
    """Whether words are asked that go to a coach: then they are no question to the bot."""
    return (
        session.paused == "coach"
        and session.here != "chat"
        and session.draft is not None
        and session.draft.screen in TYPED
    )


def press(scripts: Scripts, session: Session, name: str) -> Turn | None:
    """After a button; None when the screen has no such button."""
    if session.here == "chat":
        return as_it_stands(scripts, session)
    if name == view.LEAVE:
        return leave(scripts, session)
    return entry.press(scripts, session, name)


def write(scripts: Scripts, session: Session, words: str, steer: Command | None) -> Turn:
    """After typed words, "skip" and "back" among them."""
    if session.here == "chat":
        return as_it_stands(scripts, session)
    if steer == "back" or (steer == "hello" and not typing(session)):
        return leave(scripts, session) if steer == "back" else entry.again(scripts, session)
    if steer == "skip" and session.draft is not None and session.draft.screen == "line":
        return way.press(scripts, session, "leave_out") or leave(scripts, session)
    return entry.write(scripts, session, words)


def leave(scripts: Scripts, session: Session) -> Turn:
    """Back to the question that was open; one that only led here is passed."""
    back = entry.left(session)
    step = open_step(scripts, back)
    if needs_coach(step):
        return move(scripts, back, step.go)  # type: ignore[union-attr]
    return ask(scripts, back, fate="write")
