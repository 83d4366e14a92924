"""Figures for Prometheus: live ones are technical, those about conversations change once a day.

No label holds anything about a person or an organisation, and whatever is counted of people is a
round number of tens: a change of one must not tell that somebody came or went. How many
routes to coaches fail is exact: that is about a platform or a mail server, though it tells that a notice was due.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from adapters.faults import CODES
from bot.log import EVENTS, OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adapters.faults import Fault
    from conversations.caseports import Route

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)
"""Seconds; Slack gives up after three."""

TEN = 10

BECAME: dict[str, Fault] = {
    "turn_busy": "busy",
    "turn_limited": "limited",
    "turn_not_kept": "unknown",
    "turn_failed": "unexpected",
    "window_not_shown": "platform",
}
"""Events after which a person saw a code, or would have; the event's own code is finer if it has one."""


class Metrics:
    """One registry for one process; nothing is kept at import."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a moment for each label: nobody needs it
        self._clock, self._registry = clock, CollectorRegistry()
        self._done: dict[str, float] = {}
        self._answered: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self._forgotten = 0
        held = self._registry
        ProcessCollector(registry=held)
        self._requests = Counter(
            "luwte_requests", "Answered requests", ("route", "status"), registry=held
        )
        self._seconds = Histogram(
            "luwte_request_seconds",
            "From the head of a request to its answer",
            ("route",),
            buckets=BUCKETS,
            registry=held,
        )
        self._store = Histogram(
            "luwte_store_seconds", "Waiting for a commit", buckets=BUCKETS, registry=held
        )
        self._faults = Counter(
            "luwte_faults", "Faults by their code: luwte doctor explain", ("code",), registry=held
        )
        for code in CODES.values():
            self._faults.labels(code)
        self._events = Counter("luwte_events", "Lines of our own log", ("event",), registry=held)
        self._failing = Gauge(
            "luwte_notices_failing",
            "Coaches whose last notice did not arrive: luwte coach list",
            ("route",),
            registry=held,
        )
        self._conversations = Gauge(
            "luwte_conversations_daily", "Kept conversations, in tens, once a day", registry=held
        )
        self._forgets = Counter(
            "luwte_forgotten_daily", "Erased by people, in tens, once a day", registry=held
        )
        self._chores = Gauge(
            "luwte_chore_age_seconds",
            "Since housekeeping last succeeded",
            ("chore",),
            registry=held,
        )

    def failing(self, routes: Mapping[Route, int]) -> None:
        """Coaches who did not get their last notice, by the route on which it goes."""
        for route, count in routes.items():
            self._failing.labels(route).set(count)

    def watch(self, name: str, what: str, value: Callable[[], int]) -> None:
        """A gauge that is asked for its value whenever somebody looks."""
        Gauge(name, what, registry=self._registry).set_function(value)

    def request(self, route: str, status: int, seconds: float) -> None:
        kind = status // 100
        counted = self._answered.get((route, kind))
        if counted is None:
            labelled = self._requests.labels(route, f"{kind}xx"), self._seconds.labels(route)
            counted = self._answered[route, kind] = labelled
        answered, took = counted
        answered.inc()
        took.observe(seconds)

    def stored(self, seconds: float) -> None:
        self._store.observe(seconds)

    def erased(self) -> None:
        """Somebody had everything erased; shown with the next daily figures."""
        self._forgotten += 1

    def daily(self, conversations: int) -> None:
        """The figures about people, once a day: whole tens, the rest waits for the next day."""
        self._conversations.set(conversations // TEN * TEN)
        shown, self._forgotten = self._forgotten // TEN * TEN, self._forgotten % TEN
        self._forgets.inc(shown)

    def chore(self, name: str) -> None:
        """A chore of housekeeping succeeded."""
        if name not in self._done:
            self._chores.labels(name).set_function(lambda: self._clock() - self._done[name])
        self._done[name] = self._clock()

    def event(self, event: str, code: object) -> None:
        """One line of our own log."""
        self._events.labels(event if event in EVENTS else "unlisted").inc()
        fault = BECAME.get(event)
        if fault is not None:
            finer = next((each for each in CODES if each == code), fault)
            self._faults.labels(CODES[finer]).inc()

    def page(self) -> bytes:
        """What Prometheus reads."""
        return generate_latest(self._registry)


class Counting(logging.Handler):
    """Counts what our own loggers say, at whatever level it is written."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.INFO)
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        self._metrics.event(str(record.msg), record.__dict__.get("code"))


def counted(metrics: Metrics) -> Callable[[], None]:
    """Count our own log from now on; what is returned ends that."""
    own, handler = logging.getLogger(OWN), Counting(metrics)
    own.addHandler(handler)
    return lambda: own.removeHandler(handler)
