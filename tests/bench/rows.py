"""What the database alone can do: rows of our size read and written in batches, one commit each.

    python -m tests.bench.rows fill URL ROWS       rows of nobody, beside those that are there
    python -m tests.bench.rows floor URL TURNS AT_ONCE    one JSON object

No cipher, no thread, no conversation; the statements are the product's own, without SQLAlchemy.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from storage.database import SQLITE
from storage.sealing import SEALED
from storage.tables import row_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POOL = 4_000_000
AT_ONCE = 2_000
EPOCH, WEEK = 682, 99_999
PREFIX = "sqlite:///"


def nobody(rows: int, chance: random.Random) -> Iterator[tuple[int, bytes, int, int, int, bytes]]:
    """In the order of their numbers, so that a million are there in minutes."""
    pool = chance.randbytes(POOL)
    for locator in sorted(chance.randbytes(16) for _ in range(rows)):
        start = chance.randrange(POOL - SEALED)
        sealed = pool[start : start + SEALED]
        yield row_number(locator), locator, EPOCH, chance.getrandbits(47), WEEK, sealed


def fill(url: str, rows: int) -> None:
    made = nobody(rows, random.Random(7))
    if url.startswith(PREFIX):
        with sqlite3.connect(url.removeprefix(PREFIX)) as sqlite:
            sqlite.execute("PRAGMA synchronous = OFF")
            sqlite.executemany("INSERT OR IGNORE INTO person VALUES (?, ?, ?, ?, ?, ?)", made)
        sqlite.close()
        return
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        copy = "COPY person (k, locator, epoch, version, expires_week, sealed) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(copy) as into:
            for row in made:
                into.write_row(row)
        connection.execute("VACUUM ANALYZE person")


def floor(url: str, turns: int, at_once: int) -> dict[str, float]:
    """So many reads and writes, `at_once` in one commit; figures as `bot.bench.figures` has them."""
    batch, numbers = _sqlite(url) if url.startswith(PREFIX) else _postgresql(url)
    chance = random.Random(11)
    batch(chance.sample(numbers, min(at_once, len(numbers))))
    waited: list[float] = []
    cpu, began = time.process_time(), time.perf_counter()
    while len(waited) < turns:
        chosen = chance.sample(numbers, min(at_once, len(numbers)))
        start = time.perf_counter()
        batch(chosen)
        waited += [time.perf_counter() - start] * len(chosen)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    waited.sort()
    return {
        "messages": len(waited),
        "messages_per_second": round(len(waited) / wall, 1),
        "p50": round(waited[len(waited) // 2] * 1e3, 2),
        "p99": round(waited[int(len(waited) * 0.99)] * 1e3, 2),
        "cpu": round(cpu / len(waited) * 1e6, 1),
        "peak": round(_peak(), 1),
    }


def _peak() -> float:
    """MiB; not from getrusage, which counts what the parent held before this program began."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1_024


def _sqlite(url: str) -> tuple[Callable[[list[int]], None], list[int]]:
    database = sqlite3.connect(url.removeprefix(PREFIX), isolation_level=None)
    for name, value in SQLITE.items():
        database.execute(f"PRAGMA {name} = {value}")
    numbers = [row[0] for row in database.execute("SELECT k FROM person LIMIT 50000")]

    def batch(chosen: list[int]) -> None:
        database.execute("BEGIN IMMEDIATE")
        marks = ",".join("?" * len(chosen))
        found = database.execute(
            f"SELECT k, version, sealed FROM person WHERE k IN ({marks})", chosen
        )
        changed = [(version + 1, sealed, k) for k, version, sealed in found]
        database.executemany(
            "UPDATE person SET version = ?, sealed = ? WHERE k = ?", sorted_(changed)
        )
        database.execute("COMMIT")

    return batch, numbers


def _postgresql(url: str) -> tuple[Callable[[list[int]], None], list[int]]:
    database: Any = psycopg.connect(url.replace("+psycopg", ""))
    with database.cursor() as cursor:
        cursor.execute("SELECT k FROM person LIMIT 50000")
        numbers = [row[0] for row in cursor.fetchall()]
        database.commit()

    def batch(chosen: list[int]) -> None:
        with database.cursor() as cursor:
            cursor.execute("SELECT k, version, sealed FROM person WHERE k = ANY(%s)", (chosen,))
            changed = [(version + 1, sealed, k) for k, version, sealed in cursor.fetchall()]
            cursor.executemany(
                "UPDATE person SET version = %s, sealed = %s WHERE k = %s", sorted_(changed)
            )
        database.commit()

    return batch, numbers


def sorted_(rows: list[tuple[int, bytes, int]]) -> list[tuple[int, bytes, int]]:
    """By their numbers, as the product writes them."""
    return sorted(rows, key=lambda row: row[2])


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(sys.argv[2], int(sys.argv[3]))
    else:
        print(json.dumps(floor(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
