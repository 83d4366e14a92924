"""What the doctor says about one thing: well, worth knowing, or wrong with its remedy."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKS = {"well": "ok", "note": "note", "wrong": "WRONG"}
WIDEST = 100
INDENT = " " * 8


@dataclass(frozen=True, slots=True)
class Finding:
    """`says` is what was seen, `remedy` what to do. No value of a secret stands in either."""

    state: Literal["well", "note", "wrong"]
    what: str
    says: str
    remedy: str = ""

    def lines(self) -> Iterator[str]:
        yield f"{MARKS[self.state]:<8}{self.what}: {self.says}"
        if self.remedy:
            yield from textwrap.wrap(
                f"-> {self.remedy}", WIDEST, initial_indent=INDENT, subsequent_indent=INDENT + "   "
            )


def well(what: str, says: str) -> Finding:
    return Finding("well", what, says)


def note(what: str, says: str, remedy: str = "") -> Finding:
    return Finding("note", what, says, remedy)


def wrong(what: str, says: str, remedy: str) -> Finding:
    return Finding("wrong", what, says, remedy)


def page(findings: Sequence[Finding]) -> str:
    """Everything, and one line that sums it up."""
    count = sum(each.state == "wrong" for each in findings)
    last = "Nothing is wrong." if count == 0 else f"{count} thing(s) to mend."
    return "\n".join([*(line for each in findings for line in each.lines()), last])
