"""`luwte understand`: what would be heard in each line that is typed, for whoever tries out words."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Final, TextIO

from conversations import library, replying
from conversations.phrasing import clean

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts

NAMED: Final[frozenset[str]] = frozenset({"L1", "L2", "L3", "harm_other"})
"""Levels that are answered before anything else: nothing is reflected then."""


def understand(language: Language, lines: TextIO | None = None) -> int:
    """Prints one JSON object for each line of standard input, also for an empty one.

    A byte that is no UTF-8 is read as a replacement character.
    """
    scripts = library.load()
    typed = lines or io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for line in typed:
        print(json.dumps(heard(scripts, clean(line), language)), flush=True)
    return 0


def heard(scripts: Scripts, words: str, language: Language) -> dict[str, object]:
    """The safety level, the themes that can be named, the feelings, and the reply to a first answer."""
    lexicon = scripts.lexicon
    level = scripts.safety.level(words)
    found = lexicon.understand(words, language)
    reply = replying.NOTHING if level in NAMED else replying.first(lexicon, found)
    return {
        "safety": level,
        "themes": [name for name in found.themes if not lexicon.themes[name].quiet],
        "feelings": list(found.feelings),
        "ack": reply.kind,
    }
