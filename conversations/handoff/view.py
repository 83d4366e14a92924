"""One screen of the way to a coach as a turn: kept as the place where they are, shown in the window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations import tokens
from conversations.turn import Button, Prompt, Sheet, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.cases import CaseAct
    from conversations.requestdraft import Draft
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Control, SheetLine

CONTROLS: tuple[Control, ...] = ("help", "stop", "about", "language", "forget")
LEAVE = "coach_leave"
"""The button that leads back to the conversation."""


def at(session: Session, draft: Draft) -> Session:
    """The session on this screen, as a new question: buttons of earlier screens are old ones."""
    return replace(session, draft=draft, begun=True, paused="coach", turn=session.turn + 1)


def screen(  # noqa: PLR0913  the parts of a screen, each by its name
    scripts: Scripts,
    session: Session,
    ask: str,
    options: Sequence[tuple[str, Text | str]],
    *,
    says: Sequence[str] = (),
    typed: bool = False,
    words: str = "",
    sheet: Sheet | None = None,
    act: CaseAct | None = None,
) -> Turn:
    """The turn of the screen at which `session` stands; `words` stand in its field already.

    In the chat only the way into the window is shown: neither question nor words belong there.
    """
    texts, language = scripts.coach, session.language
    if session.here == "chat":
        return in_window(scripts, session)
    buttons = tuple(
        Button(name, label if isinstance(label, str) else label.to(language))
        for name, label in (*options, (LEAVE, texts.labels.leave))
    )
    asked = Prompt(
        token=tokens.token(session),
        kind="open" if typed else "choice",
        ask=ask,
        options=buttons,
        typed=typed,
        words=words,
        controls=tuple(
            Button(name, getattr(scripts.phrases.labels, name).to(language)) for name in CONTROLS
        ),
    )
    return Turn(session, "write", language, tuple(says), sheet=sheet, prompt=asked, act=act)


def in_window(scripts: Scripts, session: Session) -> Turn:
    """In the chat: one line, and the button that opens the window."""
    texts, language = scripts.coach, session.language
    asked = Prompt(
        token=tokens.token(session),
        kind="choice",
        ask=texts.in_window.to(language),
        options=(Button("coach", scripts.phrases.surfaces.open.to(language)),),
        controls=tuple(
            Button(name, getattr(scripts.phrases.labels, name).to(language)) for name in CONTROLS
        ),
    )
    kept = session if session.begun else None
    return Turn(kept, "leave", language, prompt=asked)


def sheet(scripts: Scripts, session: Session, title: Text, lines: Sequence[SheetLine]) -> Sheet:
    """Own words, in the window only."""
    return Sheet(
        title=title.to(session.language),
        lines=tuple(lines),
        open_label=scripts.phrases.surfaces.open.to(session.language),
        in_chat=scripts.coach.in_chat.to(session.language),
        opens="coach",
    )
