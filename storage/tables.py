"""The one table of people: bytes and small numbers, explained in `storage/README.md`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
)

metadata = MetaData()

person = Table(
    "person",
    metadata,
    # 63 bits of the locator: SQLite's row id, so that chance orders the file, not joining.
    Column(
        "k",
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    # 16 bytes, whole and compared in every statement: 63 bits alone could meet by accident.
    Column("locator", LargeBinary(16), nullable=False),
    # Months since January 1970: which epoch secret the row dies with.
    Column("epoch", SmallInteger, nullable=False),
    # Begins at a random number and grows by one at each write: no lost turn, no count of visits.
    Column("version", BigInteger, nullable=False),
    # The last week in which the row may be read; the purge knows nothing else about a row.
    Column("expires_week", Integer, nullable=False),
    # The session: 8221 bytes whatever is in it, under the person's key of this epoch.
    Column("sealed", LargeBinary(8221), nullable=False),
    Index("person_expires_week", "expires_week"),
)


def row_number(locator: bytes) -> int:
    """`k` of a locator: its first 63 bits."""
    return int.from_bytes(locator[:8], "big") >> 1
