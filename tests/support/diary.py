"""What happened in simulated weeks, and when at the latest each thing had to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.months import destroyed_on
from storage.timetable import Timetable
from storage.weeks import week_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUR, DAY = 3_600.0, 86_400.0

LOOK = 300.0
"""Seconds between two looks at the clock."""

SLACK = 900.0
"""Seconds: a look of this test, a failure, the wait after it, another look."""

TABLE = Timetable(daily=True)


@dataclass(frozen=True, slots=True)
class Outage:
    """Nobody could do anything from `begin` to `end`; with `notices`, no notice could be sent.

    With `memory` one of two processes did not trust its clock: only what it alone has in memory waits.
    """

    begin: float
    end: float
    notices: bool = False
    memory: bool = False


@dataclass
class Ran:
    """A job's number went from `before` to `after`, seen at `at`."""

    at: float
    before: int
    after: int


@dataclass
class Diary:
    """Moments are in seconds since the Unix epoch; at `ended` nobody looked any more."""

    ended: float = float("inf")
    outages: list[Outage] = field(default_factory=list)
    ran: dict[str, list[Ran]] = field(default_factory=lambda: {"batch": [], "round": []})
    notices: list[tuple[float, str]] = field(default_factory=list)
    told: list[tuple[float, bytes]] = field(default_factory=list)
    erased: list[int] = field(default_factory=list)
    destroyed: list[int] = field(default_factory=list)
    rows_gone: list[tuple[float, int]] = field(default_factory=list)
    secrets_gone: list[tuple[float, int]] = field(default_factory=list)

    def latest(self, due: float, *, notices: bool = False, memory: bool = False) -> float:
        """When what was due then had to be done, with every outage that was in the way."""
        for each in sorted(self.outages, key=lambda outage: outage.begin):
            in_the_way = (notices or not each.notices) and (memory or not each.memory)
            if in_the_way and each.begin - SLACK <= due <= each.end:
                due = each.end
        return due + SLACK

    def check_jobs(self) -> None:
        """Each batch and each round once, in order, not before its hour and not late."""
        for name, number_at in (("batch", TABLE.batch), ("round", TABLE.round)):
            last = None
            for ran in self.ran[name]:
                assert last in (None, ran.before), name
                last = ran.after
                assert ran.after == number_at(ran.at), f"{name} before its hour"
                for due in _moments(name, ran):
                    assert due <= ran.at <= self.latest(due), f"{name} late by {ran.at - due}"

    def check_expiry(self) -> None:
        """Each row in its last week and once; each secret on its day and once."""
        assert 0 < sum(self.erased) == len(self.rows_gone)
        for at, week in self.rows_gone:
            due = (week * 7 - 3 + 6) * DAY
            assert week_of(due) == week
            assert due <= at <= self.latest(due + DAY) + HOUR, "a row went at another time"
        assert 0 < sum(self.destroyed) == len(self.secrets_gone)
        epochs = [epoch for _, epoch in self.secrets_gone]
        assert len(epochs) == len(set(epochs))
        for at, epoch in self.secrets_gone:
            due = _midnight(epoch)
            assert due <= at <= self.latest(due + HOUR) + HOUR, "a secret went at another time"

    def check_notices(self, to: str, dues: list[float]) -> None:
        """One for each of these, at work and not late; what came while one waited went with it."""
        came = [at for at, who in self.notices if who == to]
        first = set()
        for due in dues:
            at = min((each for each in came if each >= due), default=None)
            if at is None and self.latest_at_work(due) > self.ended:
                continue
            assert at is not None, f"{to} was not told"
            assert at <= self.latest_at_work(due), f"{to} was told late"
            first.add(at)
        assert first == set(came), f"{to} was told without reason, or twice"
        assert len(came) == len(set(came))

    def latest_at_work(self, due: float, *, memory: bool = False) -> float:
        """The same for a notice, which leaves in working hours only."""
        while True:
            due = self.latest(due, notices=True, memory=memory) - SLACK
            if TABLE.at_work(due) and TABLE.at_work(due + SLACK):
                return due + SLACK
            due += LOOK


def _moments(name: str, ran: Ran) -> Iterator[float]:
    """When each number after `before` fell due."""
    number_at = TABLE.batch if name == "batch" else TABLE.round
    moment = ran.at // HOUR * HOUR
    while number_at(moment) > ran.before:
        if number_at(moment - 1) < number_at(moment):
            yield moment
        moment -= HOUR


def _midnight(epoch: int) -> float:
    day = destroyed_on(epoch)
    return (day.toordinal() - 719_163) * DAY
