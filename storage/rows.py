"""The rows of people as the database sees them: every statement that touches the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import person, row_number

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, Executable


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One row; the fields are explained in `storage.tables`."""

    locator: bytes
    epoch: int
    version: int
    expires_week: int
    sealed: bytes

    def __repr__(self) -> str:
        return "<row>"


@dataclass(frozen=True, slots=True)
class Changes:
    """What to write; `updated` holds each row with the version that it replaces."""

    inserted: tuple[Row, ...] = ()
    updated: tuple[tuple[int, Row], ...] = ()
    deleted: tuple[Row, ...] = ()


_READ = select(
    person.c.locator, person.c.epoch, person.c.version, person.c.expires_week, person.c.sealed
).where(person.c.k.in_(bindparam("numbers", expanding=True)))

_INSERT = {
    "sqlite": sqlite.insert(person).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(person).on_conflict_do_nothing(),
}

_SAME = (
    (person.c.k == bindparam("number"))
    & (person.c.locator == bindparam("whose"))
    & (person.c.version == bindparam("was"))
)

_UPDATE = (
    update(person)
    .where(_SAME)
    .values(
        version=bindparam("version"),
        expires_week=bindparam("expires_week"),
        sealed=bindparam("sealed"),
    )
)

_DELETE = delete(person).where(_SAME)

_PURGE = delete(person).where(person.c.expires_week < bindparam("week"))


def read(connection: Connection, locators: Collection[bytes]) -> dict[bytes, Row]:
    """The rows that there are of these locators, in one statement."""
    found = connection.execute(_READ, {"numbers": [row_number(each) for each in locators]})
    rows = (Row(bytes(r[0]), r[1], r[2], r[3], bytes(r[4])) for r in found)
    return {row.locator: row for row in rows}


def write(connection: Connection, changes: Changes) -> bool:
    """Write it all; False when a row was not as it was read: then nothing may be committed."""
    inserted = [_values(row) for row in changes.inserted]
    updated = [
        {
            **_expected(row.locator, was),
            "version": row.version,
            "expires_week": row.expires_week,
            "sealed": row.sealed,
        }
        for was, row in changes.updated
    ]
    deleted = [_expected(row.locator, row.version) for row in changes.deleted]
    return (
        _all(connection, _INSERT[connection.dialect.name], inserted)
        and _all(connection, _UPDATE, updated)
        and _all(connection, _DELETE, deleted)
    )


def purge(connection: Connection, week: int) -> int:
    """Delete what was to be read before this week only; how many rows."""
    return connection.execute(_PURGE, {"week": week}).rowcount


def _all(connection: Connection, statement: Executable, rows: list[dict[str, object]]) -> bool:
    if not rows:
        return True
    counted = connection.execute(statement, rows, execution_options={"preserve_rowcount": True})
    return counted.rowcount == len(rows)


def _values(row: Row) -> dict[str, object]:
    return {
        "k": row_number(row.locator),
        "locator": row.locator,
        "epoch": row.epoch,
        "version": row.version,
        "expires_week": row.expires_week,
        "sealed": row.sealed,
    }


def _expected(locator: bytes, version: int) -> dict[str, object]:
    return {"number": row_number(locator), "whose": locator, "was": version}
