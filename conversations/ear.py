"""What is heard in typed words: themes and feelings that are claimed, not those that are denied.

A cue that is found counts unless an idiom covers it, a negation near it denies it, a ruling such as
"het gaat niet om _" sets it aside, or it is said of somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.cueing import Cue, cues, rulings
from conversations.matching import Found, Matcher
from conversations.phrasing import MARK, spoken
from conversations.setaside import Rulings

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.wordlist import Wordlist

REACH = 4
"""A negation silences what is at most this many words further on, and never past a new thought."""

ENOUGH = 2
"""How many different weak words are worth one that counts by itself."""

LONGEST_FILLER = 4

FOREIGN = 3
"""Frequent words of the other language, and fewer of its own, that make a text foreign."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text is about. `intensity` is -1 (toned down), 0 or 1; it only chooses a wording.

    `length` counts words. `heavy`: something hard is in it. `filler`: nothing but "mwah" or "ok".
    `foreign`: it is written in the other language, and was heard in that one.
    """

    themes: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    intensity: int = 0
    length: int = 0
    heavy: bool = False
    filler: bool = False
    foreign: bool = False


class Ear:
    """Listens in one language. Built once; holds nothing of what it hears."""

    def __init__(self, lexicon: Wordlist, language: Language) -> None:
        other: Language = "en" if language == "nl" else "nl"
        frequent = frozenset(lexicon.frequent.of(language))
        others_frequent = frozenset(lexicon.frequent.of(other))
        self._own, self._other = frequent - others_frequent, others_frequent - frequent
        self._themes, self._feelings = tuple(lexicon.themes), tuple(lexicon.feelings)
        self._quiet = frozenset(name for name, theme in lexicon.themes.items() if theme.quiet)
        self._heavy = {name for name, theme in lexicon.themes.items() if theme.heavy}
        self._heavy |= {n for n, feeling in lexicon.feelings.items() if feeling.weight == "heavy"}
        self._negations = frozenset(lexicon.negations.of(language))
        self._thoughts = frozenset((*lexicon.clauses.of(language), MARK))
        self._stops = self._thoughts | frozenset(lexicon.joins.of(language))
        self._others = frozenset(lexicon.others.of(language))
        self._myself = frozenset(lexicon.myself.of(language))
        self._fillers = frozenset(" ".join(spoken(each)) for each in lexicon.fillers.of(language))
        self._rulings = Rulings(
            rulings(lexicon, language),
            frequent=lexicon.frequent.of(language),
            negations=self._negations,
            halts=self._thoughts | self._negations,
            contrasts=lexicon.contrasts.of(language),
        )
        self._matcher = Matcher(
            cues(lexicon, language),
            frequent=lexicon.frequent.of(language),
            respelt={s: spoken(full) for s, full in lexicon.spelling.of(language).items()},
            core=lexicon.core.of(language),
            not_misspelt=lexicon.not_misspelt.of(language),
        )

    def knows(self, word: str) -> bool:
        """Whether something hangs on this word."""
        return self._matcher.knows(word)

    def hear(self, text: str) -> Heard:
        """What is heard in this text; a text in the other language is only noticed."""
        words = self._matcher.words(spoken(text))
        length = len(words) - words.count(MARK)
        if length <= LONGEST_FILLER and " ".join(w for w in words if w != MARK) in self._fillers:
            return Heard(length=length, filler=True)
        present = set(words)
        foreign = len(self._other & present)
        if foreign >= FOREIGN and foreign > 2 * len(self._own & present):
            return Heard(length=length, foreign=True)
        found = self._matcher.find(words)
        if not found:
            return Heard(length=length)
        return self._judged(words, found, length)

    def _judged(self, words: list[str], found: list[Found[Cue]], length: int) -> Heard:
        signs: list[Found[Cue]] = []
        idioms: list[Found[Cue]] = []
        affirmed: set[int] = set()
        tone = 0
        for each in found:
            cue, start, end = each
            if cue.name:
                signs.append(each)
            elif cue.kind == "idiom":
                idioms.append(each)
            elif cue.kind == "not_negation":
                affirmed.update(range(start, end))
            elif cue.kind == "stronger" or not tone:
                tone = 1 if cue.kind == "stronger" else -1
        ruled = self._rulings.standing(words)
        claims = [
            (cue, start, end)
            for cue, start, end in _worth_a_look(signs)
            if not (idioms and any(_covers(idiom, start, end) for idiom in idioms))
            and not (ruled and self._rulings.set_aside(words, start, end, ruled))
            and not (cue.kind == "words" and self._not_mine(words, (cue, start, end), affirmed))
        ]
        sure = _sure(claims, self._quiet)
        themes = tuple(name for name in self._themes if (False, name) in sure)
        feelings = tuple(name for name in self._feelings if (True, name) in sure)
        heavy = not self._heavy.isdisjoint((*themes, *feelings))
        return Heard(themes, feelings, tone, length, heavy)

    def _not_mine(self, words: list[str], each: Found[Cue], affirmed: set[int]) -> bool:
        """Whether it is denied, or said of somebody else."""
        cue, start, end = each
        first, last = start, end
        while first and words[first - 1] not in self._thoughts:
            first -= 1
        while last < len(words) and words[last] not in self._thoughts:
            last += 1
        if self._others.intersection(words[first:start]) and self._myself.isdisjoint(
            words[first:last]
        ):
            return True
        if cue.denies:
            return False
        inside = not self._negations.isdisjoint(words[start:end])
        return inside or self._denied(words, (start, end), (first, last), affirmed)

    def _denied(
        self, words: list[str], claim: tuple[int, int], part: tuple[int, int], affirmed: set[int]
    ) -> bool:
        """Whether a negation stands a little before it, or as the last word behind it ("moe ben ik niet")."""
        (start, end), (first, last) = claim, part
        for place in range(start - 1, max(first, start - REACH) - 1, -1):
            if words[place] in self._stops:
                break
            if words[place] in self._negations and place not in affirmed:
                return True
        return (
            end < last <= end + REACH
            and words[last - 1] in self._negations
            and last - 1 not in affirmed
            and self._stops.isdisjoint(words[end:last])
        )


def _worth_a_look(signs: list[Found[Cue]]) -> list[Found[Cue]]:
    """Every sign of a theme or feeling, less the weak ones that are alone."""
    weak: dict[str, dict[int, str]] = {}
    for cue, start, _ in signs:
        if cue.kind == "weak":
            weak.setdefault(cue.name, {})[start] = cue.text
    alone = {name for name, texts in weak.items() if len({*texts.values()}) < ENOUGH}
    return [each for each in signs if each[0].kind != "weak" or each[0].name not in alone]


def _sure(claims: list[Found[Cue]], quiet: frozenset[str]) -> set[tuple[bool, str]]:
    """What is claimed by one cue that counts, or by several weak ones.

    A phrase comes before the words in it: "schuldig naar mijn team" is not about the team. What is
    `quiet` is never said, so it stands beside any other.
    """
    weak: dict[tuple[bool, str], dict[int, str]] = {}
    sure: set[tuple[bool, str]] = set()
    phrases = [each for each in claims if each[2] - each[1] > 1 and each[0].kind != "weak"]
    for each in claims:
        cue = each[0]
        key = (cue.feeling, cue.name)
        if cue.kind == "weak":
            weak.setdefault(key, {})[each[1]] = cue.text
        elif key not in sure and (cue.name in quiet or not _within(each, phrases)):
            sure.add(key)
    return sure | {key for key, texts in weak.items() if len({*texts.values()}) >= ENOUGH}


def _within(each: Found[Cue], phrases: list[Found[Cue]]) -> bool:
    """Whether a longer cue of another theme holds this one."""
    cue, start, end = each
    for phrase, first, last in phrases:
        if (
            first <= start
            and end <= last
            and last - first > end - start
            and phrase.name != cue.name
            and phrase.feeling == cue.feeling
        ):
            return True
    return False


def _covers(idiom: Found[Cue], start: int, end: int) -> bool:
    """Whether the idiom takes a cue away: they overlap, and the cue is not the longer whole."""
    _, first, last = idiom
    apart = last <= start or end <= first
    longer = start <= first and last <= end
    same = (first, last) == (start, end)
    return not apart and (same or not longer)
