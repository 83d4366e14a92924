"""The data map names every column and file that there is, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.audit import datamap
from storage.database import engine
from storage.inspection import Inspection
from storage.schema import migrate

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FORBIDDEN = (
    "body",
    "text",
    "mail",
    "user",
    "name",
    "ip",
    "created",
    "updated",
    "time",
    "date",
    "at",
)
"""Words in which the name of a column would tell that it should not exist."""

LARGEST = 42
"""Six of them about people who talk, the others about cases, coaches, rounds and the server itself."""


def test_schema_and_map_agree() -> None:
    assert datamap.differences() == []


def test_a_migrated_database_has_the_columns_that_the_schema_declares(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'luwte.db'}"
    made = engine(url)
    migrate(made)
    made.dispose()

    with Inspection(url) as seen:
        assert seen.columns() == datamap.declared()


def test_the_command_fails_when_they_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert datamap.show() == 0
    monkeypatch.setattr(datamap, "COLUMNS", datamap.COLUMNS[1:])

    assert datamap.show() == 1
    assert f"NOT OK  {'person.k'} is in the schema and not in the map" in capsys.readouterr().out


def test_there_are_few_columns_and_none_sounds_like_a_person_or_a_time() -> None:
    names = [f"{table}.{name}" for table, names in datamap.declared().items() for name in names]

    assert len(names) <= LARGEST
    assert sum(name.startswith("person.") for name in names) == 6
    parts = {part for name in names for part in name.split(".")[1].split("_")}
    assert parts.isdisjoint(FORBIDDEN)


def test_every_column_says_why_how_long_and_who_reads_it() -> None:
    for kept in (*datamap.COLUMNS, *datamap.FILES, *datamap.BESIDE):
        assert kept.why
        assert kept.until
        assert kept.readers
