"""Invented people, sessions and turns for tests of the store, and a clock to set."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from conversations.person import Person, Place
from conversations.session import Session, Spot
from conversations.turn import Turn
from storage.database import engine
from storage.rows import Row
from storage.tables import person as people

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.session import Answer
    from storage.memory import MemorySessions

NOW = 682
"""November 2026, counted in months since January 1970."""


@dataclass
class Clock:
    """Seconds since the Unix epoch, as told."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


def a_place(name: str, epoch: int = NOW) -> Place:
    material = hashlib.sha512(f"{name} {epoch}".encode()).digest()
    return Place(epoch, material[:16], material[16:48])


def a_person(name: str, epoch: int = NOW, *, newer: bool = False) -> Person:
    """Someone whose home is `epoch`; `newer` adds the place of the month after it."""
    newest = epoch + 1 if newer else epoch
    places = tuple(a_place(name, each) for each in range(newest, epoch - 4, -1))
    return Person(home=places[1] if newer else places[0], places=places)


def a_session(
    turn: int = 1, *, expires: int = 2975, slots: dict[str, Answer] | None = None
) -> Session:
    return Session(
        id="0badcafe",
        language="nl",
        at=Spot("frame", 1, "start"),
        turn=turn,
        expires=expires,
        slots=slots or {},
    )


def keep(session: Session) -> Callable[[Session | None], Turn]:
    """A turn that writes this session, whatever there was."""
    return lambda _: Turn(session=session, fate="write", language="nl")


def look(session: Session | None) -> Turn:
    """A turn that writes nothing."""
    return Turn(session=session, fate="leave", language="nl")


def forget(_: Session | None) -> Turn:
    """A turn that erases the row."""
    return Turn(session=None, fate="erase", language="nl")


def step(session: Session | None) -> Turn:
    """A turn that goes one question further."""
    known = session or a_session(0)
    return Turn(session=replace(known, turn=known.turn + 1), fate="write", language="nl")


def stumble(_: Session | None) -> Turn:
    """A turn that fails."""
    raise LookupError("words that nobody may see")


class Gate:
    """A turn that holds the store thread until it is opened, so that others go together."""

    def __init__(self) -> None:
        self.reached, self._opened = threading.Event(), threading.Event()

    def open(self) -> None:
        self._opened.set()

    def __call__(self, session: Session | None) -> Turn:
        self.reached.set()
        assert self._opened.wait(10)
        return look(session)


class SqlTable:
    """The table as somebody with the database sees it."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def rows(self) -> list[Row]:
        columns = (people.c.locator, people.c.epoch, people.c.version)
        with self._engine.begin() as connection:
            found = connection.execute(
                people.select()
                .with_only_columns(*columns, people.c.expires_week, people.c.sealed)
                .order_by(people.c.locator)
            )
            return [Row(*each) for each in found]

    def change(self, locator: bytes, **columns: object) -> None:
        with self._engine.begin() as connection:
            changed = people.update().where(people.c.locator == locator).values(**columns)
            assert connection.execute(changed).rowcount == 1


class MemoryTable:
    """The same look at a store in memory."""

    def __init__(self, store: MemorySessions) -> None:
        self._store = store

    def rows(self) -> list[Row]:
        return sorted(self._store.rows.values(), key=lambda row: row.locator)

    def change(self, locator: bytes, **columns: object) -> None:
        self._store.rows[locator] = replace(self._store.rows[locator], **columns)  # type: ignore[arg-type]
