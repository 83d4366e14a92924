"""Listens for danger in a text: both languages at once, since people in need fall back to their own.

The grammars become one alphabet and patterns over it, once. Each pattern is tried only where one of
its rarest words is there at all, and then one of each of its others, so that an ordinary answer
costs little more than reading it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from conversations.safety.alphabet import OTHER, Alphabet
from conversations.safety.classifier import GRAVE
from conversations.safety.grammar import TOGETHER, Context, items, parts
from conversations.safety.index import Index
from conversations.safety.levels import ASKED, CARDS, About, Heard, Level, graver
from conversations.safety.patterns import STOP, Compiled, PatternError, Patterns, unbroken

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from conversations.safety.classifier import Classifier, Leaning
    from conversations.safety.grammar import Grammar

Unread = tuple[tuple[str | int, ...], str, str]

_MARKS: Final = frozenset({"..", "...", "$", "^", TOGETHER})
_SILENCED_BY_A_FIGURE: Final[frozenset[Level]] = frozenset({"harm_other"})
_SOFTENED: Final[frozenset[Level]] = frozenset({"L2", "L3", "harm_other"})


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The patterns of `Context`, by their names there."""

    patterns: dict[str, tuple[Compiled, ...]]

    def has(self, name: str, text: str) -> bool:
        """Whether one of the patterns of this name stands in the text."""
        return any(each.within(text) for each in self.patterns[name])


@dataclass(frozen=True, slots=True)
class _Listed:
    """One pattern of a rule; `beside` and `unless` are looked for in its sentence, `also` everywhere."""

    level: Level
    pattern: Compiled
    beside: tuple[Compiled, ...]
    also: tuple[Compiled, ...]
    unless: tuple[Compiled, ...]
    around: _Surroundings


class Ear:
    """Made once from all grammars; under their patterns lies what was learnt.

    Raises PatternError when one of the patterns cannot be read.
    """

    def __init__(self, grammars: Iterable[Grammar], classifier: Classifier) -> None:
        grammars = tuple(grammars)
        self._alphabet = _alphabet(grammars)
        self._harmless: list[Compiled] = []
        self._listed: list[_Listed] = []
        self._harmless_by, self._listed_by = Index(), Index()
        readers = [self._reader(grammar) for grammar in grammars]
        self._around = _surroundings(zip(grammars, readers, strict=True))
        self._classifier = classifier
        for grammar, patterns in zip(grammars, readers, strict=True):
            self._learn(grammar, patterns)

    def hear(self, words: str, earlier: str = "") -> Heard:
        """What is heard in these words, or in them as the end of what was said just before."""
        text = self._alphabet.write(words)
        before = self._alphabet.write(earlier).rstrip(STOP) if earlier else ""
        whole = before + text
        present = frozenset(whole)
        for number in self._harmless_by.near(present):
            whole = self._harmless[number].pattern.sub(_blank, whole)
        best = Heard()
        for number in self._listed_by.near(present):
            listed = self._listed[number]
            if not listed.pattern.within(whole):
                continue
            for heard in _heard(listed, whole, len(before)):
                if graver(heard.level, best.level):
                    best = heard
        return self._leaning(best, whole, words, earlier)

    def _leaning(self, best: Heard, whole: str, words: str, earlier: str) -> Heard:
        """What was learnt adds to what the patterns heard; its question only where nothing else was."""
        for level in self._learnt(words, earlier):
            if level == ASKED and best.level != "none":
                continue
            heard = _meant(level, self._around, whole, whole)
            return heard if graver(heard.level, best.level) else best
        return best

    def _learnt(self, words: str, earlier: str) -> list[Level]:
        """What these words lean to: what brings a card before all else, then the strongest first.

        A danger to life may be said in two messages: what both lean to together and neither alone.
        """
        found = self._classifier.leanings(words)
        if earlier:
            both = self._classifier.leanings(f"{earlier}\n{words}")
            grave = [each for each in both if each.kind in GRAVE]
            known = {each.kind for each in (*found, *self._heard_before(earlier, grave))}
            found += [each for each in grave if each.kind not in known]
        return sorted((each.level for each in found), key=lambda level: level not in CARDS)

    def _heard_before(self, earlier: str, grave: list[Leaning]) -> list[Leaning]:
        return self._classifier.leanings(earlier) if grave else []

    def soon(self, words: str) -> bool:
        """Whether a moment close by is named."""
        return self._around.has("soon", self._alphabet.write(words))

    def _reader(self, grammar: Grammar) -> Patterns:
        symbols = self._alphabet.symbols
        everyday = frozenset().union(*map(symbols, items(grammar.everyday)))
        return Patterns(grammar.words, symbols, everyday)

    def _learn(self, grammar: Grammar, patterns: Patterns) -> None:
        for each in grammar.harmless:
            piece = patterns.read(each)
            self._harmless_by.add(len(self._harmless), piece.needs)
            self._harmless.append(Compiled(unbroken(piece)))
        for level, rules in grammar.listen.items():
            for rule in rules:
                also = tuple(Compiled(patterns.read(each)) for each in rule.also)
                unless = tuple(Compiled(patterns.read(each)) for each in rule.unless)
                for each in chain(*map(patterns.ways, rule.say)):
                    pieces = [patterns.read(part) for part in parts(each)]
                    needs = sorted((n for p in pieces for n in p.needs), key=patterns.cost)
                    self._listed_by.add(len(self._listed), needs)
                    pattern, *beside = map(Compiled, pieces)
                    self._listed.append(
                        _Listed(level, pattern, (*beside,), also, unless, self._around)
                    )


