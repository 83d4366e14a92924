"""Everything that is wrong with the content, for whoever writes it: what `luwte check` prints.

`library.load` refuses what would break a conversation; here the wording and the words that are
listened for are looked at as well. There is no clock: the day comes in as an argument.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import library
from conversations.branches import branches
from conversations.checks import (
    hearing,
    naming,
    questions,
    rehearsed,
    sentences,
    style,
    variants,
)
from conversations.shelf import FRAME, NAMED, arrange

if TYPE_CHECKING:
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from conversations.page import Page
    from conversations.problem import Problem
    from conversations.shelf import Shelf


def run(folder: Path | Traversable | None = None, today: date | None = None) -> tuple[Problem, ...]:
    """Every problem of this folder (the packaged content without one), by file and line."""
    return problems(arrange(library.pages(folder)), today)


def run_file(
    path: Path, today: date | None = None, folder: Path | Traversable | None = None
) -> tuple[Problem, ...]:
    """Every problem of one file, seen as part of this folder (the packaged content without one).

    A script takes the place of the one of the same id and revision, if there is one; a
    file named like one that is not a script (`phrases.yaml`) takes the place of that one.
    """
    page = library.page(path, str(path))
    others = library.pages(folder).items()
    pages = {name: other for name, other in others if not _replaces(page, name, other)}
    pages[_name(path, page)] = page
    found = problems(arrange(pages), today)
    return tuple(problem for problem in found if problem.file == page.file)


def problems(shelf: Shelf, today: date | None) -> tuple[Problem, ...]:
    """Every problem of these pages, by file and line; without `today` no help line is too old."""
    found = {*shelf.problems, *library.structure(shelf)}
    scripts = library.assemble(shelf) if not found else None
    for each in (style, sentences, variants, questions):
        found |= {*each.problems(shelf)}
    found |= {*naming.reviewed(shelf)}
    if scripts is not None:
        found |= {*naming.circles(shelf), *rehearsed.problems(shelf, scripts)}
    return tuple(sorted(found | {*hearing.problems(shelf, today)}))


def coverage() -> dict[str, int]:
    """How many branches each packaged conversation has; without a problem L503 walks took all of them."""
    return {name: len(branches(script)) for name, script in library.load().tracks.items()}


def _name(path: Path, page: Page) -> str:
    if page.top.get("id") == "frame":
        return FRAME
    return path.name if path.name in NAMED else f"tracks/{path.name}"


def _replaces(page: Page, name: str, other: Page) -> bool:
    same = all(page.top.get(field) == other.top.get(field) for field in ("id", "revision"))
    return name not in NAMED and bool(page.top) and same
