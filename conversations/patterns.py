"""An authored cue such as "laat .. in de steek" taken apart into what each of its words may be."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from conversations.phrasing import MARK, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GAP = 3
"""Words that `..` stands for at most."""

SHORTEST_STEM = 3
"""Letters that must stand beside a `*`; fewer would be heard everywhere."""

_PART = re.compile(r"(<[a-z_]+>|\([^()]+\)|\.\.|_|[^\s()<>]+?)(\?)?(?=\s|$)")


class PatternError(ValueError):
    """A cue that cannot be read; the message says what is wrong with it."""


class Part(NamedTuple):
    """One place of a cue: any of these whole words, beginnings or ends; or a gap."""

    words: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    gap: bool = False


SPACE = Part(gap=True)
SLOT = Part()
"""The place of the thing itself in a ruling such as "niet om _"."""


def parse(cue: str, groups: Mapping[str, Sequence[str]]) -> tuple[tuple[Part, ...], ...]:
    """Every reading of the cue, one for each choice of its optional words.

    `word*` and `*word` stand for the rest of a word, `(a|b c)` for one of them, `<group>` for one
    of a group, `word?` for a word that may be missing, `..` for up to three words, `.` for the end of
    a sentence or a part of it, `_` for a slot.
    Raises PatternError.
    """
    if not cue.strip() or _PART.sub("", cue).strip():
        raise PatternError("has a bracket or mark that is not closed")
    choices: list[tuple[tuple[Part, ...], ...]] = []
    for text, optional in _PART.findall(cue):
        choices.append((*_choices(text, groups), *(((),) if optional else ())))
    readings = {sum(chosen, ()) for chosen in product(*choices)}
    for reading in readings:
        if not reading or reading[0].gap or reading[-1].gap:
            raise PatternError("begins or ends with a gap, or may be empty")
    return tuple(sorted(readings, key=len))


def _choices(text: str, groups: Mapping[str, Sequence[str]]) -> tuple[tuple[Part, ...], ...]:
    if text == "..":
        return ((SPACE,),)
    if text == "_":
        return ((SLOT,),)
    if text[0] != "<":
        return _either(text.strip("()").split("|"))
    name = text[1:-1]
    if name not in groups:
        raise PatternError(f"speaks of <{name}>, which is no group here")
    return _either(groups[name])


def _either(choices: Sequence[str]) -> tuple[tuple[Part, ...], ...]:
    """All choices of one word together, then every choice of several words."""
    words: set[str] = set()
    heads: list[str] = []
    tails: list[str] = []
    longer: list[tuple[Part, ...]] = []
    for choice in choices:
        if len(several := choice.split()) > 1:
            longer.append(sum((_either((each,))[0] for each in several), ()))
            continue
        said = _one(choice)
        if len(said) > 1:
            longer.append(tuple(Part(frozenset((word,))) for word in said))
        elif "*" in choice:
            heads += said if choice.endswith("*") else []
            tails += said if choice.startswith("*") else []
        else:
            words.add(said[0])
    if not (words or heads or tails):
        return tuple(longer)
    return (Part(frozenset(words), tuple(heads), tuple(tails)),), *longer


def _one(choice: str) -> list[str]:
    """The choice as it sounds: one word, or two for a "burn-out"."""
    if choice == ".":
        return [MARK]
    said = spoken(choice.replace("*", ""))
    if not said or MARK in said:
        raise PatternError(f"has “{choice}”, which holds no words")
    if "*" in choice and (len(said) > 1 or len(said[0]) < SHORTEST_STEM):
        raise PatternError(f"has “{choice}”, too short to be heard as the rest of a word")
    return said
