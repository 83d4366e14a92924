"""A database for each journey, and where its files lie."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import postgres_server, postgres_url

__all__ = ["database", "database_files", "postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The database that lies between the request and the recorded call."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'luwte.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def database_files(database: str, tmp_path: Path) -> tuple[Path, ...]:
    """The folders that hold the database and its write-ahead log."""
    if database.startswith("sqlite"):
        return (tmp_path,)
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        row = connection.execute(
            "SELECT current_setting('data_directory'),"
            " (SELECT oid::text FROM pg_database WHERE datname = current_database())"
        ).fetchone()
    assert row is not None
    return (Path(row[0]) / "base" / row[1], Path(row[0]) / "pg_wal")
