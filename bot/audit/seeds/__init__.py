"""Leaks on purpose, for the self-test only: what a careless change could bring, one by one.

Nothing but `bot.audit.selftest` may import this; a contract in pyproject.toml sees to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.audit.seeds.coached import of_coaches
from bot.audit.seeds.files import of_files
from bot.audit.seeds.locks import of_locks
from bot.audit.seeds.logs import of_logs
from bot.audit.seeds.requests import of_requests
from bot.audit.seeds.rows import in_order_of_joining, of_rows
from bot.audit.seeds.tables import of_tables

if TYPE_CHECKING:
    from bot.audit.seeds.planting import Seed

__all__ = ["in_order_of_joining", "seeds"]


def seeds() -> tuple[Seed, ...]:
    """All of them but one, which takes a crowd to be seen: `in_order_of_joining`."""
    return (
        *of_rows(), *of_files(), *of_logs(), *of_tables(), *of_requests(), *of_locks(), *of_coaches(),
    )  # fmt: skip
