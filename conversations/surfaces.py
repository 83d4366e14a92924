"""Where a conversation is held: in the private window or in the chat, and what the chat may show of it.

Whoever talks in the private window finds nothing of it in the chat: no question, no opening, no
sheet, only the way back into the window. An organisation may allow nothing but that window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from conversations import tokens
from conversations.replacing import replace
from conversations.script import Promise
from conversations.turn import Button, Prompt, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Control, Reply

CONTROLS: tuple[Control, ...] = ("help", "mydata", "unlock", "about", "language", "forget")


def met(scripts: Scripts, session: Session, reply: Reply) -> Session:
    """The session with where this reply came in, and what that says about where they talk."""
    surface = session.surface
    if reply.surface == "private" or (reply.surface and scripts.organisation.surface == "private"):
        surface = "private"
    elif reply.surface == "chat" and surface is None:
        chosen = session.begun or session.at.step != scripts.frame.start
        surface = "chat" if chosen else None
    return replace(session, surface=surface, here=reply.surface)


def away(session: Session) -> bool:
    """Whether they are in the chat now, while the conversation is held in the window."""
    return session.here == "chat" and session.surface == "private"


def doors(scripts: Scripts, session: Session, step: Promise) -> tuple[Button, ...]:
    """The ways to begin: from the chat into the window (named first) or here, elsewhere just one."""
    language, own = session.language, scripts.phrases.surfaces
    if session.here != "chat":
        return (Button("start", step.start.to(language)),)
    if scripts.organisation.surface == "private":
        return (Button("private", own.open.to(language)),)
    return (
        Button("private", own.private.to(language)),
        Button("chat", own.chat.to(language)),
    )


def elsewhere(
    scripts: Scripts,
    session: Session,
    before: Sequence[str],
    *,
    fate: Literal["leave", "write"],
) -> Turn:
    """In the chat, in place of the open question: the way into the window.

    Where only the window is allowed it is the same for everybody, whether or not they ever began:
    the promise, and one button.
    """
    language, phrases = session.language, scripts.phrases
    promise = scripts.frame.step(scripts.frame.start)
    said: tuple[str, ...] = ()
    ask = phrases.surfaces.elsewhere
    options = [Button("private", phrases.surfaces.open.to(language))]
    if scripts.organisation.surface == "choose":
        options.append(Button("chat", phrases.surfaces.chat.to(language)))
    if scripts.coaching is not None and scripts.coaching.coaches:
        options.append(Button("coach", phrases.labels.coach.to(language)))
    if scripts.organisation.surface == "private" and isinstance(promise, Promise):
        own = (*promise.say, promise.operator[scripts.organisation.operator])
        said, ask = tuple(text.to(language) for text in own), phrases.surfaces.whenever
    asked = Prompt(
        token=tokens.outside(scripts.frame, session),
        kind="choice",
        ask=ask.to(language),
        options=tuple(options),
        controls=tuple(
            Button(name, getattr(phrases.labels, name).to(language)) for name in CONTROLS
        ),
    )
    kept = session if session.begun else None
    return Turn(kept, fate if kept else "leave", language, (*before, *said), prompt=asked)
