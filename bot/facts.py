"""What is published about each organisation, and since when: `serve` notes a change at its start.

One JSON object a line in `facts.jsonl` in the data folder, only ever added to; it holds settings
and days, and nothing about any person. `luwte audit changes` prints it.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.organisation import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from conversations.caseports import Coaches
    from conversations.organisation import Fact, Organisation

FILE = "facts.jsonl"

log = logging.getLogger("luwte.facts")


@dataclass(frozen=True, slots=True)
class Noted:
    """The facts of an organisation from a day (ISO 8601) on, in the order of `FACTS`."""

    day: str
    organisation: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that changed. `before` is None for the first time that it was noted."""

    day: str
    organisation: str
    fact: Fact
    before: str | None
    now: str


def note(folder: Path, published: Mapping[str, tuple[str, ...]], today: date) -> None:
    """Add a line for each organisation (by label) whose facts are not those noted last.

    A file that cannot be written stops nothing; it is logged.
    """
    last = {each.organisation: each.facts for each in read(folder)}
    changed = {label: now for label, now in published.items() if last.get(label) != now}
    if not changed:
        return
    lines = (
        json.dumps({"day": today.isoformat(), "organisation": label, "facts": facts}) + "\n"
        for label, facts in changed.items()
    )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("".join(lines))
    except OSError:
        log.warning("facts_not_noted")


def read(folder: Path) -> list[Noted]:
    """Every line that can be read, in order; a damaged one is passed over."""
    try:
        lines = (folder / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [noted for line in lines if (noted := _noted(line)) is not None]


async def published(
    organisations: Iterable[Organisation], coaches: Coaches
) -> dict[str, tuple[str, ...]]:
    """The facts of each at this moment, by its label. Raises StoreError."""
    found = {}
    for each in organisations:
        coaching = await coaches.coaching(each.label)
        found[each.label] = each.facts([coach.id for coach in coaching.coaches])
    return found


def changes(folder: Path) -> list[Change]:
    """Every fact that was noted first or changed since, the oldest first."""
    known: dict[str, tuple[str, ...]] = {}
    found = []
    for noted in read(folder):
        before = known.get(noted.organisation, ())
        for place, (fact, now) in enumerate(zip(FACTS, noted.facts, strict=False)):
            was = before[place] if place < len(before) else None
            if was != now:
                found.append(Change(noted.day, noted.organisation, fact, was, now))
        known[noted.organisation] = noted.facts
    return found


def _noted(line: str) -> Noted | None:
    try:
        value = json.loads(line)
        facts = tuple(str(each) for each in value["facts"])
        return Noted(str(value["day"]), str(value["organisation"]), facts)
    except (ValueError, KeyError, TypeError):
        return None
