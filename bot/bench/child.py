"""A serving process as it is measured: started on a processor of its own, watched from outside.

What a process used is read from Linux's /proc: user and system time of all its threads, and the most
memory that it ever held.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bench.wire import Line
from bot.cluster import free_port
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

HERE = Path(__file__).parents[2]
"""Where this program's source lies, with `tests/bench` beside it."""

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
READY_WITHIN = 60.0
KIB = 1_024


@dataclass(frozen=True, slots=True)
class Child:
    """A process that listens on `port`."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def cpu(self) -> float:
        """Seconds of processor that it used until now."""
        return _cpu(self.process.pid)

    @property
    def peak(self) -> float:
        """MiB of memory that it held at most."""
        return _memory(self.process.pid, "VmHWM")

    @property
    def resident(self) -> float:
        """MiB of memory that it holds now."""
        return _memory(self.process.pid, "VmRSS")


@contextlib.asynccontextmanager
async def child(
    command: Sequence[str], env: Mapping[str, str], log: Path, cpus: Iterable[int] | None = None
) -> AsyncIterator[Child]:
    """Run `python COMMAND`, with `{port}` in it replaced, until it listens; `cpus` are its own.

    It gets `env` and nothing else of ours. Raises SettingsError when it does not come up.
    """
    port = free_port()
    filled = [each.replace("{port}", str(port)) for each in command]
    settings = {name: value.replace("{port}", str(port)) for name, value in env.items()}
    process = _spawned(filled, settings, log, cpus)
    try:
        await _listening(process, port, filled, log)
        yield Child(process, port)
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 20)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)


def _spawned(
    command: Sequence[str], env: Mapping[str, str], log: Path, cpus: Iterable[int] | None
) -> subprocess.Popen[bytes]:
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=HERE,
            env={"PATH": os.environ.get("PATH", ""), **env},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
        )
    if cpus is not None:
        os.sched_setaffinity(process.pid, cpus)
    return process


async def _listening(
    process: subprocess.Popen[bytes], port: int, command: Sequence[str], log: Path
) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(READY_WITHIN):
            while process.poll() is None:
                try:
                    line = await Line.open(port)
                except OSError:
                    await asyncio.sleep(0.02)
                    continue
                line.close()
                return
    raise SettingsError(f"`python {' '.join(command)}` does not come up:\n{_last(log)}")


def _last(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-800:]


def measurable() -> None:
    """Raises SettingsError where a process cannot be watched, or what we compare with is not here."""
    if not (PROC / "self" / "stat").exists():
        raise SettingsError("this bench reads Linux's /proc, which is not here")
    if not (HERE / "tests" / "bench").is_dir():
        raise SettingsError(
            "what this bench compares with lies in tests/bench of the source: run it from there"
        )


def family_cpu(pid: int) -> float:
    """Seconds of processor of a process, its ended children and its living ones: PostgreSQL."""
    total = _cpu(pid, ended=True)
    for each in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            if int(_stat(int(each.name))[1]) == pid:
                total += _cpu(int(each.name))
    return total


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name: state, parent, …"""
    return (PROC / str(pid) / "stat").read_text(encoding="ascii").rpartition(")")[2].split()


def _cpu(pid: int, *, ended: bool = False) -> float:
    fields = _stat(pid)
    return sum(int(each) for each in fields[11 : 15 if ended else 13]) / TICKS


def _memory(pid: int, name: str) -> float:
    for line in (PROC / str(pid) / "status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / KIB
    return 0.0
