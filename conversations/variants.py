"""Which variant of a text is said: by hash, never by chance, so that every conversation replays."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from conversations.replacing import replace
from conversations.script import (
    Choice,
    Close,
    Open,
    Question,
    Said,
    Scale,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Step
    from conversations.scripts import Scripts
    from conversations.session import Session, Spot


def nth(session: Session) -> int:
    """The number of the variant at the step where the session stands.

    It begins at a place given by the session's id and the step, and moves on by one with every
    visit: none comes a second time while another is left.
    """
    place = _place(session.at)
    begin = hashlib.sha256(f"{session.id}.{place}".encode()).digest()[0]
    return begin + max(session.visits.get(place, 1) - 1, 0)


def visited(session: Session, step: Step | None) -> Session:
    """The session, one visit of this step further; only steps with variants are counted."""
    if step is None or not any(len(text.nl) > 1 for text in _texts(step)):
        return session
    place = _place(session.at)
    visits = {**session.visits, place: session.visits.get(place, 0) + 1}
    return replace(session, visits=visits)


def said_at(scripts: Scripts, session: Session) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The texts with variants at the step where the session stands, each with its place there."""
    script = scripts.script(session.at)
    step = script.step(session.at.step) if script else None
    for place, text in enumerate(_texts(step) if step else ()):
        if len(text.nl) > 1:
            yield place, text.nl if session.language == "nl" else text.en


def _place(spot: Spot) -> str:
    return f"{spot.script}.{spot.step}"


def _texts(step: Step) -> Iterator[Said]:
    """Everything that is said at this step and after an answer to it."""
    if isinstance(step, Question):
        yield from step.say
        yield step.ask
    if isinstance(step, Open):
        yield from step.heard.values()
        yield from (probe.ask for probe in step.probes)
    if isinstance(step, Open | Choice):
        yield from (option.say for option in step.options.values() if option.say)
    if isinstance(step, Scale):
        yield from (band.say for band in step.bands if band.say)
    if isinstance(step, Close):
        yield step.say
