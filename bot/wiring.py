"""Everything that is built once, in reading order: keys, store, content, reception."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from adapters.reception import Reception
from bot import attest
from bot.counted import CountedSessions
from bot.errors import SettingsError
from conversations import library
from storage import roots
from storage.casekeys import CaseKeys
from storage.casework import Casework
from storage.chance import Chance
from storage.coaches import SqlCoaches
from storage.desks import SqlDesks
from storage.epoch_files import EPOCHS, listed
from storage.errors import KeysError
from storage.identities import Identities
from storage.lock import Locks
from storage.root import create_root
from storage.rounds import SqlRounds
from storage.sessions import SqlSessions
from storage.soundness import Soundness
from storage.spool import Spool
from storage.survey import Survey
from storage.timetable import MANY, Timetable
from storage.vault import SqlVault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from adapters.limits import Limits
    from bot.metrics import Metrics
    from bot.organisations import Tenant
    from conversations.desktexts import DeskTexts
    from conversations.organisation import Organisation
    from storage.roots import ReadRoots


@dataclass(frozen=True, slots=True)
class House:
    """What the commands work with. `close` finishes what waits and lets the database go."""

    reception: Reception
    identities: Identities
    locks: Locks
    sessions: SqlSessions
    coaches: SqlCoaches
    desks: SqlDesks
    rounds: SqlRounds
    vault: SqlVault
    texts: DeskTexts
    new_key: bool

    async def close(self) -> None:
        self.locks.close()
        self.desks.close()
        await self.sessions.close()


def house(  # noqa: PLR0913  each part has its name where it is called
    *,
    database: str,
    keys: Path,
    organisations: Mapping[Tenant, Organisation],
    clock: Callable[[], float],
    env: Mapping[str, str],
    development: bool = False,
    limits: Limits | None = None,
    metrics: Metrics | None = None,
) -> House:
    """Build it. Only with `development` a missing root key is made, as `luwte keys init` would.

    Without `limits` nobody can be too fast, without `metrics` nothing is counted.

    Raises ContentError, KeysError, StoreError and SettingsError, each with its remedy.
    """
    attested = attest.of_this_installation(organisations, database, env).short
    scripts = replace(library.load(), attested=attested)
    new_key = development and not root_path(keys).exists()
    if new_key:
        make_root(keys)
    read = root_keys(keys, env)
    Soundness(read(), keys / EPOCHS, Survey(database), clock()).demand()
    identities = Identities(read, keys / EPOCHS, clock)
    locks = Locks(identities, clock)
    work = Casework(CaseKeys(read, keys / EPOCHS, clock), Spool(keys), clock)
    sessions = SqlSessions(database, work)
    tables = timetables(organisations.values())
    rounds, coaches = SqlRounds(sessions, work, tables), SqlCoaches(sessions, work, tables)
    desks = SqlDesks(sessions, work, rounds)
    reception = Reception(
        identities=identities,
        locks=locks,
        sessions=sessions if metrics is None else CountedSessions(sessions, metrics),
        scripts=scripts,
        organisations=organisations,
        clock=clock,
        limits=limits,
        coaches=coaches,
        desks=desks,
        random=Chance().bytes,
    )
    return House(
        reception=reception,
        identities=identities,
        locks=locks,
        sessions=sessions,
        coaches=coaches,
        desks=desks,
        rounds=rounds,
        vault=SqlVault(database, read),
        texts=scripts.desk,
        new_key=new_key,
    )


def timetables(organisations: Iterable[Organisation]) -> dict[str, Timetable]:
    """When requests leave, by the label of the organisation."""
    return {
        each.label: Timetable(each.batch_hour, each.time_zone, daily=each.people >= MANY)
        for each in organisations
    }


def root_path(keys: Path) -> Path:
    return keys / roots.PRESENT


def make_root(keys: Path) -> Path:
    """Make the root key in this folder; where it lies. Raises KeysError when there is or was one."""
    if not root_path(keys).exists() and (listed(keys / EPOCHS) or roots.previous_of(keys)):
        raise KeysError(
            "root_lost",
            f"{keys} holds secrets of a root key that is not here, which a new one would not open; "
            "restore that root key, or begin with another key folder and another database",
        )
    try:
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise SettingsError(f"cannot make the key folder {keys}") from None
    with suppress(OSError):
        os.chmod(keys, 0o700)  # noqa: PTH101  the folder may have existed before
    create_root(root_path(keys))
    return root_path(keys)


def root_keys(keys: Path, env: Mapping[str, str]) -> ReadRoots:
    """How the root keys are read: from systemd where it hands them over, else from their files."""
    if by_systemd(keys, env):
        return partial(roots.from_credentials, env)
    if not root_path(keys).exists():
        raise SettingsError(
            f"there is no root key at {root_path(keys)}: make it with `luwte keys init`"
        )
    return partial(roots.from_folder, keys)


def by_systemd(keys: Path, env: Mapping[str, str]) -> bool:
    """Whether the root key is a credential of the unit and no file."""
    return bool(env.get("CREDENTIALS_DIRECTORY")) and not root_path(keys).exists()
