"""What somebody is preparing for a coach; in their sealed session until it is sent or dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.cases import Part

Screen = Literal[
    "explain",
    "choose",
    "line",
    "card",
    "parts",
    "name",
    "route",
    "preview",
    "case",
    "sent",
    "letter",
    "letter_preview",
    "reveal",
    "reveal_preview",
    "withdraw",
]
"""explain to preview lead to a request; the others belong to one that was sent."""

SCREENS: tuple[Screen, ...] = get_args(Screen)


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """Where they are, and what they have so far.

    `part` is the line that is asked now; `first` that the first lines are gone through in a row.
    `coaches` are the ids of those chosen, none for whoever is free; `declined` those to whom it must
    not go again. `name` is their own, where they want it to stand there. `words` is a letter, or a
    name, that was not sent yet. `screen` is one of `Screen`, and `alias` is new for each request.
    In a case that was sent, `coaches` is the one who was shown to have it, and `offer` the id of the
    offer whose times were shown: nothing goes to another one, and no other times are chosen.
    """

    screen: Screen
    alias: str = ""
    lines: Mapping[Part, str] = field(default_factory=dict)
    part: Part | None = None
    first: bool = False
    coaches: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    name: str | None = None
    notify: bool = False
    words: str = ""
    offer: str = ""

    def __repr__(self) -> str:
        return "<draft>"


def written(draft: Draft) -> dict[str, Any]:
    """As plain values; what is empty is left out."""
    record = {name: part for name in Draft.__slots__ if (part := getattr(draft, name))}
    return {**record, "lines": dict(draft.lines)}


def read(record: object) -> Draft:
    """Raises KeyError, TypeError or ValueError where it is no such record."""
    if not isinstance(record, dict) or record["screen"] not in SCREENS:
        raise ValueError("not a draft")
    given = dict(record)
    for name in ("coaches", "declined"):
        given[name] = tuple(given.get(name, ()))
    return Draft(**cast("dict[str, Any]", given))
