"""What is kept, column by column and file by file: why, as what, how long, and who can read it.

The one list that `audit map` prints, `audit run` holds the database against, and a data protection
officer can copy into the record of processing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from storage.envelopes import KEYS, SEALED_CARD, SEALED_LETTER
from storage.sealing import SEALED
from storage.tables import metadata
from storage.vault import SEALED as VAULTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Legal = Literal["pseudonym", "sealed", "retention", "none"]

ROW = "until the person erases it, its week is over, or its month's secret is destroyed"
DATABASE = "whoever has the database or a copy of it"
PERSON = "the person, through a message of theirs; whoever has the keys and the staff list"
OPERATOR = "the operator"
VAULT = "until the app is taken away, or installed again"
CASE = (
    "until it is taken back, 60 days after its last message, or 80 after the person's own last one"
)
STONE = "13 weeks after the case was erased"
AT_WORK = "until `luwte coach remove`"
INVITED = "until it is used, or two weeks have passed"
COACH = "the coach it is for, with their passphrase, through the server"
RELAY = "that coach with their passphrase, and the person; whoever has the keys and the staff list"
PROFILE = "name, organisations and addresses of the coach, public key"


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
    Kept("case.k", "orders the file by chance", "none", CASE, DATABASE),
    Kept(
        "case.id",
        "names the case; also inside the person's sealed row",
        "pseudonym",
        CASE,
        DATABASE,
    ),
    Kept("case.organisation", "whose rounds it goes with; a keyed hash", "none", CASE, DATABASE),
    Kept("case.state", "received, opened, answered, closed or returned", "none", CASE, DATABASE),
    Kept("case.coach", "the coach who has it", "pseudonym", CASE, DATABASE),
    Kept("case.rounds", "days since the last message", "retention", CASE, DATABASE),
    Kept("case.expires_week", "the last week of the case", "retention", CASE, DATABASE),
    Kept("case.case_keys", "the case's key, for each coach asked", "sealed", CASE, COACH, KEYS),
    Kept("case.card", "what the person wants a coach to read", "sealed", CASE, COACH, SEALED_CARD),
    Kept("letter.k", "orders the file by chance", "none", CASE, DATABASE),
    Kept("letter.id", "a letter is kept once", "none", CASE, DATABASE),
    Kept("letter.case", "the case it belongs to", "pseudonym", CASE, DATABASE),
    Kept("letter.by_coach", "who wrote it: person or coach", "none", CASE, DATABASE),
    Kept("letter.held", "an answer that leaves with the next round", "none", CASE, DATABASE),
    Kept("letter.sealed", "a message of the relay", "sealed", CASE, RELAY, SEALED_LETTER),
    Kept("tombstone.k", "orders the file by chance", "none", STONE, DATABASE),
    Kept("tombstone.id", "an erased case is never let in again", "none", STONE, DATABASE),
    Kept("tombstone.expires_week", "the last week of this id", "retention", STONE, DATABASE),
    Kept("coach.k", "orders the file by chance", "none", AT_WORK, DATABASE),
    Kept("coach.id", "names the coach in cases", "pseudonym", AT_WORK, DATABASE),
    Kept("coach.locator", "finds the row of the coach who writes", "pseudonym", AT_WORK, DATABASE),
    Kept("coach.notice", "whether a notice is due or unread", "none", AT_WORK, DATABASE),
    Kept("coach.gone", "how many cases ended unseen", "none", AT_WORK, DATABASE),
    Kept(
        "coach.desk", "the key that opens cases, under a passphrase", "sealed", AT_WORK, COACH, 89
    ),
    Kept("coach.profile", PROFILE, "sealed", AT_WORK, OPERATOR, 4125),
    Kept("invitation.k", "orders the file by chance", "none", INVITED, DATABASE),
    Kept("invitation.locator", "finds it by its one-time code", "none", INVITED, DATABASE),
    Kept("invitation.expires_week", "the last week of the code", "retention", INVITED, DATABASE),
    Kept("invitation.profile", PROFILE, "sealed", INVITED, OPERATOR, 4125),
    Kept("job.k", "which job of which organisation; a keyed hash", "none", "always", DATABASE),
    Kept("job.ran", "the last round that was done", "none", "always", DATABASE),
    Kept(
        "vault.label", "finds a value of the server itself; a keyed hash", "none", VAULT, DATABASE
    ),
    Kept(
        "vault.sealed",
        "the token of a Slack installation; the week in which the app was taken away",
        "none",
        VAULT,
        OPERATOR,
        VAULTED,
    ),
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
    Kept(
        "spool/ORG/N/KIND-ID",
        "a request, letter or withdrawal that waits for its round",
        "sealed",
        "until its round: at most three days",
        COACH,
    ),
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
    re.compile(r"spool(/[0-9a-f]{32}(/[0-3](/[cmw]-[0-9a-f]{32})?)?)?"),
)

FINER = (
    ("inside person.sealed", "when the open question was asked; only the person's key opens it"),
    ("log lines", "the hour, beside an event that names nobody"),
    ("job.ran", "the day or third of a day of the last round; tells nothing of anybody"),
    ("case.rounds", "days since the last message of a case, which left in a shuffled batch"),
    ("spool files", "their inode change time: when the latest request of an organisation came in"),
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
    print("\nWhat lies in the key folder\n")
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
