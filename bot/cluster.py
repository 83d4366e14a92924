"""A PostgreSQL of its own: made for one run on a free port of this machine, thrown away after it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALLED = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"
READY_WITHIN = 30
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """`url` is that of its one database; `folder` holds `data` and the server's own log.

    What was written before `begun` (seconds since the Unix epoch) came with PostgreSQL.
    """

    url: str
    folder: Path
    begun: float
    _programs: Path
    _account: dict[str, Any]

    def empty(self) -> None:
        """Begin anew in the one database; the log of what was before stays, as it would."""
        self._sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    def flush(self) -> None:
        """Everything that PostgreSQL holds goes to the disk, as at the end of a day."""
        self._sql("CHECKPOINT")

    def _sql(self, statement: str) -> None:
        address = self.url.replace("+psycopg", "")
        _run(self._programs, ["psql", "-qX", "-c", statement, address], self._account)


def programs() -> Path | None:
    """The folder with initdb and postgres, the newest version first; None where there is none."""
    versions = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("initdb")
    found = versions[-1] if versions else Path(on_path).resolve() if on_path else None
    return found.parent if found else None


PORTS = 3
"""Ports that are tried; each was free a moment before."""


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Make one in this empty folder. Raises SettingsError where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        raise SettingsError(
            "PostgreSQL's own programs (initdb, pg_ctl) are not on this machine: install the "
            "server, or take --database sqlite"
        )
    account: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL}
    account["stderr"] = subprocess.DEVNULL
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
        entry = pwd.getpwnam(ACCOUNT)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        account |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    data = folder / "data"
    make = ["initdb", "--no-sync", "-A", "trust", "-U", ACCOUNT, "-E", "UTF8", "--locale=C"]
    control = ["pg_ctl", "-D", str(data), "-w", "-t", str(READY_WITHIN)]
    try:
        _run(found, [*make, "-D", str(data)], account)
        begun = time.time()
        port = _started(found, [*control, "-l", str(folder / "server.log")], folder, account)
    except (OSError, subprocess.CalledProcessError):
        raise SettingsError("PostgreSQL did not start in a folder of its own") from None
    try:
        url = f"postgresql+psycopg://{ACCOUNT}@127.0.0.1:{port}/postgres"
        yield Cluster(url, folder, begun, found, account)
    finally:
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            _run(found, [*control, "-m", "fast", "stop"], account)


def _started(found: Path, control: list[str], folder: Path, account: dict[str, Any]) -> int:
    """The port on which it listens; another one when somebody took the free one first."""
    for left in reversed(range(PORTS)):
        port = free_port()
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        )
        try:
            _run(found, [*control, "-o", options, "start"], account)
        except subprocess.CalledProcessError:
            if not left:
                raise
        else:
            return port
    raise AssertionError


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(found: Path, command: list[str], account: dict[str, Any]) -> None:
    name, *arguments = command
    subprocess.run([found / name, *arguments], check=True, **account)
