"""A throw-away PostgreSQL cluster: made for one test run, on a free port of this machine only.

`LUWTE_TEST_POSTGRES` names a server to use instead (`postgresql+psycopg://…`, allowed to create
databases). Without PostgreSQL the tests that need it are skipped, but fail where `CI` is true.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALLED = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"
READY_WITHIN = 30.0


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A server on which databases can be made."""
    given = os.environ.get("LUWTE_TEST_POSTGRES")
    if given:
        yield make_url(given)
        return
    programs = _programs()
    if programs is None:
        missing = "PostgreSQL is not installed: no initdb in /usr/lib/postgresql or on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with _cluster(programs) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """An empty database of its own for one test."""
    name = f"luwte_{secrets.token_hex(6)}"
    _run(postgres_server, f'CREATE DATABASE "{name}"')
    try:
        yield postgres_server.set(database=name).render_as_string(hide_password=False)
    finally:
        _run(postgres_server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _programs() -> Path | None:
    """The folder with initdb and postgres, the newest version first."""
    versions = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("initdb")
    found = versions[-1] if versions else Path(on_path).resolve() if on_path else None
    return found.parent if found else None


@contextlib.contextmanager
def _cluster(programs: Path) -> Iterator[URL]:
    folder = Path(tempfile.mkdtemp(prefix="luwte-postgres-"))
    try:
        account: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
            entry = pwd.getpwnam(ACCOUNT)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
            account |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        data = folder / "data"
        initdb = ["initdb", "--no-sync", "-A", "trust", "-U", ACCOUNT, "-E", "UTF8"]
        _program(programs, [*initdb, "--locale=C", "-D", str(data)], account)
        port = _free_port()
        url = URL.create("postgresql+psycopg", ACCOUNT, host="127.0.0.1", port=port)
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
        }
        options = [part for item in settings.items() for part in ("-c", "{}={}".format(*item))]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *options], **account, stderr=log
            )
        try:
            _wait(server, url.set(database="postgres"))
            yield url.set(database="postgres")
        finally:
            server.terminate()
            try:
                server.wait(READY_WITHIN)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(programs: Path, command: list[str], account: dict[str, Any]) -> None:
    name, *arguments = command
    subprocess.run([programs / name, *arguments], check=True, **account)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], url: URL) -> None:
    until = time.monotonic() + READY_WITHIN
    while True:
        try:
            _run(url, "SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _run(url: URL, statement: str) -> None:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True, connect_timeout=5) as connection:
        connection.execute(statement.encode())
