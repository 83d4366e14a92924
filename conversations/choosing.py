"""Which subjects are offered: three that fit what is known, and all of them in pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from conversations.turn import Button

if TYPE_CHECKING:
    from conversations.script import Script, Tracks
    from conversations.scripts import Scripts
    from conversations.session import Session

SUGGESTED: Final = 3
MOST: Final = 5
"""Buttons under one question."""

LOW: Final = 4
"""A number up to this one says that something asks for attention."""

PAGE: Final = re.compile(r"subjects_([1-9])")
"""The name of the button that leads to a page; so the page need not be remembered anywhere."""


def offered(scripts: Scripts, session: Session, step: Tracks, page: int) -> tuple[Button, ...]:
    """The buttons of page `page`; page 0 holds the suggestions."""
    language = session.language
    if step.every is None or len(scripts.tracks) <= MOST:
        return tuple(Button(t.id, t.door.to(language)) for t in scripts.tracks.values())
    if page == 0:
        first = suggested(scripts, session, step)
        return (*_doors(first, session), Button("subjects_1", step.every.to(language)))
    sheets = pages(list(scripts.tracks.values()))
    here = min(page, len(sheets))
    more = (step.more or step.every).to(language)
    return (*_doors(sheets[here - 1], session), Button(f"subjects_{here % len(sheets) + 1}", more))


def suggested(scripts: Scripts, session: Session, step: Tracks) -> list[Script]:
    """Three: not done yet before done, then by themes heard, by the lowest number, by the usual order."""
    done = {spot.script for spot in (session.track, *(p.close for p in session.past)) if spot}
    usual = {name: place for place, name in enumerate(step.first)}
    heard = {*session.talked, *session.known}
    candidates = [track for track in scripts.tracks.values() if track.suggest]
    return sorted(
        candidates,
        key=lambda track: (
            track.id in done,
            -len(heard.intersection(track.themes)),
            _lowest(track, session),
            usual.get(track.id, len(usual)),
        ),
    )[:SUGGESTED]


def pages(tracks: list[Script]) -> list[list[Script]]:
    """All of them, in pages of nearly equal length that leave room for the button to the next one."""
    number = -(-len(tracks) // (MOST - 1))
    longest = -(-len(tracks) // number)
    return [tracks[start : start + longest] for start in range(0, len(tracks), longest)]


def _lowest(track: Script, session: Session) -> int:
    given = (session.slots.get(slot) for slot in track.when_low)
    low = (a.number for a in given if a and a.number is not None and a.number <= LOW)
    return min(low, default=LOW + 1)


def _doors(tracks: list[Script], session: Session) -> list[Button]:
    return [Button(track.id, track.door.to(session.language)) for track in tracks]
