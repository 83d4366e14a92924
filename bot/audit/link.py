"""The link test: can rows be joined to people without a staff list, by order, size, week or version?

A guesser holds the database and every key of the server, and knows who joined when and who wrote
last, and who put a lock on their notes when. It puts the rows in an order and says: the first row
is the first person. Random guessing sets the bar.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from bot.audit.crowd import PEOPLE, Crowd
from storage.inspection import Inspection, sqlite_file
from storage.pages import places
from storage.sealing import SEALED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.audit.crowd import Truth
    from bot.audit.stage import Stage
    from storage.identities import Identities

BAR = 0.99
"""The share of random guesses below the bar."""

FEWEST = 10
"""Rows below which an order is no order."""

WAYS = 6
"""Each order is held against joining, the last turn and locking, forwards and backwards."""

ON_POSTGRESQL = "PostgreSQL keeps it; see storage/README.md"
UNTIL_PURGE = "gone with the nightly purge; see storage/README.md"


@dataclass(frozen=True, slots=True)
class Guess:
    """What one guesser reached: people told right, and the rank correlation with the truth.

    `known` says why it is expected to win here, as the documents do.
    """

    name: str
    right: int
    correlation: float
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """The outcome. `with_list` is what the threat model says of whoever has keys and staff list."""

    guesses: tuple[Guess, ...]
    right: int
    correlation: float
    with_keys: int
    with_list: int

    def winners(self) -> list[Guess]:
        """Guessers that beat the bar and are not expected to."""
        return [
            each
            for each in self.guesses
            if each.known is None
            and (each.right > self.right or each.correlation > self.correlation)
        ]


async def link(stage: Stage, identities: Identities, files: Path | None = None) -> Linked:
    """Fill an empty store and let every guesser try. `files`: PostgreSQL's folder of data."""
    crowd = Crowd(stage, identities)
    try:
        truth = await crowd.gather()
        guesses: list[Guess] = []
        path = sqlite_file(stage.database)
        if path is not None:
            written = path.with_name(path.name + "-wal").read_bytes()
            guesses += _written(truth, "write-ahead log by day", written, UNTIL_PURGE)
        await crowd.purge()
        guesses += _by_value(stage.database, truth)
        if path is not None:
            guesses += _in_file(path, truth)
        elif files is not None:
            guesses += _in_cluster(stage.database, truth, files)
        right, correlation = bar(sum(each.known is None for each in guesses))
        with_keys, with_list = crowd.opened_with_the_keys(), crowd.opened_with_the_staff_list()
    finally:
        await crowd.close()
    return Linked(tuple(guesses), right, correlation, with_keys, with_list)


def bar(guessers: int, people: int = PEOPLE) -> tuple[int, float]:
    """What the best of so many random guessers stays below, 99 times of 100.

    Right guesses of a random order are Poisson with mean 1, its rank correlation is normal with
    variance 1/(n-1).
    """
    each = BAR ** (1 / (guessers * WAYS))
    right, reached = 0, math.exp(-1)
    while reached < each:
        right += 1
        reached += math.exp(-1) / math.factorial(right)
    return right, NormalDist().inv_cdf((1 + each) / 2) / math.sqrt(people - 1)


def judged(name: str, order: Sequence[bytes], truth: Truth, known: str | None = None) -> Guess:
    """How well this order of rows tells who is who.

    Of an order with only some of the rows that part is judged, and its correlation weighs less.
    """
    right, best = 0, 0.0
    for everybody in (truth.joined, truth.last, truth.locked):
        these = set(everybody)
        present = (locator for locator in order if locator in these)
        rank = {locator: at for at, locator in enumerate(present)}
        at = [rank[locator] for locator in everybody if locator in rank]
        last = len(at) - 1
        if last < FEWEST:
            continue
        right = max(
            right,
            sum(place == number for number, place in enumerate(at)),
            sum(place == last - number for number, place in enumerate(at)),
        )
        weight = math.sqrt(last / (len(truth.joined) - 1))
        best = max(best, abs(spearman(at)) * weight)
    return Guess(name, right, best, known)


def spearman(ranks: Sequence[int]) -> float:
    """The rank correlation of these ranks with 0, 1, 2…; 0 tells nothing, 1 tells all."""
    count = len(ranks)
    squares = sum((number - rank) ** 2 for number, rank in enumerate(ranks))
    return 1 - 6 * squares / (count * (count**2 - 1))


def _by_value(database: str, truth: Truth) -> Iterator[Guess]:
    """Orders that the values of the rows suggest; equal values in an order by chance."""
    with Inspection(database) as seen:
        rows = list(seen.rows("person"))
        yield judged("row order", seen.order("rowid"), truth)
    random.SystemRandom().shuffle(rows)
    for name, column in (("version", "version"), ("week", "expires_week")):
        ordered = sorted(rows, key=lambda row, column=column: row[column])  # type: ignore[misc]
        yield judged(name, [_locator(row["locator"]) for row in ordered], truth)
    by_size = sorted(rows, key=lambda row: sum(len(str(value)) for value in row.values()))
    by_size.sort(key=lambda row: len(_locator(row["sealed"])))
    yield judged("size", [_locator(row["locator"]) for row in by_size], truth)


def _in_file(path: Path, truth: Truth) -> Iterator[Guess]:
    """Orders in the file, and in what is left of its log."""
    with Inspection(f"sqlite:///{path}") as seen:
        number = {_locator(row["locator"]): row["k"] for row in seen.rows("person")}
    where = places(path, SEALED)
    ordered = sorted(number, key=lambda locator: where.get(int(number[locator] or 0), (0, 0)))
    yield judged("page", ordered, truth)
    log = path.with_name(path.name + "-wal")
    yield from _written(truth, "write-ahead log", log.read_bytes() if log.exists() else b"", None)


def _in_cluster(database: str, truth: Truth, files: Path) -> Iterator[Guess]:
    with Inspection(database) as seen:
        for hidden in ("ctid", "xmin"):
            yield judged(hidden, seen.order(hidden), truth, ON_POSTGRESQL)
    log = b"".join(path.read_bytes() for path in sorted((files / "pg_wal").glob("0*")))
    yield from _written(truth, "write-ahead log", log, ON_POSTGRESQL)


def _written(truth: Truth, name: str, log: bytes, known: str | None) -> Iterator[Guess]:
    """The order in which locators stand in a log, by their first and by their last place."""
    for which, find in (("first", log.find), ("last", log.rfind)):
        found = {locator: find(locator) for locator in truth.joined}
        seen = [locator for locator, at in found.items() if at >= 0]
        order = sorted(seen, key=lambda locator: found[locator])
        yield judged(f"{name}, {which} entry", order, truth, known)


def _locator(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
