"""What secrecy costs in one turn: deriving who it is, opening what was kept, sealing it again.

The floor is AES-256-GCM over a row of the same size, once each way, with the key at hand
(`tests/bench/bare_cipher.py`).
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bench.figures import Sheet, show
from bot.bench.single import elsewhere, timed, typical
from conversations.session import Answer, Session, Spot, decode, encode
from storage.epoch_files import EPOCHS
from storage.identities import Identities
from storage.months import BEFORE, begin
from storage.root import create_root, read_root
from storage.roots import PRESENT
from storage.sealing import seal, unseal

if TYPE_CHECKING:
    from bot.bench.figures import Figures
    from conversations.person import Person

TURNS, ROUNDS = 2_000, 5
FLOOR = "the cipher alone"
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


def crypto(*, as_json: bool, turns: int = TURNS, rounds: int = ROUNDS) -> int:
    """Print what the secrecy of one turn costs, beside the cipher alone; the exit status."""
    return show(measure(turns, rounds), as_json=as_json)


def measure(turns: int, rounds: int) -> Sheet:
    """Rounds of ours and of the floor in turn; `median_us` has the parts in microseconds.

    `derive` is with three earlier months. Raises SettingsError.
    """
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

        def turn() -> None:
            derive()
            reopen()
            close()

        parts = {
            name: typical(work, turns)
            for name, work in (("derive", derive), ("seal", close), ("open", reopen))
        }
        runs: dict[str, list[Figures]] = {"secrecy of a turn": [], FLOOR: []}
        for _ in range(rounds):
            runs["secrecy of a turn"].append(timed(turn, turns))
            runs[FLOOR].append(elsewhere("bare_cipher", turns))
    return Sheet("crypto", FLOOR, runs, {"median_us": parts})


def _identities(folder: Path) -> Identities:
    """Of an organisation that has been here for four months: that many places are derived."""
    create_root(folder / PRESENT)
    root = read_root(folder / PRESENT)
    for month in range(MONTH - BEFORE, MONTH + 1):
        earlier = Identities(root, folder / EPOCHS, partial(begin, month))
        earlier.identify("slack", "T0", "U00000001")
    return Identities(root, folder / EPOCHS, partial(begin, MONTH))
