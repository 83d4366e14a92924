"""A conflict at work in what somebody asks: a coach alone is not enough for it, so the way there is told first.

Danger, harassment and exhaustion are heard before any of this (`conversations.safety`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conversations.script import Language
    from conversations.scripts import Scripts

_CONFLICT = re.compile(
    r"\b(?:arbeids)?conflict(?:en|s)?\b|\barbeidsgeschil|\bmediat(?:ion|or)\b|"
    r"\b(?:ruzie|geschil)\s+(?:met|op|over)\b|\b(?:dispute|fight|row)\s+(?:with|at)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:geen|zonder|no|without(?:\s+a)?|belangen)\s*conflict\w*|\bconflicts?\s+of\s+interest",
    re.IGNORECASE,
)


def told(scripts: Scripts, language: Language, texts: Iterable[str]) -> Iterator[str]:
    """One line where a conflict is meant, or none."""
    if any(_CONFLICT.search(_NONE.sub("", each)) for each in texts):
        yield scripts.coach.conflict.to(language)
