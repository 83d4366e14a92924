"""How typed words are compared with authored patterns: one normal form, whole words, `*` for the rest of a word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from string import ascii_lowercase, digits

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_NOT_A_WORD = re.compile(r"[^\w']+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_SMALL = {
    each: chr(each).lower() if chr(each).isalnum() or chr(each) in "_'" else " "
    for each in range(128)
} | {ord("`"): "'"}
_STRETCHES = tuple(each * 3 for each in (*ascii_lowercase, *digits, "_"))
"""For plain letters: the same by a table and a few looks, in a fifth of the time."""


def normal(words: str) -> str:
    """Lower case, one kind of apostrophe, no accents lost, no punctuation, single spaces.

    Three or more of the same letter become two ("heeeel" reads as "heel").
    """
    if words.isascii():
        text = words.translate(_SMALL)
        if any(stretch in text for stretch in _STRETCHES):
            text = _STRETCHED.sub(r"\1\1", text)
        parts = text.split()
    else:
        text = unicodedata.normalize("NFC", words).translate(_APOSTROPHES).casefold()
        parts = _NOT_A_WORD.split(_STRETCHED.sub(r"\1\1", text))
    if "'" not in text:
        return " ".join(parts).strip()
    return " ".join(part for part in (p.strip("'") for p in parts) if part)


@lru_cache(maxsize=4096)
def authored(text: str) -> str:
    """The normal form of an authored text, remembered; never for what somebody typed."""
    return normal(text)


MARK = "|"
"""Stands in `spoken` where a sentence or a part of it ends."""

_AS_SPOKEN = str.maketrans("’‘`´", "''''")
_WORD = re.compile(r"[^\W_]+")
_WORD_OR_MARK = re.compile(r"[^\W_]+|[.,;:!?\n()…–—]")
_ACCENT = re.compile(r"[\u0300-\u036f]+")


def spoken(words: str) -> list[str]:
    """The words as they sound, and MARK between parts: no capitals, accents or apostrophes.

    "Géén zin, collega's" is geen, zin, MARK, collegas. Three or more of the same letter become two.
    """
    text = _sound(words)
    if text.isascii():
        return text.translate(_APART).replace(MARK, f" {MARK} ").split()
    return [MARK if part in _MARKS else part for part in _WORD_OR_MARK.findall(text)]


def unmarked(words: str) -> list[str]:
    """The words of `spoken` alone."""
    text = _sound(words)
    return text.translate(_ALONE).split() if text.isascii() else _WORD.findall(text)


def stretched(text: str) -> bool:
    """Whether one of the letters a to z stands three times in a row.

    Every text is asked, so all its letters are first compared at once with those before them, as two
    numbers: where three are the same, two noughts stand side by side.
    """
    letters = text.encode("utf-8", "replace")
    number = int.from_bytes(letters, "big")
    differences = (number ^ number >> 8).to_bytes(len(letters), "big")
    return b"\0\0" in differences and any(three in text for three in _TRIPLES)


def _sound(words: str) -> str:
    text = words.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.translate(_AS_SPOKEN))
        text = _ACCENT.sub("", text)
    text = text.replace("'", "")
    return _STRETCHED.sub(r"\1\1", text) if stretched(text) else text


_MARKS = frozenset(".,;:!?\n()…–—")
_TRIPLES = tuple(letter * 3 for letter in ascii_lowercase)
_ALONE = {each: " " for each in range(128) if not chr(each).isalnum()}
_APART = {each: MARK if chr(each) in _MARKS else " " for each in _ALONE}
"""For plain letters: what the patterns find, in a quarter of the time."""


def clean(words: str) -> str:
    """Typed words as they may be kept: no half characters, no space around them."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip()


def visible(words: str) -> bool:
    """Whether there is anything to see: not only spaces and characters without a width."""
    return any(unicodedata.category(c)[0] not in "ZC" for c in words)


def says(phrase: str, text: str) -> bool:
    """Whether the phrase stands in a text in its normal form.

    Hundreds of phrases are tried on every answer, and nearly all of them fail on one plain word:
    that word is looked for first, since a search with a pattern costs fifty times as much.
    """
    return needle(phrase) in text and pattern(phrase).search(text) is not None


def without(phrase: str, text: str) -> str:
    """The text in its normal form, less every place where the phrase stands."""
    return pattern(phrase).sub("", text) if needle(phrase) in text else text


@lru_cache(maxsize=4096)
def needle(phrase: str) -> str:
    """The longest plain word of it: where that is not in a text, the phrase is not."""
    return max((normal(word.strip("*")) for word in phrase.split()), key=len, default="")


@lru_cache(maxsize=4096)
def pattern(phrase: str) -> re.Pattern[str]:
    """The pattern for an authored word or phrase; `*` before or after a word matches the rest of it."""
    parts = []
    for word in phrase.split():
        body = normal(word.strip("*"))
        parts.append(
            ("\\w*" if word[0] == "*" else "")
            + re.escape(body)
            + ("[\\w']*" if word[-1] == "*" else "")
        )
    return re.compile(r"(?<![\w'])" + " ".join(parts) + r"(?![\w'])")
