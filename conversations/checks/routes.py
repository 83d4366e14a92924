"""Where a conversation can go: every `go` leads somewhere, every step is met, every way ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.checks.graph import AWAY, landing, leads, reached, starts, ways
from conversations.misfits import meant
from conversations.script import TRACK_PREFIX, TRACKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conversations.problem import Problem
    from conversations.shape import Draft
    from conversations.shelf import Shelf

KINDS: Mapping[str, tuple[str, ...]] = {
    "start": ("promise",),
    "tracks": ("tracks",),
    "summary": ("summary",),
    "again": ("choice", "scale", "open", "tracks", "own_step"),
}
"""What the steps must be to which the fields of the frame point."""


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the frame and of every track."""
    tracks = {draft.id for draft in shelf.tracks if draft.id}
    complete = all(draft.id for draft in shelf.tracks)
    for draft in shelf.scripts:
        if draft.page.value is not None:
            yield from _fields(draft)
            yield from _targets(draft, tracks if complete else None)
            yield from _ways(draft)


def _fields(draft: Draft) -> Iterator[Problem]:
    for field, name in starts(draft).items():
        step = draft.written.get(name)
        kinds = KINDS[field]
        if name not in _names(draft):
            yield _nowhere(draft, (field,), f"{field} is `{name}`", name, _names(draft))
        elif draft.is_frame and step and step.get("kind") not in kinds:
            what = f"{field} is `{name}`, and that is no step of kind {kinds[0]}"
            remedy = f"Name a step of kind {' or '.join(kinds)}."
            yield draft.page.problem((field,), "L205", what, remedy)


def _targets(draft: Draft, tracks: Iterable[str] | None) -> Iterator[Problem]:
    """`tracks` is None when a track cannot be read, so that nobody knows which ones there are."""
    for way in ways(draft):
        if not way.well_formed:
            continue
        what = f"step {way.source} goes to `{way.target}`"
        if way.target.startswith(TRACK_PREFIX):
            name = way.target.removeprefix(TRACK_PREFIX)
            if tracks is not None and name not in tracks:
                yield _nowhere(draft, way.trail, what, name, tracks, TRACK_PREFIX)
        elif way.target != TRACKS and way.target not in _names(draft):
            yield _nowhere(draft, way.trail, what, way.target, _names(draft))


def _ways(draft: Draft) -> Iterator[Problem]:
    entries = {landing(draft, name) for name in starts(draft).values()}
    if entries <= {AWAY}:
        return
    leads_to = leads(draft, ways(draft))
    met = reached(leads_to, entries)
    backwards: dict[str, list[str]] = {}
    for source, targets in leads_to.items():
        for target in targets:
            backwards.setdefault(target, []).append(source)
    ending = reached(backwards, [AWAY])
    for name in draft.written:
        if name not in met:
            what = f"no way leads to step {name}"
            remedy = f"Let a `go:` lead to {name}, or delete the step."
            yield draft.page.problem(("steps", name), "L203", what, remedy)
        elif name not in ending:
            what = f"from step {name} the conversation can never end"
            remedy = "Let one of its ways lead to a step of kind close, or to tracks."
            yield draft.page.problem(("steps", name), "L204", what, remedy)


def _names(draft: Draft) -> Iterable[str]:
    steps = draft.page.top.get("steps")
    return steps if isinstance(steps, dict) else ()


def _nowhere(
    draft: Draft,
    trail: tuple[str | int, ...],
    what: str,
    name: str,
    known: Iterable[str],
    prefix: str = "",
) -> Problem:
    guess = meant(name, known)
    remedy = f"Did you mean `{prefix}{guess}`?" if guess else "Name a step that is there."
    if prefix and not guess:
        remedy = f"Tracks that are there: {', '.join(sorted(known))}."
    return draft.page.problem(trail, "L201", f"{what}, which does not exist", remedy)
