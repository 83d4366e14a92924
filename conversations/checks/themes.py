"""Every theme that a script listens for is one of the lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.checks.graph import items, pairs, ways
from conversations.misfits import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.page import Trail
    from conversations.problem import Problem
    from conversations.shape import Draft
    from conversations.shelf import Shelf


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the frame and of every track; of none when the lexicon cannot be read."""
    known = shelf.themes
    if known is None:
        return
    for draft in shelf.scripts:
        for trail, theme in _named(draft):
            if isinstance(theme, str) and theme not in known:
                guess = meant(theme, known)
                remedy = f"Did you mean `{guess}`?" if guess else "Add it to `lexicon.yaml` first."
                yield draft.page.problem(trail, "L202", f"there is no theme `{theme}`", remedy)
        for trail, name in _reflected(draft):
            if name not in known | shelf.feelings:
                guess = meant(name, known | shelf.feelings)
                remedy = f"Did you mean `{guess}`?" if guess else "Add it to `lexicon.yaml` first."
                what = f"there is no theme or feeling `{name}`"
                yield draft.page.problem(trail, "L202", what, remedy)


def _reflected(draft: Draft) -> Iterator[tuple[Trail, str]]:
    """What `heard` answers: a theme, or an explicit feeling."""
    for name, step in draft.written.items():
        for key, _ in pairs(step.get("heard")):
            if isinstance(key, str):
                yield ("steps", name, "heard", key), key


def _named(draft: Draft) -> Iterator[tuple[Trail, object]]:
    for way in ways(draft):
        if "by_theme" in way.trail:
            yield way.trail, way.trail[-1]
    for name, step in draft.written.items():
        at: Trail = ("steps", name)
        for option, value in items(step.get("options")):
            yield (*at, "options", option, "theme"), value.get("theme")
        for place, probe in items(step.get("probes")):
            for index, listed in pairs(probe.get("themes")):
                yield (*at, "probes", place, "themes", index), listed
