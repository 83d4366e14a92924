"""The swap test: the same conversations by other people leave a store of the same shape."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from storage.inspection import Inspection

if TYPE_CHECKING:
    from bot.audit.stage import Stage
    from storage.inspection import Value

BY_CHANCE = frozenset({"k", "version"})
"""Columns that begin at random, for anybody."""


def shape(stage: Stage) -> Counter[str]:
    """Rows with the length of every value in them, files with their size, and what was logged."""
    found: Counter[str] = Counter()
    with Inspection(stage.database) as seen:
        for table in seen.columns():
            for row in seen.rows(table):
                sizes = {k: _size(v) for k, v in row.items() if k not in BY_CHANCE}
                found[f"{table} {sizes}"] += 1
    for path in stage.keys.rglob("*"):
        if path.is_file():
            found[f"key folder: {path.stat().st_size} bytes"] += 1
    for line in (stage.logs / "luwte.log").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if "event" in event:
            found[f"log: {event['event']} {event.get('code')}"] += 1
    return found


def _size(value: Value) -> str:
    return f"{len(value)} bytes" if isinstance(value, bytes) else str(value)
