"""The steps of the migrations lead to the tables of the code, on both databases, for everybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from conversations.errors import StoreError
from storage.database import engine
from storage.migrations import HEAD
from storage.schema import migrate
from storage.tables import metadata

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/luwte.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


def test_the_last_step_is_the_shape_of_the_code(url: str) -> None:
    made = engine(url)
    migrate(made)

    with made.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_head_is_the_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_second_start_changes_nothing(url: str) -> None:
    made = engine(url)

    migrate(made)
    migrate(made)

    with made.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD


def test_a_database_of_a_newer_version_is_refused(url: str) -> None:
    made = engine(url)
    migrate(made)
    with made.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError, match=r"^schema$"):
        migrate(made)


def test_a_step_that_fails_leaves_nothing_half_done(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.schema.HEAD", "0000")
    made = engine(url)

    with pytest.raises(StoreError, match=r"^schema$"):
        migrate(made)

    with made.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_processes_that_start_at_once_migrate_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: migrate(engine(url)), range(4)))

    with engine(url).connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
