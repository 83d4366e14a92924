"""What somebody beside the processes sees of their database and key folder, and can take away."""

from __future__ import annotations

import hmac
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg

from storage import jobs
from storage.epoch_files import listed
from storage.tables import row_number
from tests.support.diary import Ran

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.cases import World
    from tests.support.diary import Diary
    from tests.support.hours import Hours


class Database:
    """The database as somebody beside the processes sees it, who can also take it away."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._eyes: Any = None
        self._hand: Any = None

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        if self._eyes is None:
            self._eyes = self._open(self._url)
        return list(self._eyes.execute(question).fetchall())

    @property
    def away(self) -> bool:
        return self._hand is not None

    @property
    def visible(self) -> bool:
        """A locked file can still be read."""
        return self._lite or self._hand is None

    def take_away(self) -> None:
        """Locked where it is a file; else nobody can connect, and whoever was is thrown out."""
        if self._lite:
            self._hand = self._open(self._url)
            self._hand.execute("BEGIN IMMEDIATE")
            return
        self._eyes = None
        self._hand = self._open(self._url.rpartition("/")[0] + "/postgres")
        self._hand.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS false')
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        self._hand.execute(ended, [self._name])

    def give_back(self) -> None:
        if self._lite:
            self._hand.execute("ROLLBACK")
        else:
            self._hand.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS true')
        self._hand.close()
        self._hand = None

    def close(self) -> None:
        if self._eyes is not None:
            self._eyes.close()

    @property
    def _lite(self) -> bool:
        return self._url.startswith("sqlite")

    @property
    def _name(self) -> str:
        return self._url.rpartition("/")[2]

    def _open(self, url: str) -> Any:
        if self._lite:
            return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


@dataclass
class Watcher:
    """Notes what changed in database and key folder since it looked last."""

    hours: Hours
    database: Database
    folder: Path
    diary: Diary
    _jobs: dict[str, int] = field(default_factory=dict)
    _rows: dict[int, int] = field(default_factory=dict)
    _secrets: set[int] = field(default_factory=set)
    _numbers: dict[int, str] = field(default_factory=dict)

    def name(self, world: World) -> None:
        """Which numbers in the table of jobs are which."""
        key, organisation = world.keys.lasting(jobs.LABEL), world.keys.organisation("mill")
        for kind in self.diary.ran:
            name = hmac.digest(key, kind.encode() + organisation, "sha256")
            self._numbers[row_number(name)] = kind

    def look(self) -> None:
        """At the jobs, whenever everybody sleeps again."""
        if not self.database.visible:
            return
        for number, ran in self.database.ask("SELECT k, ran FROM job"):
            kind = self._numbers.get(number)
            if kind is None:
                continue
            before = self._jobs.get(kind, ran)
            if before != ran:
                self.diary.ran[kind].append(Ran(self.hours.now, before, ran))
            self._jobs[kind] = ran

    def compare(self, *, visits: bool = False) -> None:
        """At rows and secrets; what went because somebody came by (`visits`) is no housekeeping."""
        if self.database.visible:
            rows = dict(self.database.ask("SELECT k, expires_week FROM person"))
            gone = self._rows.keys() - rows.keys()
            if not visits:
                self.diary.rows_gone += [(self.hours.now, self._rows[each]) for each in gone]
            self._rows = rows
        secrets = {each.epoch for each in listed(self.folder / "epochs")}
        gone = self._secrets - secrets
        self.diary.secrets_gone += [(self.hours.now, each) for each in gone]
        self._secrets = secrets
