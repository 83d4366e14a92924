"""`luwte serve` on a slow disk: so many milliseconds are added to every commit.

    python -m tests.bench.slow_commit MILLISECONDS

The disk of these machines answers in a tenth of a millisecond, that of a cloud in one to five.
"""

from __future__ import annotations

import sys
import time

from sqlalchemy import Engine, event

from bot.__main__ import main


def slow(milliseconds: float) -> None:
    """From now on every commit of this process takes that much longer."""

    @event.listens_for(Engine, "commit")
    def wait(_: object) -> None:
        time.sleep(milliseconds / 1_000)


if __name__ == "__main__":
    slow(float(sys.argv[1]))
    sys.exit(main(["serve"]))
