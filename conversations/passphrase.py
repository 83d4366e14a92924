"""The code of a lock, as it is written down and as it is typed: 13 symbols, 65 bits.

The symbols are those of Crockford's base 32 (https://www.crockford.com/base32.html): none of them
looks like another. People read "code"; the design calls it the passphrase.
"""

from __future__ import annotations

import re

SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"
COUNT = 13
LONGEST = 128
"""Characters of typed text that are looked at at all."""

_GROUPS = (4, 9)
_SHOWN = re.compile(rf"\b[{SYMBOLS}]{{4}}-[{SYMBOLS}]{{5}}-[{SYMBOLS}]{{4}}\b")
_ALIKE = str.maketrans({"o": "0", "i": "1", "l": "1", " ": "", "-": "", "\t": ""})


def grouped(code: str) -> str:
    """Made easy to copy: `7k2m-9xqa0-v3tf`."""
    first, second = _GROUPS
    return f"{code[:first]}-{code[first:second]}-{code[second:]}"


def shown_in(typed: str) -> bool:
    """Whether words hold a code as it was shown: it must not be taken for an answer."""
    return _SHOWN.search(typed.lower()) is not None


def tidy(typed: str) -> str | None:
    """The 13 symbols that were meant; None when these can be no code of ours."""
    if len(typed) > LONGEST:
        return None
    code = typed.strip().lower().translate(_ALIKE)
    return code if len(code) == COUNT and set(code) <= set(SYMBOLS) else None
