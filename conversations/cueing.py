"""The cues and rulings of a lexicon, read once and ready to be looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from conversations.patterns import SLOT, Part, PatternError, parse
from conversations.rarity import weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.script import Language
    from conversations.wordlist import Wordlist

Kind = Literal["about", "words", "weak", "idiom", "not_negation", "softer", "stronger"]


class Cue(NamedTuple):
    """A cue with the theme or feeling it is a sign of; `denies` when it holds a negation itself."""

    kind: Kind
    name: str
    feeling: bool
    denies: bool
    text: str


class Ruling(NamedTuple):
    """What stands before (nearest first) and after a thing that is set aside.

    With `contrast` it holds only where a "but" follows; `denies` when it holds a negation itself.
    """

    before: tuple[Part, ...]
    after: tuple[Part, ...]
    contrast: bool
    denies: bool

    @property
    def nearest(self) -> frozenset[str]:
        """The words of which one stands next to the thing, or a little off it."""
        return (self.after or self.before)[0].words

    def needs(self, frequent: Mapping[str, float]) -> list[frozenset[str]]:
        """Of each of these one word is in a text where it stands; those of the rarest part first."""
        parts = [part for part in (*self.before, *self.after) if part.words]
        return [part.words for part in sorted(parts, key=lambda part: weight(part, frequent))]


def cues(lexicon: Wordlist, language: Language) -> Iterator[tuple[tuple[Part, ...], Cue]]:
    """Every cue of the lexicon in every reading of it. Raises PatternError."""
    groups = lexicon.groups.of(language)
    negations = frozenset(lexicon.negations.of(language))
    listed: list[tuple[Kind, str, bool, tuple[str, ...]]] = [
        ("idiom", "", False, lexicon.idioms.of(language)),
        ("not_negation", "", False, lexicon.not_negations.of(language)),
        ("softer", "", False, lexicon.softer.of(language)),
        ("stronger", "", False, lexicon.stronger.of(language)),
    ]
    for feeling, listeners in ((False, lexicon.themes), (True, lexicon.feelings)):
        for name, listener in listeners.items():
            heard = listener.of(language)
            listed.append(("about", name, feeling, heard.about))
            listed.append(("words", name, feeling, heard.words))
            listed.append(("weak", name, feeling, heard.weak))
    for kind, name, feeling, texts in listed:
        for text in texts:
            for parts in parse(text, groups):
                denies = any(not negations.isdisjoint(part.words) for part in parts)
                yield parts, Cue(kind, name, feeling, denies, text)


def rulings(lexicon: Wordlist, language: Language) -> Iterator[Ruling]:
    """Every ruling in every reading of it. Raises PatternError."""
    groups = lexicon.groups.of(language)
    negations = frozenset(lexicon.negations.of(language))
    ruled_out, praised = lexicon.ruled_out.of(language), lexicon.praised.of(language)
    for contrast, texts in ((False, ruled_out), (True, praised)):
        for text in texts:
            for parts in parse(text, groups):
                before, after = ruling_of(parts)
                denies = any(not negations.isdisjoint(part.words) for part in parts)
                yield Ruling(before, after, contrast, denies)


def ruling_of(parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """What stands before its slot (nearest first) and after it. Raises PatternError."""
    if parts.count(SLOT) != 1:
        raise PatternError("has no _ for the thing that is set aside, or two")
    place = parts.index(SLOT)
    before, after = parts[:place][::-1], parts[place + 1 :]
    if not (before or after) or any(each and not each[0].words for each in (before, after)):
        raise PatternError("needs a whole word beside the _")
    return before, after
