"""The content as a whole: no two scripts of one name, and nothing missing that must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from conversations.checks.parts import operators
from conversations.phrases import Command
from conversations.script import TRACKS
from conversations.shelf import HELPLINES, PHRASES
from conversations.turn import Control

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.problem import Problem
    from conversations.shelf import Shelf


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the tracks beside one another, the phrases, and the help lines."""
    yield from _ids(shelf)
    yield from _reserved(shelf)
    yield from _phrases(shelf)
    if shelf.safety is not None and not shelf.safety.countries:
        page = shelf.pages[HELPLINES]
        yield page.problem((), "L214", "there is no country in it", "Add the first one.")


def _ids(shelf: Shelf) -> Iterator[Problem]:
    first: dict[tuple[str, object], str] = {}
    for draft in shelf.tracks:
        page, revision = draft.page, draft.page.top.get("revision")
        if draft.id and isinstance(revision, int):
            known = first.setdefault((draft.id, revision), page.file)
            if known != page.file:
                what = f"{known} is revision {revision} of `{draft.id}` as well"
                remedy = "Raise `revision:` in the newer one, or give it an id of its own."
                yield page.problem(("id",), "L220", what, remedy)


def _reserved(shelf: Shelf) -> Iterator[Problem]:
    for draft in shelf.tracks:
        if draft.id in ("frame", *get_args(Control)):
            what = f"the id `{draft.id}` means something else already"
            yield draft.page.problem(("id",), "L209", what, "Choose another id.")
        if TRACKS in draft.written:
            what = f"a step is called `{TRACKS}`, and `go: {TRACKS}` leads to the choice of track"
            yield draft.page.problem(("steps", TRACKS), "L209", what, "Choose another name.")


def _phrases(shelf: Shelf) -> Iterator[Problem]:
    if shelf.phrases is None:
        return
    page, phrases = shelf.pages[PHRASES], shelf.phrases
    yield from operators(page, ("about_operator",), phrases.about_operator)
    for name in get_args(Command):
        words = phrases.commands.get(name)
        if words is None or not (words.nl and words.en):
            what = f"nothing that can be typed means `{name}`"
            remedy = f"Add `{name}:` with a word or two in each language."
            yield page.problem(("commands", name), "L214", what, remedy)
