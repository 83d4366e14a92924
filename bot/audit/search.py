"""Looks through everything that a run left behind, and says what should not be there."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.audit import sent, structure
from bot.audit.locks import KEYBOARD
from bot.audit.scanner import Finding, Scanner
from bot.audit.stage import MARKED_DAY
from bot.audit.times import Moments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.audit.sent import Json
    from bot.audit.stage import Stage

_CLOCK = re.compile(rb"\d\d:\d\d:\d\d|\b1\d{9}(?:\.\d+)?\b")


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found; the size of the files in bytes, and how long their search took in seconds."""

    findings: frozenset[Finding]
    size: int
    seconds: float

    def and_before(self, other: Searched) -> Searched:
        """Both searches as one."""
        return Searched(
            self.findings | other.findings, self.size + other.size, self.seconds + other.seconds
        )

    @property
    def speed(self) -> float:
        """Megabytes of files a second."""
        return self.size / 1e6 / max(self.seconds, 1e-9)


def search(stage: Stage, people: int, server: Path | None = None, since: float = 0.0) -> Searched:
    """Files, values, requests, keys and times, for the people of numbers 0, 1 … below `people`.

    `server` is the folder of a PostgreSQL server, of which what it wrote `since` is looked at.
    """
    scanner = scanner_of(stage, people)
    begun = time.perf_counter()
    moments = Moments((MARKED_DAY, stage.clock.now, time.time()))
    found = scanner.folders(stage.data, stage.temporary, stage.logs)
    if server is not None:
        found |= scanner.folders(server, since=since)
    size, seconds = scanner.read, time.perf_counter() - begun
    found |= structure.database(stage.database, scanner, moments)
    found |= structure.key_folder(stage.keys, moments)
    found |= structure.left_in(stage.temporary)
    found |= structure.tokens(list(_tokens(stage)), moments)
    found |= sent.problems(stage.town, scanner, stage.sent)
    found |= _log_times(stage.logs)
    return Searched(frozenset(found), size, seconds)


def scanner_of(stage: Stage, people: int) -> Scanner:
    """It knows these people, whoever sits at the terminal, and every ticket that was made."""
    numbers = (*range(people), KEYBOARD)
    everybody = [stage.town.person(number) for number in numbers]
    return Scanner.of(stage.town, everybody, stage.noted)


def _log_times(logs: Path) -> set[Finding]:
    """A log line tells the hour and nothing finer."""
    found = (path.name for path in logs.iterdir() if _CLOCK.search(path.read_bytes()))
    return {Finding(f"logs/{name}", "a time finer than the hour") for name in found}


def _tokens(stage: Stage) -> Iterator[str]:
    """What the buttons carry, for people who have a row."""
    for each in stage.sent:
        for value in _strings(each.body):
            if re.fullmatch(r"[0-9a-f]{8}\.\d+", value):
                yield value


def _strings(value: Json | list[object] | object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
