"""How the database is opened, and what neither it nor a log may tell."""

from __future__ import annotations

import logging
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from conversations.errors import StoreError
from conversations.session import Answer
from storage.database import PAGE_SIZE, driver, engine
from storage.sessions import SqlSessions
from tests.support.storage import a_person, a_session, keep, stumble

if TYPE_CHECKING:
    from pathlib import Path

ANNA = a_person("anna")
WORDS = "Ik durf het niet tegen mijn leidinggevende te zeggen"


def test_every_sqlite_connection_is_set_to_erase_and_to_last(tmp_path: Path) -> None:
    made = engine(f"sqlite:///{tmp_path}/luwte.db")
    for _ in range(2):
        with made.connect() as connection:
            own = driver(connection)
            found = {
                name: own.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "secure_delete", "synchronous", "temp_store")
            }
            assert own.execute("PRAGMA page_size").fetchone() == (PAGE_SIZE,)

        assert found == {
            "journal_mode": "wal",
            "secure_delete": 1,
            "synchronous": 2,
            "temp_store": 2,
        }


async def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = SqlSessions(f"sqlite:///{folder}/luwte.db")
    await store.visit(ANNA, keep(a_session()))

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in sorted(folder.iterdir())}
    await store.close()

    assert modes == {"luwte.db": 0o600, "luwte.db-shm": 0o600, "luwte.db-wal": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_with_another_page_size_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "luwte.db", isolation_level=None)
    other.execute("PRAGMA page_size = 4096")
    other.execute("CREATE TABLE something (it)")
    other.close()

    with pytest.raises(StoreError, match=r"^sqlite_page_size$"):
        SqlSessions(f"sqlite:///{tmp_path}/luwte.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "luwte.db").write_bytes(b"not a database, but long enough to be one" * 100)

    with pytest.raises(StoreError, match=r"^DatabaseError$"):
        SqlSessions(f"sqlite:///{tmp_path}/luwte.db")


@pytest.mark.parametrize(
    "url",
    ["", "luwte.db", "sqlite://", "sqlite:///:memory:", "postgresql://x/y", "mysql://x/y", "://"],
)
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match=r"^unknown_database$"):
        SqlSessions(url)


def test_an_unreachable_server_is_refused_without_naming_it() -> None:
    with pytest.raises(StoreError, match=r"^OperationalError$") as caught:
        SqlSessions("postgresql+psycopg://anna:geheim@127.0.0.1:1/luwte")

    assert caught.value.__suppress_context__


def test_the_row_number_is_the_row_id_so_that_chance_orders_the_file(tmp_path: Path) -> None:
    SqlSessions(f"sqlite:///{tmp_path}/luwte.db")
    connection = sqlite3.connect(tmp_path / "luwte.db")

    indexes = [row[1] for row in connection.execute("PRAGMA index_list(person)")]
    connection.execute("INSERT INTO person VALUES (77, x'00', 1, 1, 1, x'00')")

    assert indexes == ["person_expires_week"]
    assert connection.execute("SELECT rowid FROM person").fetchone() == (77,)
    connection.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_the_most_talkative_log_holds_no_word_of_anybody(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    sqlite = f"sqlite:///{tmp_path}/luwte.db"
    url = sqlite if kind == "sqlite" else request.getfixturevalue("postgres_url")
    names = ("sqlalchemy.engine", "sqlalchemy.pool", "alembic", "psycopg", "luwte")
    for name in names:
        caplog.set_level(logging.DEBUG, name)
    caplog.set_level(logging.DEBUG)
    session = a_session(slots={"a.b": Answer(words=WORDS)})

    store = SqlSessions(url)
    await store.visit(ANNA, keep(session))
    await store.visit(ANNA, keep(session))
    with pytest.raises(StoreError):
        await store.visit(ANNA, stumble)
    await store.close()

    text = "\n".join([caplog.text, *(repr(record.__dict__) for record in caplog.records)])
    assert "INSERT INTO person" in text
    assert "parameters hidden" in text
    for secret in (WORDS, "leidinggevende", ANNA.home.key.hex(), repr(ANNA.home.key)):
        assert secret not in text
