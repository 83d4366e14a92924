"""The name under which a coach knows somebody: two words, new for each case, out of chance."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conversations.coachtexts import Handoff
    from conversations.script import Language


def alias(texts: Handoff, language: Language, seed: str) -> str:
    """`seed` is fresh chance (`Reply.seed`); the same one gives the same alias."""
    drawn = hashlib.sha256(f"alias {seed}".encode()).digest()
    first, last = texts.alias_first[language], texts.alias_last[language]
    one = first[int.from_bytes(drawn[:8]) % len(first)]
    return f"{one} {last[int.from_bytes(drawn[8:16]) % len(last)]}"
