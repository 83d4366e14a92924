"""The patterns of `safety.yaml`: each can be read, and names only classes that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.safety.ear import unreadable as patterns
from conversations.script import LANGUAGES
from conversations.shelf import SAFETY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.page import Page
    from conversations.problem import Problem
    from conversations.safety import Safety
    from conversations.shelf import Shelf


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the safety grammars, where the file is in order."""
    if shelf.safety is not None:
        yield from unreadable(shelf.pages[SAFETY], shelf.safety)


def unreadable(page: Page, safety: Safety) -> Iterator[Problem]:
    """Every pattern that cannot be read, in either language."""
    found = patterns((safety.nl, safety.en))
    for language, each in zip(LANGUAGES, found, strict=True):
        for trail, pattern, why in each:
            what = f"the pattern “{pattern}” cannot be read: {why}"
            remedy = "Compare it with the patterns around it; the top of the file explains them."
            yield page.problem((language, *trail), "L221", what, remedy)
