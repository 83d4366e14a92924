"""Where a bench puts up what it measures: a folder, keys, databases of its own, all gone afterwards.

Nothing of the environment enters it: what is configured here is never opened, also not by mistake.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Literal

from bot import wiring
from bot.bench.child import child, family_cpu, measurable
from bot.cluster import cluster
from bot.throwaway import own_folder, tidy_when_stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.bench.child import Child
    from bot.cluster import Cluster

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")


@dataclass
class Ground:
    """`cpus` are those of the serving process; None: it shares all with the load and the database."""

    folder: Path
    cluster: Cluster | None
    cpus: frozenset[int] | None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def kind(self) -> Kind:
        return "sqlite" if self.cluster is None else "postgresql"

    def database(self) -> str:
        """An empty one."""
        if self.cluster is not None:
            self.cluster.empty()
            return self.cluster.url
        return f"sqlite:///{self.new()}.db"

    def settings(self, database: str) -> dict[str, str]:
        """What `luwte serve` is given, but for the platforms; keys are made for it."""
        data = self.new()
        wiring.make_root(data / "keys")
        return {
            "LUWTE_OPERATOR": "bureau",
            "LUWTE_COUNTRY": "NL",
            "LUWTE_DATA": str(data),
            "LUWTE_KEYS": str(data / "keys"),
            "LUWTE_DATABASE": database,
            "LUWTE_PORT": "{port}",
            "LUWTE_ADMIN_PORT": "0",
            "LUWTE_PERSON_LIMIT": "1000000",
            "LUWTE_LOG_LEVEL": "WARNING",
        }

    def child(
        self, command: list[str], env: Mapping[str, str]
    ) -> AbstractAsyncContextManager[Child]:
        """A serving process: `python -m` and this."""
        return child(["-m", *command], env, self.folder / "children.log", self.cpus)

    def database_cpu(self) -> float:
        """Seconds of processor that PostgreSQL used until now."""
        if self.cluster is None:
            return 0.0
        pid = (self.cluster.folder / "data" / "postmaster.pid").read_text().split()[0]
        return family_cpu(int(pid))

    def new(self) -> Path:
        """A name in the folder that nothing has yet."""
        return self.folder / f"{next(self._numbers):03d}"


@contextlib.contextmanager
def ground(kind: Kind, env: Mapping[str, str], *, apart: bool = True) -> Iterator[Ground]:
    """`env` is that of this command; only where its real data lies is read, to stay away from it.

    Where there are two processors, the last one is for the load and PostgreSQL, and the others for
    who is measured. Raises SettingsError where this machine cannot measure.
    """
    measurable()
    before = os.sched_getaffinity(0)
    load = max(before)
    apart = apart and len(before) > 1
    with tidy_when_stopped(), own_folder(env, "bench") as folder, contextlib.ExitStack() as leaving:
        if apart:
            os.sched_setaffinity(0, {load})
            leaving.callback(os.sched_setaffinity, 0, before)
        made = None
        if kind == "postgresql":
            (folder / "postgresql").mkdir()
            made = leaving.enter_context(cluster(folder / "postgresql"))
        yield Ground(folder, made, frozenset(before - {load}) if apart else None)
