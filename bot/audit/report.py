"""One page that a lawyer can read: a sentence with its number, and OK or NOT OK before it."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdict = Literal["OK", "NOT OK", "KNOWN", ""]
"""KNOWN: not good, and said in the documents; it does not fail the audit."""

WIDTH = 96
INDENT = 9
MOST_SHOWN = 12
"""Findings of one kind that are listed; their number is always told."""


@dataclass
class Report:
    """Writes lines as they come to what was standard output at the beginning."""

    title: str
    failed: int = 0
    out: TextIO = field(default_factory=lambda: sys.stdout)
    _started: bool = False

    def section(self, title: str) -> None:
        if not self._started:
            self._write(f"{self.title}\n{'=' * len(self.title)}")
            self._started = True
        self._write(f"\n{title}")

    def tell(self, verdict: Verdict, sentence: str, details: Iterable[object] = ()) -> None:
        self.failed += verdict == "NOT OK"
        wrapped = textwrap.fill(
            sentence, WIDTH, initial_indent=verdict.ljust(INDENT), subsequent_indent=" " * INDENT
        )
        self._write(wrapped)
        listed = sorted(str(each) for each in details)
        for each in listed[:MOST_SHOWN]:
            self._write(f"{' ' * INDENT}- {each}")
        if len(listed) > MOST_SHOWN:
            self._write(f"{' ' * INDENT}- and {len(listed) - MOST_SHOWN} more")

    def check(self, good: bool, sentence: str, details: Iterable[object] = ()) -> None:  # noqa: FBT001  the verdict
        self.tell("OK" if good else "NOT OK", sentence, details)

    def end(self) -> int:
        """The last line, and the exit status: 0 when all is well, 1 when anything is not."""
        verdict = f"{self.failed} of the lines above are NOT OK." if self.failed else "All is well."
        self._write(f"\n{verdict}")
        return 1 if self.failed else 0

    def _write(self, line: str) -> None:
        print(line, file=self.out, flush=True)
