"""Many cues looked for in one text at once, in a time that hardly grows with their number.

Every cue hangs on its rarest word, or on two words side by side where those are rarer still. The
words of a text are looked up one by one, and only the cues that hang on one of them are compared
with the words around it. A loop over all cues, as a regular expression would run it, costs a
hundred times as much.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from conversations.patterns import GAP, Part
from conversations.phrasing import MARK
from conversations.rarity import ranked, weight
from conversations.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

T = TypeVar("T")
Found = tuple[T, int, int]
"""What was found, in the words from a place up to, not including, another."""

OFTEN = 3
"""How much more often two words of a cue stand side by side than by chance."""

KEY = 3
"""Letters by which the beginnings and ends of words are filed."""


class Hanging(NamedTuple, Generic[T]):
    """A cue as seen from where it hangs: what stands before that, nearest first, and after it.

    Of each of `needs` one word is somewhere in a text that holds the cue.
    """

    what: T
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    needs: tuple[frozenset[str], ...]


class Hung(NamedTuple, Generic[T]):
    """All that hangs on a word: `whole` cues are this word alone, `single` ones this and more.

    The `pairs` hold it and a certain word after it, by which they are filed.
    """

    whole: tuple[T, ...]
    single: tuple[Hanging[T], ...]
    pairs: dict[str, list[Hanging[T]]]


class Matcher(Generic[T]):
    """Built once for a set of cues; `find` may then run on any number of texts."""

    def __init__(
        self,
        cues: Iterable[tuple[tuple[Part, ...], T]],
        *,
        frequent: Collection[str] = (),
        respelt: Mapping[str, Sequence[str]] | None = None,
        core: Collection[str] = (),
        not_misspelt: Collection[str] = (),
    ) -> None:
        """`frequent` words, the most frequent first, are the last to hang a cue on.

        `respelt` gives the full form of chat spellings. A word that stands one letter off a word of
        `core` is taken for it, unless it is one of `not_misspelt`.
        """
        weights = ranked(frequent)
        single: dict[str, list[Hanging[T]]] = defaultdict(list)
        pairs: dict[str, dict[str, list[Hanging[T]]]] = defaultdict(lambda: defaultdict(list))
        heads: list[tuple[str, Hanging[T]]] = []
        tails: list[tuple[str, Hanging[T]]] = []
        self._listed: set[str] = set()
        for parts, what in cues:
            place, width = _anchor(parts, weights)
            before, after = parts[:place][::-1], parts[place + width :]
            hanging = Hanging(what, before, after, _needs((*before, *after), weights))
            for part in parts:
                self._listed |= part.words
            for word in parts[place].words:
                if width == 1:
                    single[word].append(hanging)
                else:
                    for following in parts[place + 1].words:
                        pairs[word][following].append(hanging)
            heads += [(head, hanging) for head in parts[place].heads]
            tails += [(tail, hanging) for tail in parts[place].tails]
        self._heads, self._tails = _filed(heads, first=True), _filed(tails, first=False)
        self._hung: dict[str, Hung[T] | None] = dict.fromkeys((*frequent, MARK))
        for word in self._listed - {MARK}:
            stems = () if word in weights else self._stems(word)
            self._hung[word] = _hung([*single[word], *stems], dict(pairs[word]))
        self._respelt = dict(respelt or {})
        self._spelling = Spelling(core, not_misspelt)

    def knows(self, word: str) -> bool:
        """Whether this word is in a cue."""
        return word in self._listed or bool(self._stems(word))

    def words(self, spoken: Sequence[str]) -> list[str]:
        """The words with chat spellings written out."""
        respelt = self._respelt
        if respelt.keys().isdisjoint(spoken):
            return list(spoken)
        return [full for word in spoken for full in respelt.get(word, (word,))]

    def find(self, words: list[str]) -> list[Found[T]]:
        """Every cue in these words; a misspelt word is put right in the list itself."""
        found: list[Found[T]] = []
        listed, present = self._hung, set(words)
        strange = self._strange(words, present)
        words.append(MARK)
        hang = [listed.get(word) or strange.get(word) for word in words] if strange else None
        for place, hung in enumerate(hang or map(listed.get, words)):
            if hung is None:
                continue
            whole, single, pairs = hung
            for what in whole:
                found.append((what, place, place + 1))  # noqa: PERF401  mostly none, or one
            if single:
                _try(single, words, (place, place), present, found)
            if pairs and (near := pairs.get(words[place + 1])):
                _try(near, words, (place, place + 1), present, found)
        words.pop()
        return found

    def _strange(self, words: list[str], present: set[str]) -> dict[str, Hung[T]]:
        """What hangs on the words that are in no cue as they stand: by their stem, or as was meant."""
        strange: dict[str, Hung[T]] = {}
        for word in present.difference(self._hung):
            is_word, stems = word, self._stems(word)
            if not stems and (meant := self._spelling.meant(word)):
                words[:] = [meant if each == word else each for each in words]
                present.add(meant)
                is_word, stems = meant, () if meant in self._hung else self._stems(meant)
            if stems and (hung := _hung(stems, {})):
                strange[is_word] = hung
        return strange

    def _stems(self, word: str) -> tuple[Hanging[T], ...]:
        hung: list[Hanging[T]] = []
        for head, each in self._heads.get(word[:KEY], ()):
            if word.startswith(head):
                hung.append(each)
        for tail, each in self._tails.get(word[-KEY:], ()):
            if word.endswith(tail):
                hung.append(each)
        return tuple(hung)


def _try(
    several: Iterable[Hanging[T]],
    words: list[str],
    known: tuple[int, int],
    present: set[str],
    found: list[Found[T]],
) -> None:
    """Compare the rest of these cues with the words around those that are known to be right."""
    first, last = known
    for what, before, after, needs in several:
        for need in needs:
            if need.isdisjoint(present):
                break
        else:
            start = reach(before, words, first, -1) if before else first
            if start is None:
                continue
            end = reach(after, words, last, 1) if after else last
            if end is not None:
                found.append((what, start, end + 1))


def _anchor(parts: tuple[Part, ...], frequent: Mapping[str, float]) -> tuple[int, int]:
    """Where the word stands, or the two side by side, that are in the fewest texts; and how many."""
    rare = [0 if part.gap or MARK in part.words else weight(part, frequent) for part in parts]
    singles = [(rare[n], n, 1) for n in range(len(parts)) if rare[n]]
    plain = [_plain(part) for part in parts]
    pairs = [
        (OFTEN * rare[n] * (rare[n + 1] or 1), n, 2)
        for n in range(len(parts) - 1)
        if plain[n] and plain[n + 1] and rare[n]
    ]
    _, place, width = min(singles + pairs)
    return place, width


def _needs(parts: tuple[Part, ...], frequent: Mapping[str, float]) -> tuple[frozenset[str], ...]:
    """The words of each of these parts, the rarest first, less those that may be any word."""
    certain = [part for part in parts if _plain(part) and MARK not in part.words]
    certain.sort(key=lambda part: weight(part, frequent))
    return tuple(part.words for part in certain)


def _plain(part: Part) -> bool:
    """Whether it is one of some whole words."""
    return bool(part.words) and not (part.heads or part.tails)


def _hung(hung: Sequence[Hanging[T]], pairs: dict[str, list[Hanging[T]]]) -> Hung[T] | None:
    """All that hangs on one word; None for nothing."""
    if not (hung or pairs):
        return None
    whole = tuple(each.what for each in hung if not (each.before or each.after))
    return Hung(whole, tuple(each for each in hung if each.before or each.after), pairs)


def _filed(
    stems: Iterable[tuple[str, Hanging[T]]], *, first: bool
) -> dict[str, tuple[tuple[str, Hanging[T]], ...]]:
    filed: dict[str, list[tuple[str, Hanging[T]]]] = defaultdict(list)
    for stem, hanging in stems:
        filed[stem[:KEY] if first else stem[-KEY:]].append((stem, hanging))
    return {key: tuple(listed) for key, listed in filed.items()}


def reach(parts: tuple[Part, ...], words: Sequence[str], place: int, step: int) -> int | None:
    """Where the last of these parts stands, beside `place` in one direction; None if they do not."""
    last = len(words)
    for number, (choices, heads, tails, gap) in enumerate(parts):
        if gap:
            return _leap(parts[number + 1 :], words, place, step)
        place += step
        if not 0 <= place < last:
            return None
        word = words[place]
        if word in choices or (heads and word.startswith(heads)):
            continue
        if not tails or not word.endswith(tails):
            return None
    return place


def _leap(parts: tuple[Part, ...], words: Sequence[str], place: int, step: int) -> int | None:
    """The same with up to GAP words between, none of them past a mark."""
    choices, heads, tails, _ = parts[0]
    simple = not heads and not tails
    last = len(words)
    for at in range(place + step, place + step * (GAP + 2), step):
        if not 0 <= at < last:
            return None
        if not simple or words[at] in choices:
            end = reach(parts, words, at - step, step)
            if end is not None:
                return end
        if words[at] == MARK:
            return None
    return None
