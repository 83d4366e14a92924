"""The authored files, read once at start; one that is not in order is refused with every reason.

What is refused here is what would break a conversation: letters, shape, and the links between
steps. Wording and the words that are listened for are the affair of `check.py`, since no server
should stop over an exclamation mark.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from conversations.checks import (
    catalogue,
    cues,
    frame,
    grammar,
    naming,
    parts,
    routes,
    slots,
    themes,
)
from conversations.coachtexts import Handoff
from conversations.desktexts import DeskTexts
from conversations.errors import ContentError
from conversations.lexicon import Lexicon
from conversations.phrases import Phrases
from conversations.reading import read, unread, weighed
from conversations.remaining import lengths
from conversations.safety import Safety
from conversations.script import Frame, Script
from conversations.scripts import Scripts
from conversations.shelf import NAMED, WEIGHTS, arrange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from conversations.page import Page
    from conversations.problem import Problem
    from conversations.shelf import Shelf


def load(folder: Path | Traversable | None = None) -> Scripts:
    """The content of this folder; without one, the content that is packaged with the program.

    Raises ContentError with every problem of every file that would break a conversation.
    """
    shelf = arrange(pages(folder))
    problems = sorted({*shelf.problems, *structure(shelf)})
    scripts = assemble(shelf) if not problems else None
    if scripts is None:
        raise ContentError(problems)
    return scripts


def assemble(shelf: Shelf) -> Scripts | None:
    """The content of these pages, or None when a part of it is not in order."""
    match shelf.frame.value, shelf.phrases, shelf.lexicon, shelf.safety, shelf.coach, shelf.desk:
        case (
            Frame() as frame,
            Phrases() as phrases,
            Lexicon() as lexicon,
            Safety() as safety,
            Handoff() as coach,
            DeskTexts() as desk,
        ):
            offered, older = _tracks(shelf)
            every = [*offered.values(), *older.values()]
            return Scripts(
                frame,
                offered,
                phrases,
                lexicon,
                safety,
                coach,
                desk,
                older,
                faq=shelf.faq or {},
                lengths={(each.id, each.revision): lengths(each) for each in every},
            )
        case _:
            return None


def pages(folder: Path | Traversable | None = None) -> dict[str, Page]:
    """Every file of the folder, keyed by its name within it (`tracks/energy.yaml`)."""
    root = resources.files("conversations") / "content" if folder is None else folder
    found = {name: page(root / name, name) for name in NAMED if (root / name).is_file()}
    for each in _listed(root):
        if each.name not in NAMED and each.name.endswith((".yaml", ".yml")):
            remedy = f"Put a conversation into tracks/; the others are {', '.join(NAMED)}."
            found[each.name] = unread(each.name, 0, "L108", "is not read", remedy)
    for each in _listed(root / "tracks"):
        name = f"tracks/{each.name}"
        if each.name.endswith(".yaml"):
            found[name] = page(each, name)
        else:
            remedy = "Give it a name that ends in .yaml, or put it elsewhere."
            found[name] = unread(name, 0, "L108", "is not read", remedy)
    return found


def page(path: Path | Traversable, name: str) -> Page:
    """This file; one that cannot be opened becomes a problem like any other."""
    try:
        return (
            weighed(name, path.read_bytes()) if name == WEIGHTS else read(name, path.read_bytes())
        )
    except OSError:
        return unread(name, 0, "L101", "cannot be opened", "Look whether it is there, and a file.")


def structure(shelf: Shelf) -> Iterator[Problem]:
    """What is wrong between the parts of scripts that are well-formed by themselves."""
    for check in (routes, parts, themes, slots, catalogue, grammar, cues, naming, frame):
        yield from check.problems(shelf)


def _listed(folder: Path | Traversable) -> list[Path | Traversable]:
    """What is in the folder, by name, without what an editor or a system hides there."""
    if not folder.is_dir():
        return []
    visible = (each for each in folder.iterdir() if not each.name.startswith((".", "_")))
    return sorted(visible, key=lambda each: each.name)


def _tracks(shelf: Shelf) -> tuple[dict[str, Script], dict[tuple[str, int], Script]]:
    """The newest revision of every script, by id, and all older ones, by id and revision."""
    scripts = [each.value for each in shelf.tracks if isinstance(each.value, Script)]
    newest: dict[str, int] = {}
    for script in scripts:
        newest[script.id] = max(script.revision, newest.get(script.id, 0))
    offered = {each.id: each for each in scripts if each.revision == newest[each.id]}
    older = {(each.id, each.revision): each for each in scripts if each.revision < newest[each.id]}
    return offered, older
