"""`luwte check`: everything that is wrong with the conversations, at once, with file, line and remedy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from conversations import check as content

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def check(files: Sequence[Path]) -> int:
    """Prints the problems of these files, or of all packaged content; 1 when there are any."""
    today = datetime.now(UTC).date()
    if files:
        problems = [problem for path in files for problem in content.run_file(path, today)]
    else:
        problems = list(content.run(None, today))
    for problem in problems:
        print(problem)
    if not files and not problems:
        counted = content.coverage()
        listed = " ".join(f"{name} {number}" for name, number in counted.items())
        print(f"Branches, all walked: {sum(counted.values())} ({listed})")
    print(f"{len(problems)} problem(s) found." if problems else "No problems found.")
    return 1 if problems else 0
