"""What the steps of the frame name outside their `go`: subjects, slots and buttons that must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.checks.naming import unknown
from conversations.script import Frame, Offer, OwnStep, Summary, Tracks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.page import Trail
    from conversations.problem import Problem
    from conversations.shape import Draft
    from conversations.shelf import Shelf

SIGNS = ("asked", "soon", "stuck")


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the frame, where it is in order."""
    draft = shelf.frame
    tracks = {each.id for each in shelf.tracks if each.id}
    if not isinstance(draft.value, Frame):
        return
    for name, step in draft.value.steps.items():
        at: Trail = ("steps", name)
        match step:
            case Tracks():
                yield from _tracks(draft, at, step, tracks)
            case Summary():
                yield from _lines(draft, at, step)
            case OwnStep():
                yield from _own_step(draft, at, step)
            case Offer():
                yield from _offer(draft, at, step, tracks)


def _tracks(draft: Draft, at: Trail, step: Tracks, tracks: set[str]) -> Iterator[Problem]:
    for place, name in enumerate(step.first):
        if name not in tracks:
            yield unknown(draft.page, (*at, "first", place), "L201", "track", name, tracks)
    if (step.every is None) != (step.more is None):
        what = "`every` and `more` belong together"
        yield draft.page.problem(at, "L214", what, "Write both, or neither.")


def _lines(draft: Draft, at: Trail, step: Summary) -> Iterator[Problem]:
    known = draft.slots("choice", "open")
    for place, line in enumerate(step.lines):
        if line.slot not in known:
            trail = (*at, "lines", place, "slot")
            yield unknown(draft.page, trail, "L212", "slot with words", line.slot, known)


def _own_step(draft: Draft, at: Trail, step: OwnStep) -> Iterator[Problem]:
    known = draft.slots("choice", "open")
    if step.of not in known:
        yield unknown(draft.page, (*at, "of"), "L212", "slot with words", step.of, known)
    for place, name in enumerate(step.settled):
        if name not in step.options:
            trail = (*at, "settled", place)
            yield unknown(draft.page, trail, "L201", "option", name, step.options)


def _offer(draft: Draft, at: Trail, step: Offer, tracks: set[str]) -> Iterator[Problem]:
    numbers = draft.slots("scale")
    if step.to not in tracks:
        yield unknown(draft.page, (*at, "to"), "L201", "track", step.to, tracks)
    if step.clarity not in numbers:
        trail = (*at, "clarity")
        yield unknown(draft.page, trail, "L212", "scale with the slot", step.clarity, numbers)
    for name in SIGNS:
        if name not in step.signs:
            what = f"`signs` has no `{name}`"
            remedy = f"Add `{name}:` with its words."
            yield draft.page.problem((*at, "signs"), "L214", what, remedy)
