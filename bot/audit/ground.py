"""Where the audit puts up its houses: a folder, and for PostgreSQL a cluster, all gone afterwards."""

from __future__ import annotations

import contextlib
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import wiring
from bot.audit.replacing import replaced
from bot.audit.search import Searched, search
from bot.audit.stage import Stage
from bot.cluster import Cluster, cluster
from bot.throwaway import own_folder, tidy_when_stopped
from storage.epoch_files import EPOCHS
from storage.identities import Identities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Ground:
    """Where stages are put up: a folder, and a PostgreSQL cluster or none."""

    folder: Path
    cluster: Cluster | None

    def stage(self, name: str) -> Stage:
        """An empty one."""
        folder = self.folder / name
        if self.cluster is not None:
            self.cluster.empty()
            return Stage(folder, self.cluster.url)
        return Stage(folder, f"sqlite:///{folder / 'state' / 'luwte.db'}")

    @property
    def data(self) -> Path | None:
        """PostgreSQL's own folder of data, where there is one."""
        return self.cluster.folder / "data" if self.cluster is not None else None

    def search(self, stage: Stage, people: int) -> Searched:
        """Everything that the run on this stage left behind."""
        if self.cluster is None:
            return search(stage, people)
        return search(stage, people, self.cluster.folder, self.cluster.begun)


@contextlib.contextmanager
def ground(database: str, env: Mapping[str, str]) -> Iterator[Ground]:
    """A folder of its own, and for `postgresql` a cluster of its own; gone afterwards."""
    with tidy_when_stopped(), own_folder(env, "audit") as folder, contextlib.ExitStack() as leaving:
        # The conversations are the same in every house: they are read once.
        leaving.enter_context(replaced("conversations.library:load", functools.cache))
        made = None
        if database == "postgresql":
            (folder / "postgresql").mkdir()
            made = leaving.enter_context(cluster(folder / "postgresql"))
        yield Ground(folder, made)


def identities(stage: Stage) -> Identities:
    """Of a stage without a house: its keys are made here."""
    wiring.make_root(stage.keys)
    return Identities(wiring.root_keys(stage.keys, {}), stage.keys / EPOCHS, stage.clock)
