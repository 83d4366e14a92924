"""What is kept, column by column and file by file: why, as what, how long, and who can read it.

The one list that `audit map` prints, `audit run` holds the database against, and a data protection
officer can copy into the record of processing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storage.sealing import SEALED
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Legal = Literal["pseudonym", "sealed", "retention", "none"]

ROW = "until the person erases it, its week is over, or its month's secret is destroyed"
DATABASE = "whoever has the database or a copy of it"
PERSON = "the person, through a message of theirs; whoever has the keys and the staff list"
OPERATOR = "the operator"


@dataclass(frozen=True, slots=True)
class Kept:
    """One column or kind of file. `legal`: what kind of data it is; `none`: tells nothing of anybody."""

    place: str
    why: str
    legal: Legal
    until: str
    readers: str
    length: int | None = None
    """Bytes of every value of a sealed column."""


COLUMNS = (
    Kept("person.k", "orders the file by chance", "pseudonym", ROW, DATABASE),
    Kept("person.locator", "finds the row of whoever writes", "pseudonym", ROW, DATABASE),
    Kept("person.epoch", "with which month's secret the row dies", "retention", ROW, DATABASE),
    Kept("person.version", "no answer overwrites another; begins at random", "none", ROW, DATABASE),
    Kept("person.expires_week", "the last week of the row", "retention", ROW, DATABASE),
    Kept("person.sealed", "the conversation, encrypted", "sealed", ROW, PERSON, SEALED),
    Kept("alembic_version.version_num", "the shape of the database", "none", "always", DATABASE),
)

_MONTH = "until the month's secret is destroyed: three months and a week after its month"

FILES = (
    Kept("root.key", "every other key follows from it", "none", "until rotated", OPERATOR),
    Kept(
        "root.previous.key",
        "the root key before a rotation",
        "none",
        "until its last month's secret is destroyed",
        OPERATOR,
    ),
    Kept("epochs/TAG-YYYY-MM", "one organisation's secret of one month", "none", _MONTH, OPERATOR),
)
"""In the key folder. `TAG` names an organisation to whoever holds the root key only."""

BESIDE = (
    Kept(
        "facts.jsonl",
        "what people were told, and since which day",
        "none",
        "always; holds settings, nothing about a person",
        OPERATOR,
    ),
)
"""In the data folder, beside the database."""

FILE_NAMES = (
    re.compile(r"root(\.previous|\.next)?\.key"),
    re.compile(r"epochs/[0-9a-f]{32}-\d{4}-\d{2}"),
    re.compile(r"epochs"),
)

FINER = (
    ("inside person.sealed", "when the open question was asked; only the person's key opens it"),
    ("log lines", "the hour, beside an event that names nobody"),
    ("the file system", "when the database was last written, and when a month's first person came"),
)
"""Where a time finer than the week is known."""


def unmapped(found: Mapping[str, Iterable[str]]) -> set[str]:
    """Columns of a database that this map does not name."""
    here = {f"{table}.{column}" for table, columns in found.items() for column in columns}
    return here - {each.place for each in COLUMNS}


def declared() -> dict[str, tuple[str, ...]]:
    """The columns that this version's schema makes, the one of the migrations included."""
    tables = {table.name: tuple(c.name for c in table.columns) for table in metadata.sorted_tables}
    return tables | {"alembic_version": ("version_num",)}


def differences() -> list[str]:
    """Where schema and map differ; nothing when they agree."""
    here = {f"{table}.{column}" for table, columns in declared().items() for column in columns}
    mapped = {each.place for each in COLUMNS}
    missing = [f"{place} is in the schema and not in the map" for place in sorted(here - mapped)]
    return missing + [
        f"{place} is in the map and not in the schema" for place in sorted(mapped - here)
    ]


def show() -> int:
    """Print the map; 1 when schema and map differ."""
    print("What is kept in the database\n")
    _table(COLUMNS)
    print("\nWhat lies in the key folder (no data of persons)\n")
    _table(FILES)
    print("\nWhat lies beside the database (no data of persons)\n")
    _table(BESIDE)
    print("\nWhere a time finer than the week is known\n")
    for place, what in FINER:
        print(f"  {place}: {what}")
    print(f"\n{len(COLUMNS)} columns. Nothing else is kept about a person: no name, address or id.")
    problems = differences()
    for problem in problems:
        print(f"NOT OK  {problem}")
    if not problems:
        print("OK      schema and map agree")
    return 1 if problems else 0


def _table(kept: Iterable[Kept]) -> None:
    for each in kept:
        print(f"  {each.place}")
        print(f"    why       {each.why}")
        print(f"    kind      {each.legal}")
        print(f"    until     {each.until}")
        print(f"    readable  by {each.readers}")
