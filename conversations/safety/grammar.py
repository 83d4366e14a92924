"""The words that safety listens for, as a coach or clinician writes them in `content/safety.yaml`.

A pattern is read from left to right, word by word:

    dood           this word              zelfmoord*   any word that begins so
    dood/laten_gaan  one of these         <ik>         any word or phrase of the class `ik`
    maar?          it may be absent       ..           up to three other words; `...` up to seven
    ^  $           where a thought begins or ends: a mark, or a word of the class `next`
    mes & arm      both in one sentence, in any order; the rarest of them stands first

No pattern reaches past the end of a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import Field

from conversations.safety.levels import Level
from conversations.script import Authored, Name

if TYPE_CHECKING:
    from collections.abc import Iterator


TOGETHER: Final = "&"


class Rule(Authored):
    """`say` holds patterns; the rule is silent in a sentence in which one of `unless` stands.

    Where there is `also`, one of those must stand in the same text.
    """

    say: tuple[str, ...]
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Context(Authored):
    """What stands around a sign of danger and changes what it means. Each is a list of patterns.

    `laughter` anywhere, or `figure` ("one more meeting and…") in the sentence, makes it a question
    instead of a card, never nothing. `past` makes it a question about then and now, unless `still`
    stands there too. `soon` makes it acute. `others` says that it is about somebody else, unless
    `own` stands there too.
    """

    laughter: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


class Grammar(Authored):
    """What is listened for in one language.

    `spelling` writes short and joined forms out; `typos` are words in which one letter may be wrong
    or two may have changed places, `lookalikes` other words that come as near to them, and `glued`
    those that people type without spaces. `everyday` words never start a search, which keeps it
    fast. `harmless` patterns take out their own words only. `hits` (by level) and `misses` are
    whole answers that the check runs.
    """

    spelling: dict[str, str] = Field(default_factory=dict)
    typos: str = ""
    lookalikes: str = ""
    glued: str = ""
    everyday: str = ""
    words: dict[Name, str] = Field(default_factory=dict)
    harmless: tuple[str, ...] = ()
    context: Context = Field(default_factory=Context)
    listen: dict[Level, tuple[Rule, ...]]
    hits: dict[Level, tuple[str, ...]] = Field(default_factory=dict)
    misses: tuple[str, ...] = ()

    def patterns(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every pattern with the way to where it stands; those inside a class among them."""
        for name, listed in self.words.items():
            yield from ((("words", name), each) for each in items(listed))
        yield from _numbered(("harmless",), self.harmless)
        for name, several in self.context:
            yield from _numbered(("context", name), several)
        for level, rules in self.listen.items():
            for number, rule in enumerate(rules):
                for part, several in rule:
                    yield from _numbered(("listen", level, number, part), several)


def _numbered(
    trail: tuple[str | int, ...], several: tuple[str, ...]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from (((*trail, place), each) for place, each in enumerate(several))


def parts(pattern: str) -> list[str]:
    """The patterns that must all stand in one sentence."""
    return [each.strip() for each in pattern.split(TOGETHER)]


def items(listed: str) -> list[str]:
    """The words or patterns of a list that is written with commas."""
    return [each for part in listed.split(",") if (each := part.strip())]