def _surroundings(read: Iterable[tuple[Grammar, Patterns]]) -> _Surroundings:
    """Of all languages together: people laugh in one and suffer in the other."""
    found: dict[str, list[Compiled]] = {name: [] for name in Context.model_fields}
    for grammar, patterns in read:
        for name, several in grammar.context:
            found[name] += [Compiled(patterns.read(each)) for each in several]
    return _Surroundings({name: tuple(several) for name, several in found.items()})


def _heard(listed: _Listed, text: str, new: int) -> Iterator[Heard]:
    """What this pattern means, wherever it stands in the new part of the text."""
    for match in listed.pattern.pattern.finditer(text):
        if match.end() <= new:
            continue
        start = text.rfind(STOP, 0, match.start()) + 1
        end = text.find(STOP, match.end())
        sentence = text[start : end if end >= 0 else len(text)]
        if not all(each.within(sentence) for each in listed.beside):
            continue
        if any(each.within(sentence) for each in listed.unless):
            continue
        if not listed.also or any(each.within(text) for each in listed.also):
            yield _meant(listed.level, listed.around, text, sentence)


def _meant(level: Level, around: _Surroundings, text: str, sentence: str) -> Heard:
    """The level of what was found, as its surroundings change it."""
    elsewhere = around.has("others", sentence) and not around.has("own", sentence)
    about: About = "other" if elsewhere else "self"
    if level not in _SOFTENED:
        return Heard(level)
    if around.has("laughter", text) or around.has("figure", sentence):
        return Heard("none" if level in _SILENCED_BY_A_FIGURE else "L1", about)
    if around.has("past", sentence) and not around.has("still", sentence):
        return Heard("none" if level in _SILENCED_BY_A_FIGURE else "L1", "past")
    if level == "L2" and about == "self" and around.has("soon", sentence):
        return Heard("L3", about)
    return Heard(level, about)


def unreadable(grammars: tuple[Grammar, ...]) -> list[list[Unread]]:
    """Per grammar, every pattern that cannot be read: where it stands, the pattern, and why."""
    symbols = _alphabet(grammars).symbols
    return [_unread(grammar, Patterns(grammar.words, symbols)) for grammar in grammars]


def _unread(grammar: Grammar, patterns: Patterns) -> list[Unread]:
    found: list[Unread] = []
    for trail, pattern in grammar.patterns():
        try:
            for part in parts(pattern):
                patterns.read(part)
        except PatternError as error:
            found.append((trail, pattern, str(error)))
    return found


def _blank(found: re.Match[str]) -> str:
    return OTHER * (found.end() - found.start())


def _alphabet(grammars: tuple[Grammar, ...]) -> Alphabet:
    words = {
        word
        for grammar in grammars
        for _, pattern in grammar.patterns()
        for element in pattern.split()
        if element not in _MARKS
        for each in element.rstrip("?").split("/")
        if not each.startswith("<")
        for word in each.split("_")
    }
    spelling: dict[str, str] = {}
    for grammar in grammars:
        spelling |= grammar.spelling
        words |= {word for meant in grammar.spelling.values() for word in meant.split()}
        words |= {word for name in (grammar.typos, grammar.glued) for word in items(name)}
    return Alphabet(
        words,
        spelling=spelling,
        typos=[word for grammar in grammars for word in items(grammar.typos)],
        lookalikes=[word for grammar in grammars for word in items(grammar.lookalikes)],
        glued=[word for grammar in grammars for word in items(grammar.glued)],
    )
