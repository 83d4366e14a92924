"""A database as somebody sees it who has it and nothing else: every table, every value; read-only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import NullPool, create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from conversations.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Literal, Self

    from sqlalchemy import URL, Connection, Engine

Value = bytes | str | int | float | None

POSTGRESQL_ONLY_READS = "-c default_transaction_read_only=on"


class Inspection:
    """Use it as a context manager. Raises StoreError where the database cannot be read.

    On SQLite it opens the file with `mode=ro`, so that neither the file nor its log is changed.
    """

    def __init__(self, url: str) -> None:
        self._engine = _readonly(url)
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        try:
            self._connection = self._engine.connect()
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__) from None
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of every table there is, also of those that nobody declared."""
        seen = inspect(self._live)
        tables = sorted(seen.get_table_names())
        return {table: tuple(c["name"] for c in seen.get_columns(table)) for table in tables}

    def rows(self, table: str) -> Iterator[dict[str, Value]]:
        """Every row with every value, one after another; BLOBs as bytes."""
        quoted = self._engine.dialect.identifier_preparer.quote(table)
        yield from self._rows(f"SELECT * FROM {quoted}")  # noqa: S608  a name that the database told

    def order(self, how: str, table: Literal["person", "case"] = "person") -> list[bytes]:
        """Locators, or ids of cases, by a hidden order: `rowid`, or on PostgreSQL `ctid` or `xmin`."""
        by = {"rowid": "k", "ctid": "ctid", "xmin": "xmin::text::bigint, ctid"}[how]
        name = {"person": "locator", "case": "id"}[table]
        found = self._rows(f'SELECT {name} FROM "{table}" ORDER BY {by}')  # noqa: S608  of few words
        return [value for each in found if isinstance(value := each[name], bytes)]

    def pragma(self, name: str) -> int | str | None:
        """A setting of this SQLite connection or file; None on PostgreSQL."""
        if self.dialect != "sqlite":
            return None
        found: int | str | None = self._live.exec_driver_sql(f"PRAGMA {name}").scalar()
        return found

    @property
    def _live(self) -> Connection:
        if self._connection is None:
            raise StoreError("not_opened")
        return self._connection

    def _rows(self, statement: str) -> Iterator[dict[str, Value]]:
        try:
            for row in self._live.exec_driver_sql(statement).mappings():
                yield {name: _plain(value) for name, value in row.items()}
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__) from None


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite address; None for any other."""
    target = _url(url)
    if target.get_backend_name() != "sqlite" or not target.database:
        return None
    return Path(target.database)


def _readonly(url: str) -> Engine:
    target = _url(url)
    path = sqlite_file(url)
    if path is not None:
        if not path.exists():
            raise StoreError("no_database")
        opened = target.set(database=f"file:{path.absolute()}", query={"mode": "ro", "uri": "true"})
        return create_engine(opened, poolclass=NullPool, hide_parameters=True)
    arguments = {"connect_timeout": 5, "options": POSTGRESQL_ONLY_READS}
    return create_engine(target, poolclass=NullPool, hide_parameters=True, connect_args=arguments)


def _url(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise StoreError("unknown_database") from None


def _plain(value: object) -> Value:
    """What a search can look at: bytes, a number or a text."""
    if value is None or isinstance(value, bytes | str | int | float):
        return value
    if isinstance(value, bytearray | memoryview):
        return bytes(value)
    return str(value)
