"""What secrecy costs in one turn: deriving who it is, sealing what is kept, opening it again."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from conversations.session import Answer, Session, Spot, decode, encode
from storage.epoch_files import EPOCHS
from storage.identities import Identities
from storage.months import BEFORE, begin
from storage.root import create_root, read_root
from storage.roots import PRESENT
from storage.sealing import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.person import Person

TURNS = 5_000
MONTH = 682
SESSION = Session(
    id="0badcafe",
    language="nl",
    at=Spot("t4", 1, "how"),
    slots={
        f"t4.{n}": Answer(words="Ik wil dit anders, maar weet niet hoe. " * 8) for n in range(6)
    },
)
"""A session of a person who writes: about 2 kB."""


def crypto(*, as_json: bool, turns: int = TURNS) -> int:
    """Prints the medians of so many turns, in microseconds."""
    figures = measure(turns)
    if as_json:
        print(json.dumps({"unit": "us", "turns": turns, "median": figures}))
        return 0
    print(f"Median of {turns} turns, in microseconds:")
    for name, median in figures.items():
        print(f"  {name:<8}{median:8.1f}")
    return 0


def measure(turns: int) -> dict[str, float]:
    """Medians in microseconds: `derive` (with three earlier months), `seal`, `open`, `turn`."""
    with tempfile.TemporaryDirectory(prefix="luwte-bench-") as folder:
        identities = _identities(Path(folder))

        def derive() -> Person:
            return identities.identify("slack", "T0", "U00000001")

        person, version = derive(), 2**47
        sealed = seal(person.home, version, encode(SESSION))

        def close() -> bytes:
            return seal(person.home, version, encode(SESSION))

        def reopen() -> Session:
            return decode(unseal(person.home, version, sealed))

        figures = {
            "derive": _median(derive, turns),
            "seal": _median(close, turns),
            "open": _median(reopen, turns),
        }
    return {**figures, "turn": round(sum(figures.values()), 2)}


def _identities(folder: Path) -> Identities:
    """Of an organisation that has been here for four months: that many places are derived."""
    create_root(folder / PRESENT)
    root = read_root(folder / PRESENT)
    for month in range(MONTH - BEFORE, MONTH + 1):
        earlier = Identities(root, folder / EPOCHS, partial(begin, month))
        earlier.identify("slack", "T0", "U00000001")
    return Identities(root, folder / EPOCHS, partial(begin, MONTH))


def _median(work: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        begun = time.perf_counter_ns()
        work()
        took.append(time.perf_counter_ns() - begun)
    return round(statistics.median(took) / 1_000, 2)
