"""Which jobs were done, so that of several processes one does each: a row a job, a number a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.tables import job, row_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

LABEL = b"luwte/job/v1"


def advance(
    connection: Connection, name: bytes, number: int, *, at_once: bool = False
) -> int | None:
    """Take this job up to `number`; the number that it was done up to before.

    None when it is done already, and for a job that was never done, which begins with its next
    number; unless it may be done `at_once`. Whoever else asks waits for the end of this transaction.
    """
    k = row_number(name)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    first = dialect.insert(job).on_conflict_do_nothing()
    connection.execute(first, {"k": k, "ran": number - 1 if at_once else number})
    before: int = connection.execute(
        select(job.c.ran).where(job.c.k == bindparam("number")).with_for_update(), {"number": k}
    ).scalar_one()
    if before >= number:
        return None
    connection.execute(
        update(job).where(job.c.k == bindparam("number")).values(ran=number), {"number": k}
    )
    return before
