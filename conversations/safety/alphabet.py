"""Typed words as symbols: one character for every word that is listened for, one for all others.

A text of sixty words becomes a string of sixty characters, on which patterns are cheap. Spelling is
forgiven here: accents, short forms, a wrong letter, letters that are stretched or glued together.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from conversations.phrasing import stretched
from conversations.safety.patterns import COMMA, STEM, STOP
from conversations.safety.plain import MARKS, plain, tokens
from conversations.safety.spelling import Glued, Typos, unstretched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OTHER: Final = "_"
"""The symbol for a word that nobody listens for."""

FIRST: Final = 0xE000
"""Symbols are taken from Unicode's private use area, so that none is a letter of a pattern."""

SHORTEST: Final = 4
"""The fewest letters of a word that may be misspelt."""

SHORTEST_GLUED: Final = 7

_DIGITS = str.maketrans("013457@$", "oieastas")


def bare(word: str) -> str:
    """An authored word as it is compared: plain, and without apostrophes."""
    return plain(word).replace("'", "")


class Alphabet:
    """`words` are all words and `stem*` forms that any pattern names.

    `spelling` maps a form to the words it stands for. `typos` are words that may be mistyped, and
    `lookalikes` are never taken for one of them. `glued` words may stand in a row without spaces.
    """

    def __init__(
        self,
        words: Iterable[str],
        *,
        spelling: Mapping[str, str],
        typos: Iterable[str],
        lookalikes: Iterable[str],
        glued: Iterable[str],
    ) -> None:
        listed = self._listed = sorted({bare(word) for word in words})
        self._symbol = {word: chr(FIRST + number) for number, word in enumerate(listed)}
        self._stems: dict[str, list[tuple[str, str]]] = {}
        for word in sorted(listed, key=len, reverse=True):
            if word.endswith("*"):
                self._stems.setdefault(word[:STEM], []).append((word[:-1], self._symbol[word]))
        self._exact = {STOP: STOP, COMMA: COMMA, **dict.fromkeys(map(bare, lookalikes), OTHER)}
        self._exact |= {word: s for word, s in self._symbol.items() if not word.endswith("*")}
        for form, meant in spelling.items():
            self._exact[plain(form)] = "".join(self._known(bare(each)) for each in meant.split())
        self._typos = Typos(map(bare, typos))
        self._glued = Glued(map(bare, glued))

    def symbols(self, word: str) -> frozenset[str]:
        """Every symbol that this word, or any word of this `stem*`, may become."""
        known = bare(word)
        if not known.endswith("*"):
            return frozenset(self._symbol.get(known, ""))
        stem, found = known[:-1], bisect_left(self._listed, known[:-1])
        return frozenset(
            self._symbol[each]
            for each in takewhile(
                lambda each: each.startswith(stem), islice(self._listed, found, None)
            )
        )

    def write(self, text: str) -> str:
        """The text in symbols, sentence marks and commas among them."""
        exact, unknown = self._exact, self._unknown
        text = plain(text)
        written = tokens(text)
        if stretched(text):
            written = [self._let_go(token) for token in written]
        return "".join([exact.get(token) or unknown(token) for token in written])

    def _known(self, word: str) -> str:
        return self._exact.get(word) or self._stem(word) or OTHER

    def _stem(self, token: str) -> str | None:
        for stem, symbol in self._stems.get(token[:STEM], ()):
            if token.startswith(stem):
                return symbol
        return None

    def _unknown(self, token: str) -> str:
        if token[0] in MARKS:
            return STOP
        if token == COMMA:
            return COMMA
        if not token.isalpha():
            return self._marked(token)
        if len(token) < SHORTEST:
            return OTHER
        return self._stem(token) or self._forgiven(token) or OTHER

    def _let_go(self, token: str) -> str:
        """The word without the letters that were held down, where that is a word."""
        if token in self._exact:
            return token
        shorter = unstretched(token)
        return next((word for word in shorter if word in self._exact), token)

    def _forgiven(self, token: str) -> str | None:
        """The symbols of what was probably meant by a word that nobody spells so."""
        meant = self._typos.meant(token)
        if meant is not None:
            return self._known(meant)
        if len(token) < SHORTEST_GLUED:
            return None
        return "".join(map(self._known, self._glued.apart(token)))

    def _marked(self, token: str) -> str:
        """A word with an apostrophe ("rope's"), or with digits in the place of letters."""
        if token.endswith("'s") and token[:-2] in self._exact:
            return self._exact[token[:-2]]
        word = token.replace("'", "").replace("_", "")
        if not word or word.isdecimal():
            return OTHER
        if not word.isalpha():
            word = word.translate(_DIGITS)
        return self._exact.get(word) or (self._unknown(word) if word.isalpha() else OTHER)
