"""What a run measured, its median over several, and how it is shown beside what it is compared with."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MICRO, MILLI = 1e6, 1e3


@dataclass(frozen=True, slots=True)
class Figures:
    """One run: how many `messages` were answered, and what that took.

    `p50` and `p99` in milliseconds from the request (open loop: from its planned moment) to both its
    answer and the reply. `cpu` in microseconds a message of the serving processes, `database_cpu` of
    PostgreSQL's. `peak` in MiB. `failed` got another status than 200, `wrong` another reply than was
    due: both must be 0.
    """

    messages: int
    messages_per_second: float
    p50: float
    p99: float
    cpu: float
    peak: float
    database_cpu: float = 0.0
    failed: int = 0
    wrong: int = 0


def figures(
    waited: Sequence[float],
    wall: float,
    cpu: float,
    peak: float,
    **counted: Any,
) -> Figures:
    """From what each message waited, and the seconds of wall and processor of all together."""
    sorted_ = sorted(waited) or [0.0]
    number = max(len(waited), 1)
    return Figures(
        messages=len(waited),
        messages_per_second=round(len(waited) / wall, 1),
        p50=round(sorted_[len(sorted_) // 2] * MILLI, 2),
        p99=round(sorted_[min(int(len(sorted_) * 0.99), len(sorted_) - 1)] * MILLI, 2),
        cpu=round(cpu / number * MICRO, 1),
        peak=round(peak, 1),
        **counted,
    )


def median(runs: Sequence[Figures]) -> Figures:
    """Figure by figure; what must be 0 is added up."""
    added = {"failed", "wrong"}
    found: dict[str, Any] = {}
    for each in fields(Figures):
        values = [getattr(run, each.name) for run in runs]
        found[each.name] = (
            sum(values) if each.name in added else round(statistics.median(values), 2)
        )
    found["messages"] = int(found["messages"])
    return Figures(**found)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bench with everything that it compared: `runs` by contestant, ours first.

    `floor` is the contestant that `ratio_to_floor` is about: ours by theirs, messages a second, each
    round by itself and then the median. `told` stands beside the figures. `open_loop` is ours at a
    fixed rate, by messages a second.
    """

    bench: str
    floor: str
    runs: Mapping[str, Sequence[Figures]]
    told: Mapping[str, Any] = field(default_factory=dict)
    open_loop: Mapping[float, Sequence[Figures]] = field(default_factory=dict)

    @property
    def ours(self) -> str:
        return next(iter(self.runs))

    def ratio(self, to: str) -> float:
        """How many times as fast we are."""
        pairs = zip(self.runs[self.ours], self.runs[to], strict=True)
        return round(
            statistics.median(
                a.messages_per_second / b.messages_per_second for a, b in pairs if b.messages
            ),
            3,
        )

    @property
    def sound(self) -> bool:
        """Whether every message of every contestant was answered as it should be."""
        every = (*self.runs.values(), *self.open_loop.values())
        return not any(run.failed or run.wrong for runs in every for run in runs)

    def as_json(self) -> str:
        """One object: our medians, what we are compared with, and the ratios."""
        others = {
            name: asdict(median(runs)) | {"ratio": self.ratio(name)}
            for name, runs in self.runs.items()
            if name != self.ours
        }
        whole = {
            "bench": self.bench,
            "rounds": len(self.runs[self.ours]),
            "units": {"p50": "ms", "p99": "ms", "cpu": "us/message", "peak": "MiB"},
            **asdict(median(self.runs[self.ours])),
            "floor": self.floor,
            "ratio_to_floor": self.ratio(self.floor),
            "compared": others,
            **self.told,
        }
        if self.open_loop:
            rates = self.open_loop.items()
            whole["open_loop"] = [{"rate": rate, **asdict(median(runs))} for rate, runs in rates]
        return json.dumps(whole)

    def as_text(self) -> str:
        """A table for people."""
        loops = {f"{self.ours}, at {rate:g}/s": runs for rate, runs in self.open_loop.items()}
        widest = max(len(name) for name in (*self.runs, *loops))
        head = f"{'':<{widest}}{'messages/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'CPU us':>9}{'MiB':>7}"
        lines = [f"{head}{'ours is':>10}"]
        for name, runs in self.runs.items():
            times = "" if name == self.ours else f"{self.ratio(name):.2f} x"
            lines += _row(name, runs, widest, times)
        for name, runs in loops.items():
            lines += _row(name, runs, widest)
        lines += [f"{name}: {value}" for name, value in self.told.items()]
        return "\n".join(lines)


def _row(name: str, runs: Sequence[Figures], widest: int, times: str = "") -> list[str]:
    one = median(runs)
    shown = (
        f"{name:<{widest}}{one.messages_per_second:>12.0f}{one.p50:>9.1f}{one.p99:>9.1f}"
        f"{one.cpu:>9.0f}{one.peak:>7.0f}{times:>10}"
    ).rstrip()
    wrong = [f"  {one.failed} failed, {one.wrong} answered wrongly"]
    return [shown, *(wrong if one.failed or one.wrong else [])]


def show(sheet: Sheet, *, as_json: bool) -> int:
    """Print it; the exit status: 1 when anything was not answered as it should be."""
    print(sheet.as_json() if as_json else sheet.as_text())
    return 0 if sheet.sound else 1
