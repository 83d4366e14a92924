"""A script as steps and the ways between them, read from what was written, in order or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from conversations.misfits import meant
from conversations.script import TRACK_PREFIX, TRACKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conversations.page import Trail
    from conversations.shape import Draft

_TARGET = re.compile(r"(track:)?[a-z][a-z0-9_]*")

AWAY: Final = "(away)"
"""Where a conversation ends or leaves for another one."""


@dataclass(frozen=True, slots=True)
class Way:
    """One `go`: from a step to a target, and the trail at which the target is written.

    `numbered` says that nobody goes this way without having given a number at its step.
    """

    source: str
    target: str
    trail: Trail
    numbered: bool = False

    @property
    def well_formed(self) -> bool:
        """Whether the target is a name at all; if not, its shape is a problem already."""
        return bool(_TARGET.fullmatch(self.target))


def ways(draft: Draft) -> Iterator[Way]:
    """Every `go` of every step."""
    for name, step in draft.written.items():
        at: Trail = ("steps", name)
        yield from _go(name, step.get("go"), (*at, "go"))
        for option, value in items(step.get("options")):
            yield from _go(name, value.get("go"), (*at, "options", option, "go"))
        for band, value in items(step.get("bands")):
            yield from _go(name, value.get("go"), (*at, "bands", band, "go"), numbered=True)


def leads(draft: Draft, known: Iterable[Way]) -> dict[str, set[str]]:
    """For each step the steps to which these ways lead, `AWAY` where one ends or leaves the script.

    A step whose own `go` cannot be read may lead anywhere: one mistake is told once. For the same
    reason a target with a slip of the pen counts as the step that was meant.
    """
    anywhere = {*draft.written, AWAY}
    found: dict[str, set[str]] = {name: set() for name in draft.written}
    for way in known:
        found[way.source] |= {landing(draft, way.target)} if way.well_formed else anywhere
    for name, step in draft.written.items():
        kind = step.get("kind")
        if kind == "close":
            found[name].add(AWAY)
        elif kind == "tracks" and isinstance(summary := draft.page.top.get("summary"), str):
            found[name].add(summary)
        if kind != "close" and not isinstance(step.get("go"), str | dict):
            found[name] |= anywhere
    return found


def reached(leads_to: Mapping[str, Iterable[str]], starts: Iterable[str]) -> set[str]:
    """Everything to which these ways lead from these steps, the steps themselves included."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(leads_to.get(name, ()))
    return found


def starts(draft: Draft) -> dict[str, str]:
    """The steps at which somebody may enter, keyed by the field that says so."""
    fields = ("start", "tracks", "summary", "again") if draft.is_frame else ("start",)
    named = {field: draft.page.top.get(field) for field in fields}
    return {field: name for field, name in named.items() if isinstance(name, str)}


def items(value: object) -> Iterator[tuple[str | int, dict[str, object]]]:
    """The mappings in what was written as a mapping or a list, each with its name or place."""
    for key, item in pairs(value):
        if isinstance(item, dict):
            yield key, item


def pairs(value: object) -> Iterable[tuple[str | int, object]]:
    """Whatever is in what was written as a mapping or a list; nothing is in anything else."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def landing(draft: Draft, target: str) -> str:
    """The step to which a target leads or was meant to; `AWAY` if it is none of this script."""
    if target in draft.written:
        return target
    if target == TRACKS:
        tracks = draft.page.top.get("tracks")
        return tracks if isinstance(tracks, str) else AWAY
    if target.startswith(TRACK_PREFIX):
        return AWAY
    return meant(target, draft.written) or AWAY


def _go(source: str, value: object, trail: Trail, *, numbered: bool = False) -> Iterator[Way]:
    if isinstance(value, str):
        yield Way(source, value, trail, numbered)
    elif isinstance(value, dict):
        for theme, target in pairs(value.get("by_theme")):
            yield from _go(source, target, (*trail, "by_theme", theme), numbered=numbered)
        yield from _go(source, value.get("otherwise"), (*trail, "otherwise"), numbered=numbered)
