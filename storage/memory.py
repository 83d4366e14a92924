"""The same store in memory, for tests and trials: sealed rows, and nothing left at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.errors import StoreError
from storage.batch import Batch, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.caseports import Origin
    from conversations.person import Person
    from conversations.turn import Turn
    from storage.batch import Take
    from storage.rows import Row


class MemorySessions:
    """Implements `conversations.ports.Sessions`. `rows` is keyed by locator."""

    def __init__(self) -> None:
        self.rows: dict[bytes, Row] = {}

    async def visit(
        self,
        person: Person,
        take: Take,
        shut: Callable[[], Turn] | None = None,
        origin: Origin | None = None,
    ) -> Turn:
        """See `conversations.ports.Sessions.visit`; a turn that asks something about a case fails."""
        visit = Visit(person, take, shut, origin)
        batch = Batch({at: self.rows[at] for at in visit.locators if at in self.rows})
        outcome = batch.take(visit)
        if isinstance(outcome, StoreError):
            raise outcome
        changes = batch.changes()
        for row in changes.deleted:
            del self.rows[row.locator]
        for row in (*changes.inserted, *(row for _, row in changes.updated)):
            self.rows[row.locator] = row
        return outcome

    async def purge(self, week: int) -> int:
        """See `conversations.ports.Sessions.purge`."""
        gone = [row.locator for row in self.rows.values() if row.expires_week < week]
        for locator in gone:
            del self.rows[locator]
        return len(gone)

    async def close(self) -> None:
        """The rows go with the object; nothing else is held."""
