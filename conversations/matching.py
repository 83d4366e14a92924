"""Many cues looked for in one text at once, in a time that hardly grows with their number.

Every cue hangs on its rarest word. The words of a text are looked up one by one, and only the cues
that hang on one of them are compared with the words around it. A loop over all cues, as a regular
expression would run it, costs a hundred times as much.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from conversations.patterns import GAP, Part
from conversations.phrasing import MARK
from conversations.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

T = TypeVar("T")
KEY = 3
"""Letters by which the beginnings and ends of words are filed."""


class Hanging(NamedTuple, Generic[T]):
    """A cue as seen from the word that it hangs on. `before` is turned round: nearest first.

    `left` and `right` hold every word that may be its neighbour, or None where more than these may:
    nearly all cues fail on their neighbour, so that is looked at first.
    """

    what: T
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    left: frozenset[str] | None
    right: frozenset[str] | None


class Found(NamedTuple, Generic[T]):
    """`what` was found in the words from `start` up to, not including, `end`."""

    what: T
    start: int
    end: int


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
        """`frequent` words are no good to hang a cue on, and are never looked at twice.

        `respelt` gives the full form of chat spellings. A word that stands one letter off a word of
        `core` is taken for it, unless it is one of `not_misspelt`.
        """
        exact: dict[str, list[Hanging[T]]] = {word: [] for word in (*frequent, MARK)}
        cues = list(cues)
        for parts, _ in cues:
            for part in parts:
                exact.update({word: [] for word in part.words})
        heads: list[tuple[str, Hanging[T]]] = []
        tails: list[tuple[str, Hanging[T]]] = []
        for parts, what in cues:
            place = _anchor(parts, frequent)
            before, after = parts[:place][::-1], parts[place + 1 :]
            hanging = Hanging(what, before, after, _neighbours(before), _neighbours(after))
            for word in parts[place].words:
                exact[word].append(hanging)
            heads += [(head, hanging) for head in parts[place].heads]
            tails += [(tail, hanging) for tail in parts[place].tails]
        self._heads, self._tails = _filed(heads, first=True), _filed(tails, first=False)
        self._exact = {
            word: (*hung, *(() if word in frequent or word == MARK else self._stems(word)))
            for word, hung in exact.items()
        }
        self._respelt = dict(respelt or {})
        self._spelling = Spelling(core, not_misspelt)

    def knows(self, word: str) -> bool:
        """Whether a cue hangs on this word."""
        return bool(self._exact.get(word) or self._stems(word))

    def words(self, spoken: Sequence[str]) -> list[str]:
        """The words with chat spellings written out."""
        respelt = self._respelt
        if respelt.keys().isdisjoint(spoken):
            return list(spoken)
        return [full for word in spoken for full in respelt.get(word, (word,))]

    def find(self, words: list[str]) -> list[Found[T]]:  # noqa: C901  the inner loop of every typed turn
        """Every cue in these words; a misspelt word is put right in the list itself."""
        found: list[Found[T]] = []
        exact = self._exact
        words.append(MARK)
        for place, word in enumerate(words):
            hung = exact.get(word)
            if hung is None:
                hung = self._stems(word)
                if not hung and (meant := self._spelling.meant(word)):
                    words[place] = meant
                    hung = exact.get(meant, ()) or self._stems(meant)
            for what, before, after, left, right in hung:
                if left is not None and words[place - 1] not in left:
                    continue
                if right is not None and words[place + 1] not in right:
                    continue
                start = reach(before, words, place, -1) if before else place
                if start is None:
                    continue
                end = reach(after, words, place, 1) if after else place
                if end is not None:
                    found.append(Found(what, start, end + 1))
        words.pop()
        return found

    def _stems(self, word: str) -> tuple[Hanging[T], ...]:
        hung: list[Hanging[T]] = []
        for head, each in self._heads.get(word[:KEY], ()):
            if word.startswith(head):
                hung.append(each)
        for tail, each in self._tails.get(word[-KEY:], ()):
            if word.endswith(tail):
                hung.append(each)
        return tuple(hung)


def _anchor(parts: tuple[Part, ...], frequent: Collection[str]) -> int:
    """The place of the word that stands in the fewest texts: long, not frequent, not one of many."""

    def rarity(place: int) -> tuple[bool, int]:
        part = parts[place]
        choices = (*part.words, *part.heads, *part.tails)
        common = not choices or any(word in frequent for word in choices)
        return (not common, min(map(len, choices), default=0) - len(choices))

    return max((n for n, part in enumerate(parts) if not part.gap), key=rarity)


def _neighbours(parts: tuple[Part, ...]) -> frozenset[str] | None:
    if not parts or parts[0].gap or parts[0].heads or parts[0].tails:
        return None
    return parts[0].words


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
