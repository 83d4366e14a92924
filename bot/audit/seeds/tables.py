"""Leaks into the database: tables that somebody adds, and what the write-ahead log remembers."""

from __future__ import annotations

import hashlib
import secrets
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.audit.seeds.planting import Seed
from storage.database import engine
from storage.inspection import sqlite_file
from storage.sealing import SEALED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.audit.seeds.planting import Plant
    from bot.audit.stage import Stage


def of_tables() -> Iterator[Seed]:
    yield Seed("a column with the id", "column .*platform id, plain", _table("uid text", _id))
    yield Seed("a column with the hashed id", "column .*unsalted sha1", _table("uid bytea", _sha1))
    yield Seed("a column that nobody knows", "not in the data map", _table("extra text", _nothing))
    yield Seed("a precise time", "precise time, in s", _table("at double precision", _now))
    yield Seed("a date", "precise time, a date", _table("at text", _today))
    yield Seed("milliseconds inside bytes", "precise time, big-endian ms", _table("at bytea", _ms))
    yield Seed("words in the write-ahead log only", "typed words, plain", _overwritten)


def _table(column: str, value: Callable[[Stage], object]) -> Plant:
    """Somebody adds a table, and writes to it."""

    @contextmanager
    def plant(stage: Stage) -> Iterator[None]:
        yield
        database = engine(stage.database)
        with database.begin() as connection:
            name, kind = column.split(" ", 1)
            kind = kind if database.dialect.name == "postgresql" else kind.replace("bytea", "blob")
            connection.exec_driver_sql(f"CREATE TABLE visit ({name} {kind})")
            mark = "%s" if database.dialect.name == "postgresql" else "?"
            connection.exec_driver_sql(f"INSERT INTO visit VALUES ({mark})", (value(stage),))  # noqa: S608
        database.dispose()

    return plant


def _id(stage: Stage) -> str:
    return stage.town.person(0).slack_user


def _sha1(stage: Stage) -> bytes:
    return hashlib.sha1(_id(stage).encode(), usedforsecurity=False).digest()


def _nothing(_: Stage) -> str:
    return "nothing"


def _now(stage: Stage) -> float:
    return stage.clock()


def _today(_: Stage) -> str:
    return time.strftime("%Y-%m-%d")


def _ms(stage: Stage) -> bytes:
    return b"\x07" + int(stage.clock() * 1_000).to_bytes(8, "big") + secrets.token_bytes(20)


@contextmanager
def _overwritten(stage: Stage) -> Iterator[None]:
    """A row stands open for a moment, and is sealed again; the log remembers."""
    yield
    database = engine(stage.database)
    words = stage.town.person(0).words(1, "en").encode()
    sqlite = sqlite_file(stage.database) is not None
    with database.connect() as connection:
        with connection.begin():
            (k, sealed) = connection.exec_driver_sql("SELECT k, sealed FROM person").first()  # type: ignore[misc]
        for value in (words + secrets.token_bytes(SEALED - len(words)), bytes(sealed)):
            with connection.begin():
                update = "UPDATE person SET sealed = ? WHERE k = ?"
                connection.exec_driver_sql(
                    update if sqlite else update.replace("?", "%s"), (value, k)
                )
    database.dispose()
