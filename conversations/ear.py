"""What is heard in typed words: themes and feelings that are claimed, not those that are denied.

A cue that is found counts unless an idiom covers it, a negation near it denies it, a ruling such as
"het gaat niet om _" sets it aside, or it is said of somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.cueing import Cue, Ruling, cues, rulings
from conversations.matching import Found, Matcher, reach
from conversations.phrasing import MARK, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Language
    from conversations.wordlist import Wordlist

REACH = 4
"""A negation silences what is at most this many words further on, and never past a new thought."""

ENOUGH = 2
"""How many different weak words are worth one that counts by itself."""

BETWEEN = 2
"""Words that may stand between a thing and what sets it aside ("het is niet die rare werkdruk")."""

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
        self._heavy = {name for name, theme in lexicon.themes.items() if theme.heavy}
        self._heavy |= {n for n, feeling in lexicon.feelings.items() if feeling.weight == "heavy"}
        self._negations = frozenset(lexicon.negations.of(language))
        self._thoughts = frozenset((*lexicon.clauses.of(language), MARK))
        self._halts = self._thoughts | self._negations
        self._stops = self._thoughts | frozenset(lexicon.joins.of(language))
        self._contrasts = frozenset(lexicon.contrasts.of(language))
        self._others = frozenset(lexicon.others.of(language))
        self._myself = frozenset(lexicon.myself.of(language))
        self._fillers = frozenset(" ".join(spoken(each)) for each in lexicon.fillers.of(language))
        self._before: dict[str, list[Ruling]] = {}
        self._after: dict[str, list[Ruling]] = {}
        telling: set[str] = set()
        for ruling in rulings(lexicon, language):
            telling |= ruling.telling(frequent - self._negations)
            filed, nearest = (
                (self._after, ruling.after) if ruling.after else (self._before, ruling.before)
            )
            for word in nearest[0].words:
                filed.setdefault(word, []).append(ruling)
        self._telling = frozenset(telling)
        self._matcher = Matcher(
            cues(lexicon, language),
            frequent=frequent,
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
        foreign = len(self._other.intersection(words))
        if foreign >= FOREIGN and foreign > 2 * len(self._own.intersection(words)):
            return Heard(length=length, foreign=True)
        found = self._matcher.find(words)
        if not found:
            return Heard(length=length)
        return self._judged(words, found, length)

    def _judged(self, words: list[str], found: list[Found[Cue]], length: int) -> Heard:
        idioms = [each for each in found if each.what.kind == "idiom"]
        affirmed = {
            place
            for each in found
            if each.what.kind == "not_negation"
            for place in range(each.start, each.end)
        }
        tones = {each.what.kind for each in found}
        ruled = not self._telling.isdisjoint(words)
        claims = [
            each
            for each in _worth_a_look(found)
            if not (idioms and any(_covers(idiom, each) for idiom in idioms))
            and not (ruled and self._set_aside(words, each))
            and not (each.what.kind == "words" and self._not_mine(words, each, affirmed))
        ]
        sure = _sure(claims)
        themes = tuple(name for name in self._themes if (False, name) in sure)
        feelings = tuple(name for name in self._feelings if (True, name) in sure)
        tone = 1 if "stronger" in tones else -1 if "softer" in tones else 0
        heavy = not self._heavy.isdisjoint((*themes, *feelings))
        return Heard(themes, feelings, tone, length, heavy)

    def _set_aside(self, words: list[str], each: Found[Cue]) -> bool:  # noqa: C901  both sides, one rule
        """Whether a ruling says that it is not about this. A few words may stand between the two."""
        start, end = each.start, each.end
        for place in range(end, min(end + BETWEEN + 1, len(words))):
            for ruling in self._after.get(words[place], ()):
                if self._rules(words, ruling, start, end, place):
                    return True
            if words[place] in self._halts:
                break
        for place in range(start - 1, max(start - BETWEEN - 2, -1), -1):
            for ruling in self._before.get(words[place], ()):
                if self._rules(words, ruling, place + 1, end, end):
                    return True
            if words[place] in self._halts:
                break
        return False

    def _rules(self, words: list[str], ruling: Ruling, start: int, end: int, after: int) -> bool:
        """Whether the ruling stands around: up to `start`, and from `after` on."""
        return (
            reach(ruling.after, words, after - 1, 1) is not None
            and reach(ruling.before, words, start, -1) is not None
            and (not ruling.contrast or not self._contrasts.isdisjoint(words[end:]))
        )

    def _not_mine(self, words: list[str], each: Found[Cue], affirmed: set[int]) -> bool:
        """Whether it is denied, or said of somebody else."""
        first, last = each.start, each.end
        while first and words[first - 1] not in self._thoughts:
            first -= 1
        while last < len(words) and words[last] not in self._thoughts:
            last += 1
        if self._others.intersection(words[first : each.start]) and self._myself.isdisjoint(
            words[first:last]
        ):
            return True
        if each.what.denies:
            return False
        inside = not self._negations.isdisjoint(words[each.start : each.end])
        return inside or self._denied(words, each, (first, last), affirmed)

    def _denied(
        self, words: list[str], each: Found[Cue], part: tuple[int, int], affirmed: set[int]
    ) -> bool:
        """Whether a negation stands a little before it, or as the last word behind it ("moe ben ik niet")."""
        first, last = part
        for place in range(each.start - 1, max(first, each.start - REACH) - 1, -1):
            if words[place] in self._stops:
                break
            if words[place] in self._negations and place not in affirmed:
                return True
        return (
            each.end < last <= each.end + REACH
            and words[last - 1] in self._negations
            and last - 1 not in affirmed
            and self._stops.isdisjoint(words[each.end : last])
        )


def _worth_a_look(found: list[Found[Cue]]) -> Iterator[Found[Cue]]:
    """Every sign of a theme or feeling, less the weak ones that are alone."""
    weak: dict[str, set[str]] = {}
    for each in found:
        if each.what.kind == "weak":
            weak.setdefault(each.what.name, set()).add(each.what.text)
    for each in found:
        cue = each.what
        if cue.name and (cue.kind != "weak" or len(weak[cue.name]) >= ENOUGH):
            yield each


def _sure(claims: list[Found[Cue]]) -> set[tuple[bool, str]]:
    """What is claimed by one cue that counts, or by several weak ones.

    A phrase comes before the words in it: "schuldig naar mijn team" is not about the team.
    """
    weak: dict[tuple[bool, str], set[str]] = {}
    sure: set[tuple[bool, str]] = set()
    phrases = [each for each in claims if each.end - each.start > 1 and each.what.kind != "weak"]
    for each in claims:
        cue = each.what
        if cue.kind == "weak":
            weak.setdefault((cue.feeling, cue.name), set()).add(cue.text)
        elif not any(_within(each, phrase) for phrase in phrases):
            sure.add((cue.feeling, cue.name))
    return sure | {key for key, texts in weak.items() if len(texts) >= ENOUGH}


def _within(each: Found[Cue], phrase: Found[Cue]) -> bool:
    """Whether a longer cue of another theme holds this one."""
    return (
        phrase.start <= each.start
        and each.end <= phrase.end
        and phrase.end - phrase.start > each.end - each.start
        and phrase.what.name != each.what.name
        and phrase.what.feeling == each.what.feeling
    )


def _covers(idiom: Found[Cue], each: Found[Cue]) -> bool:
    """Whether the idiom takes this cue away: they overlap, and the cue is not the longer whole."""
    apart = idiom.end <= each.start or each.end <= idiom.start
    longer = each.start <= idiom.start and idiom.end <= each.end
    same = (each.start, each.end) == (idiom.start, idiom.end)
    return not apart and (same or not longer)
