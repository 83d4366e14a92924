"""What the commands about keys ask of the database: how many rows of which month, and how it erases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import func, inspect, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from conversations.errors import StoreError
from storage.causes import cause
from storage.database import driver, engine
from storage.tables import person

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

T = TypeVar("T")


class Survey:
    """A database, looked at and never made. Raises StoreError where it cannot be read."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)
        target = make_url(url)
        self.sqlite = target.get_backend_name() == "sqlite"
        self._there = not self.sqlite or Path(str(target.database)).exists()

    def rows(self) -> dict[int, int]:
        """How many rows there are of each epoch; reads the whole table."""
        counted = select(person.c.epoch, func.count()).group_by(person.c.epoch)
        return self._ask(lambda live: {r[0]: r[1] for r in live.execute(counted)}, {})

    def count(self) -> int:
        """How many rows there are; reads the index of weeks only."""
        counted = select(func.count()).select_from(person)
        return self._ask(lambda live: int(live.execute(counted).scalar_one()), 0)

    def has_rows(self, since: int) -> bool:
        """Whether there is any row of this epoch or a later one."""
        one = select(person.c.k).where(person.c.epoch >= since).limit(1)
        return self._ask(lambda live: live.execute(one).first() is not None, otherwise=False)

    def overwrites(self) -> bool:
        """Whether an erased row is overwritten in the file; PostgreSQL cannot."""
        asked = "PRAGMA secure_delete"
        return self.sqlite and self._ask(
            lambda live: driver(live).execute(asked).fetchone() == (1,), otherwise=True
        )

    def _ask(self, question: Callable[[Connection], T], otherwise: T) -> T:
        """The answer, or `otherwise` where there is no database or no table yet."""
        if not self._there:
            return otherwise
        try:
            with self._engine.begin() as live:
                return question(live) if inspect(live).has_table(person.name) else otherwise
        except SQLAlchemyError as error:
            raise StoreError(type(error).__name__, cause(error)) from None
