"""When the coach may be named unasked: the rule, and what is listened for towards it.

Asked for, or two of: little clarity at the end, a theme that came back in two kept talks, words of
being stuck, a decision within weeks. Once a talk, silent after "not now", and never in answer to
shame. A help card is answered by nothing but the person's own choice to go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conversations.phrasing import normal
from conversations.replacing import replace
from conversations.script import Offer

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.session import Session

UNCLEAR: Final = 4
"""Clarity at the end, up to and including which it counts."""

ENOUGH: Final = 2
QUIET_TALKS: Final = 3
QUIET_WEEKS: Final = 5
"""Whole weeks that lie between "not now" and the next time: 30 days or more, on whichever weekdays."""

SHAME: Final = "shame"


def due(session: Session, offer: Offer) -> bool:
    """Whether the coach may be named now."""
    if session.offered or _quiet(session) or SHAME in session.heard:
        return False
    if session.track is not None and session.track.script == offer.to:
        return False
    return "asked" in session.signs or _reasons(session, offer) >= ENOUGH


def listened(scripts: Scripts, session: Session, words: str) -> Session:
    """The session with the signs that these words give."""
    text, language = normal(words), session.language
    found = [
        name
        for offer in scripts.frame.steps.values()
        if isinstance(offer, Offer)
        for name, sign in offer.signs.items()
        if sign.of(language).stands_in(text)
    ]
    if not found:
        return session
    return replace(session, signs=tuple(dict.fromkeys((*session.signs, *found))))


def declined(session: Session) -> Session:
    """After "not now"."""
    return replace(session, quiet_talk=session.talks + 1, quiet_week=session.week)


def ended(session: Session) -> Session:
    """The talk is over: what counts for this talk only is gone, themes of a kept one stay."""
    known = tuple(dict.fromkeys((*session.known, *session.talked))) if session.kept else ()
    return replace(
        session,
        talks=session.talks + 1,
        known=known,
        talked=(),
        heard=(),
        signs=(),
        offered=False,
    )


def _quiet(session: Session) -> bool:
    """`quiet_talk` counts from 1; 0 says that nobody ever declined."""
    if not session.quiet_talk:
        return False
    talks_since = session.talks + 1 - session.quiet_talk
    return talks_since <= QUIET_TALKS or session.week - session.quiet_week <= QUIET_WEEKS


def _reasons(session: Session, offer: Offer) -> int:
    clarity = session.slots.get(f"frame.{offer.clarity}")
    unclear = clarity is not None and clarity.number is not None and clarity.number <= UNCLEAR
    came_back = session.kept and bool({*session.talked} & {*session.known})
    return unclear + came_back + ("stuck" in session.signs) + ("soon" in session.signs)
