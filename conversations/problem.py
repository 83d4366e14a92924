"""One thing in an authored file that a writer must mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Where it is, what it is, and what to do about it.

    `line` counts from 1; 0 when the problem belongs to the file as a whole. `code` is short and
    stable (`L101`), and explained with an example in `conversations/README.md`.
    """

    file: str
    line: int
    code: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.code} {self.what}\n    {self.remedy}"
