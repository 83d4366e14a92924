"""Variants of a text: as many in either language, no two the same, and each in quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.phrasing import normal
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.shelf import Shelf


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the frame and of every track."""
    for draft in shelf.scripts:
        yield from _below(draft.page, ("steps",), draft.page.top.get("steps"))


def _below(page: Page, trail: Trail, value: object) -> Iterator[Problem]:
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _below(page, (*trail, place), item)
    if not isinstance(value, dict):
        return
    listed: dict[str, list[object]] = {
        each: given for each in LANGUAGES if isinstance(given := value.get(each), list)
    }
    if listed:
        yield from _text(page, trail, value, listed)
        return
    for name, item in value.items():
        yield from _below(page, (*trail, name), item)


def _text(
    page: Page, trail: Trail, value: dict[str, object], listed: dict[str, list[object]]
) -> Iterator[Problem]:
    counts = {len(listed[each]) if each in listed else 1 for each in LANGUAGES if each in value}
    if len(counts) > 1:
        what = "the two languages do not have the same number of variants"
        remedy = "Write as many in either; the same one is said in both."
        yield page.problem(trail, "L313", what, remedy)
    for language, variants in listed.items():
        seen: set[str] = set()
        for place, words in enumerate(variants):
            at = (*trail, language, place)
            said = normal(words) if isinstance(words, str) else ""
            if said in seen:
                what = "two variants are the same"
                yield page.problem(at, "L314", what, "Write another one, or leave it out.")
            seen.add(said)
            if at in page.bare:
                what = "a variant stands without quotes"
                yield page.problem(at, "L314", what, 'Put each variant in "quotes".')
