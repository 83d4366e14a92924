"""The tables: bytes and small numbers, each explained in `storage/README.md`.

No column leads from a case to a person, and none holds a time finer than the week but two:
`case.rounds` and `job.ran`.
"""

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


def _number() -> Column[int]:
    """63 bits of a row's random id: SQLite's row id, so that chance orders the file."""
    return Column(
        "k",
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
    )


case = Table(
    "case",
    metadata,
    _number(),
    # 16 bytes by chance, made while the person was there; also inside their sealed session.
    Column("id", LargeBinary(16), nullable=False),
    # 16 bytes that name the organisation to whoever holds the root key.
    Column("organisation", LargeBinary(16), nullable=False),
    # How far it is: see `storage.caserows.State`.
    Column("state", SmallInteger, nullable=False),
    # The id of the coach who has it.
    Column("coach", LargeBinary(16)),
    # Days since the last message, counted by the daily batch.
    Column("rounds", SmallInteger, nullable=False),
    # The last week in which it may be read, from the person's last message.
    Column("expires_week", Integer, nullable=False),
    # The case key, once for each coach it was sent to; always as many places.
    Column("case_keys", LargeBinary(769), nullable=False),
    # What the coach reads, under the case key.
    Column("card", LargeBinary(8221), nullable=False),
)

letter = Table(
    "letter",
    metadata,
    _number(),
    Column("id", LargeBinary(16), nullable=False),
    Column("case", LargeBinary(16), nullable=False),
    # 1 of the coach, 0 of the person.
    Column("by_coach", SmallInteger, nullable=False),
    # 1 until the round in which it leaves.
    Column("held", SmallInteger, nullable=False),
    Column("sealed", LargeBinary(4285), nullable=False),
    Index("letter_case", "case"),
)

tombstone = Table(
    "tombstone",
    metadata,
    _number(),
    # Of a case that was erased: it is never let in again.
    Column("id", LargeBinary(16), nullable=False),
    Column("expires_week", Integer, nullable=False),
)

coach = Table(
    "coach",
    metadata,
    _number(),
    Column("id", LargeBinary(16), nullable=False),
    # 16 bytes that follow from the coach's own account; finds the row when they come by.
    Column("locator", LargeBinary(16), nullable=False, unique=True),
    # Whether a notice is due (1), was sent and not looked at yet (2), or fails (3).
    Column("notice", SmallInteger, nullable=False),
    # How many of their cases ended since they last looked.
    Column("gone", SmallInteger, nullable=False),
    # The private key, under the passphrase and the coach's own account.
    Column("desk", LargeBinary(89), nullable=False),
    # Name, organisations, public key, addresses: under a key of the server.
    Column("profile", LargeBinary(4125), nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    _number(),
    # 16 bytes that follow from the one-time code.
    Column("locator", LargeBinary(16), nullable=False),
    Column("expires_week", Integer, nullable=False),
    Column("profile", LargeBinary(4125), nullable=False),
)

job = Table(
    "job",
    metadata,
    # A number that follows from what is done, and for which organisation.
    _number(),
    # The last round that was done: days, or thirds of days, since January 1970.
    Column("ran", BigInteger, nullable=False),
)


vault = Table(
    "vault",
    metadata,
    # 16 bytes that follow from what is kept, to whoever holds the root key only.
    Column("label", LargeBinary(16), primary_key=True),
    # A value of the server itself, about nobody who talks: 1053 bytes whatever is in it.
    Column("sealed", LargeBinary(1053), nullable=False),
)


def row_number(locator: bytes) -> int:
    """`k` of a locator or id: its first 63 bits."""
    return int.from_bytes(locator[:8], "big") >> 1
