"""Which SQLite page size hides the order of joining, and what it costs.

    python -m tests.bench.page_order [PEOPLE]

For each page size: people join one by one in the product's own table, their rows are rewritten,
some are erased, the file is rewritten by VACUUM. The place of every row is read from the raw file
and its rank compared (Spearman) with the order of joining: 0 tells nothing, 1 tells all.
"""

from __future__ import annotations

import random
import secrets
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from storage import pages
from storage.database import SQLITE
from storage.sealing import SEALED
from storage.tables import person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from storage.pages import Place

PAGE_SIZES = (4_096, 8_192, 16_384, 32_768, 65_536)
ERASED = 40
LOG = 16 * 2**20

INSERT = "INSERT INTO person VALUES (:k, :locator, 682, :version, 2975, :sealed)"
UPDATE = "UPDATE person SET version = :version, sealed = :sealed WHERE k = :k"


def places(path: Path) -> dict[int, Place]:
    """Where each row of `person` lies, by `k`."""
    return pages.places(path, SEALED)


def rank_correlation(order: Sequence[int], found: Mapping[int, Place]) -> float:
    """Spearman's, between the order of joining and the order in the file."""
    rank = {k: i for i, k in enumerate(sorted(found, key=lambda k: found[k]))}
    count = len(order)
    squares = sum((i - rank[k]) ** 2 for i, k in enumerate(order))
    return 1 - 6 * squares / (count * (count**2 - 1))


def newest_place(order: Sequence[int], found: Mapping[int, Place]) -> float:
    """Where the last 5 % of joiners lie on average: 0.5 tells nothing, 1 is the file's end."""
    rank = {k: i for i, k in enumerate(sorted(found, key=lambda k: found[k]))}
    newest = order[-max(1, len(order) // 20) :]
    return sum(rank[k] for k in newest) / len(newest) / len(order)


def traces(path: Path, erased: Iterable[bytes]) -> int:
    """How many of these sealed rows have left a piece of 16 bytes in the file or its log."""
    log = path.with_name(path.name + "-wal")
    left = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    pieces = range(0, SEALED - 16, 512)
    return sum(any(row[at : at + 16] in left for at in pieces) for row in erased)


def _open(path: Path, page_size: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    pragmas = {**SQLITE, "page_size": page_size, "wal_autocheckpoint": LOG // page_size}
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    made: list[DDLElement] = [CreateTable(person), *map(CreateIndex, person.indexes)]
    for statement in made:
        connection.execute(str(statement.compile(dialect=sqlite.dialect())))
    return connection


def _row(k: int) -> dict[str, object]:
    return {
        "k": k,
        "locator": (k << 1).to_bytes(8, "big") + secrets.token_bytes(8),
        "version": secrets.randbelow(2**48),
        "sealed": secrets.token_bytes(SEALED),
    }


def _write(connection: sqlite3.Connection, statement: str, keys: Sequence[int], each: int) -> float:
    """Microseconds a row, `each` rows to a commit."""
    rows = [_row(k) for k in keys]
    begun = time.perf_counter()
    for start in range(0, len(rows), each):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(statement, rows[start : start + each])
        connection.execute("COMMIT")
    return (time.perf_counter() - begun) / len(rows) * 1e6


def _cut(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(path: Path, page_size: int, people: int) -> str:
    """One line of the table."""
    chance = random.Random(1)
    order = [chance.getrandbits(63) for _ in range(people)]
    connection = _open(path, page_size)
    _write(connection, INSERT, order, 1)
    single = _write(connection, UPDATE, chance.choices(order, k=500), 1)
    batched = _write(connection, UPDATE, chance.choices(order, k=3_200), 32)
    _cut(connection)
    joined, newest = rank_correlation(order, places(path)), newest_place(order, places(path))
    before = path.stat().st_size / people

    gone = set(order[:: people // ERASED][:ERASED])
    sealed = [connection.execute("SELECT sealed FROM person WHERE k = ?", (k,)) for k in gone]
    blobs = [bytes(each.fetchone()[0]) for each in sealed]
    connection.executemany("DELETE FROM person WHERE k = ?", [(k,) for k in gone])
    _cut(connection)
    left = traces(path, blobs)

    took = _seconds(lambda: connection.execute("VACUUM"))
    _cut(connection)
    order = [k for k in order if k not in gone]
    after, size = rank_correlation(order, places(path)), path.stat().st_size / len(order)
    connection.close()
    return (
        f"{page_size:6d} {joined:+9.3f} {newest:7.2f} {after:+9.3f} {before:9.0f} {size:7.0f}"
        f" {single:8.0f} {batched:8.0f} {left:6d} {took:8.2f}"
    )


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    print(f"SQLite {sqlite3.sqlite_version}, {people} people, rows of {SEALED} bytes")
    print("  page    joined  newest    VACUUM bytes/row  VACUUM  us at 1 us at 32 traces VACUUM s")
    for page_size in PAGE_SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder) / "order.db", page_size, people))


if __name__ == "__main__":
    main()
