"""A typed text made plain, and taken apart into its words and what stands between them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from conversations.safety.patterns import COMMA, STOP

MARKS: Final = frozenset(".!?;…\n")
"""What ends a sentence."""

_LAUGHING = str.maketrans(dict.fromkeys("😂🤣😅😆😹😝😜🤪😉", " haha "))
_QUOTES = str.maketrans(dict.fromkeys("’‘`´", "'"))
_TOKENS = re.compile(r"[\w'@$]+|[.!?;…\n]+|,")
_APART = {
    each: STOP if chr(each) in MARKS else " "
    for each in range(128)
    if not (chr(each).isalnum() or chr(each) in "_'@$,")
}
"""For plain letters: what the pattern finds, in half the time."""


def plain(text: str) -> str:
    """Small letters without accents, one kind of apostrophe, and laughter as a word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LAUGHING).translate(_QUOTES))
        text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    return text.casefold()


def tokens(text: str) -> list[str]:
    """The words of a plain text with COMMA and, where sentences end, STOP or their marks between them."""
    if not text.isascii():
        return _TOKENS.findall(text)
    text = text.translate(_APART)
    while STOP * 2 in text:
        text = text.replace(STOP * 2, STOP)
    return text.replace(STOP, f" {STOP} ").replace(COMMA, f" {COMMA} ").split()
