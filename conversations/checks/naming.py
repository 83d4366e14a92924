"""What a conversation says about itself: who read it, and when it is suggested; and no way back in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.asking import REMOVE
from conversations.checks.graph import items, leads, reached, ways
from conversations.checks.parts import operators
from conversations.choosing import PAGE
from conversations.misfits import meant
from conversations.script import Frame, Script
from conversations.shelf import FAQ

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.shape import Draft
    from conversations.shelf import Shelf


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the frame and of every track."""
    numbers = {f"{draft.id}.{slot}" for draft in shelf.scripts for slot in draft.slots("scale")}
    for draft in shelf.scripts:
        yield from _reserved(draft)
        if isinstance(draft.value, Script):
            yield from _suggested(draft.page, draft.value, shelf.themes, numbers)
    for name, entry in (shelf.faq or {}).items():
        if entry.operator:
            yield from operators(shelf.pages[FAQ], (name, "operator"), entry.operator)


def _reserved(draft: Draft) -> Iterator[Problem]:
    if draft.id and PAGE.fullmatch(draft.id):
        what = f"the id `{draft.id}` means something else already"
        yield draft.page.problem(("id",), "L209", what, "Choose another id.")
    for name, step in draft.written.items():
        if REMOVE in dict(items(step.get("options"))):
            trail = ("steps", name, "options", REMOVE)
            what = f"`{REMOVE}` is the name of a button that stands under every line"
            yield draft.page.problem(trail, "L209", what, "Choose another name.")


def reviewed(shelf: Shelf) -> Iterator[Problem]:
    """Of every file that is in order: whether it says who read it, and on which day."""
    for draft in shelf.scripts:
        if not isinstance(draft.value, Script | Frame):
            continue
        told = draft.value.reviewed
        if told is None:
            remedy = 'Add `reviewed: { by: "", on: "" }`, to be filled in by whoever reads it over.'
            yield draft.page.problem((), "L317", "nothing says who reviewed it", remedy)
        elif bool(told.by) != bool(told.on):
            what = "`reviewed` has a name without a day, or a day without a name"
            yield draft.page.problem(("reviewed",), "L317", what, "Fill in both, or neither.")


def circles(shelf: Shelf) -> Iterator[Problem]:
    """Of every track whose ways are in order: a step that can be met twice would say the same again."""
    for draft in shelf.tracks:
        leads_to = leads(draft, ways(draft))
        for name in draft.written:
            if name in reached(leads_to, leads_to[name]):
                what = f"the conversation can come back to step {name}"
                remedy = "Let every way lead on; who wants to go back has a button for it."
                yield draft.page.problem(("steps", name), "L318", what, remedy)


def _suggested(
    page: Page, script: Script, themes: frozenset[str] | None, numbers: Iterable[str]
) -> Iterator[Problem]:
    for place, theme in enumerate(script.themes):
        if themes is not None and theme not in themes:
            yield unknown(page, ("themes", place), "L202", "theme", theme, themes)
    for place, slot in enumerate(script.when_low):
        if slot not in numbers:
            yield unknown(page, ("when_low", place), "L212", "scale with the slot", slot, numbers)


def unknown(
    page: Page, trail: Trail, code: str, sort: str, name: str, known: Iterable[str]
) -> Problem:
    guess = meant(name, known)
    remedy = f"Did you mean `{guess}`?" if guess else "Name one that is there."
    return page.problem(trail, code, f"there is no {sort} `{name}`", remedy)
