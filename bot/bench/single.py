"""One thing done many times in this process, and how long each time took."""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bench.child import HERE
from bot.bench.figures import Figures, figures
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

KIB = 1_024


def timed(work: Callable[[], object], times: int) -> Figures:
    """A message is one time of it."""
    waited = []
    gc.collect()
    cpu, began = time.process_time(), time.perf_counter()
    for _ in range(times):
        start = time.perf_counter()
        work()
        waited.append(time.perf_counter() - start)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    return figures(waited, wall, cpu, peak())


def elsewhere(program: str, times: int) -> Figures:
    """The same of a program of `tests/bench`, in a process of its own. Raises SettingsError."""
    command = [sys.executable, "-m", f"tests.bench.{program}", str(times)]
    try:
        done = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise SettingsError(f"{program} could not be measured:\n{error.stderr}") from None
    return Figures(**json.loads(done.stdout))


def typical(work: Callable[[], object], times: int) -> float:
    """The median in microseconds."""
    took = []
    for _ in range(times):
        begun = time.perf_counter_ns()
        work()
        took.append(time.perf_counter_ns() - begun)
    return round(statistics.median(took) / 1_000, 2)


def peak() -> float:
    """MiB that this process held at most; getrusage would count what its parent held before."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / KIB
