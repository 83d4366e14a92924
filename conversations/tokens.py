"""The token in every button: which question it belongs to, without a word about whose it is.

`<session>.<turn>` for a person with a session; `new.<language>.<step>` before the first answer,
when nothing is kept and the language chosen so far has to travel in the buttons themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.script import LANGUAGES, Frame, Language
from conversations.session import Session, Spot

if TYPE_CHECKING:
    from conversations.turn import Reply

NEW = "new"
UNKNOWN = f"{NEW}.-.-"
"""The token of the question which language to speak."""


def token(session: Session) -> str:
    """The token of the question that is open now."""
    if session.begun:
        return f"{session.id}.{session.turn}"
    return f"{NEW}.{session.language}.{session.at.step}"


def outside(frame: Frame, session: Session) -> str:
    """The token of what stands outside of a conversation: alike for everybody of this language."""
    return f"{NEW}.{session.language}.{frame.start}"


def newcomer(frame: Frame, reply: Reply) -> Session | None:
    """The session of somebody without a row, as their reply tells; None while the language is unknown."""
    language, step = _read(reply.token)
    language = language or reply.language
    if language is None:
        return None
    spot = Spot(frame.id, frame.revision, step if step in frame.steps else frame.start)
    return Session(id=reply.seed, language=language, at=spot, week=reply.week)


def _read(text: str | None) -> tuple[Language | None, str]:
    kind, _, rest = (text or "").partition(".")
    if kind != NEW:
        return None, ""
    spoken, _, step = rest.partition(".")
    return next((each for each in LANGUAGES if each == spoken), None), step
