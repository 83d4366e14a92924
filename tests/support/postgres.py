"""A throw-away PostgreSQL cluster: made for one test run, on a free port of this machine only.

`LUWTE_TEST_POSTGRES` names a server to use instead (`postgresql+psycopg://…`, allowed to create
databases). Without PostgreSQL the tests that need it are skipped, but fail where `CI` is true.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

from bot.cluster import cluster, programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL


def need_programs() -> None:
    """Without PostgreSQL the test is skipped, and fails where `CI` is true: there it must run."""
    if programs() is not None:
        return
    missing = "PostgreSQL is not installed: no initdb in /usr/lib/postgresql or on the PATH"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A server on which databases can be made."""
    given = os.environ.get("LUWTE_TEST_POSTGRES")
    if given:
        yield make_url(given)
        return
    need_programs()
    with tempfile.TemporaryDirectory(prefix="luwte-postgres-") as folder:
        own = Path(folder) / "cluster"
        own.mkdir()
        Path(folder).chmod(0o711)  # the server runs as somebody else and must get through
        with cluster(own) as made:
            yield make_url(made.url)


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """An empty database of its own for one test."""
    name = f"luwte_{secrets.token_hex(6)}"
    _run(postgres_server, f'CREATE DATABASE "{name}"')
    try:
        yield postgres_server.set(database=name).render_as_string(hide_password=False)
    finally:
        _run(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(url: URL, statement: str) -> None:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())
