"""Everything that is built once, in reading order: keys, store, content, reception."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.reception import Reception
from bot.errors import SettingsError
from conversations import library
from storage.errors import KeysError
from storage.identities import Identities
from storage.root import create_root, read_credential, read_root
from storage.sessions import SqlSessions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bot.organisations import Tenant
    from conversations.organisation import Organisation
    from storage.root import RootKey

CREDENTIAL = "luwte-root"
"""The name of the root key among systemd's credentials."""


@dataclass(frozen=True, slots=True)
class House:
    """What the commands work with. `close` finishes what waits and lets the database go."""

    reception: Reception
    identities: Identities
    sessions: SqlSessions
    new_key: bool

    async def close(self) -> None:
        await self.sessions.close()


def house(
    *,
    database: str,
    keys: Path,
    organisations: Mapping[Tenant, Organisation],
    clock: Callable[[], float],
    env: Mapping[str, str],
    development: bool = False,
) -> House:
    """Build it. Only with `development` a missing root key is made, as `luwte keys init` would.

    Raises ContentError, KeysError, StoreError and SettingsError, each with its remedy.
    """
    scripts = library.load()
    path = root_path(keys)
    new_key = development and not path.exists()
    if new_key:
        make_root(keys)
    identities = Identities(_root(path, env), keys / "epochs", clock)
    sessions = SqlSessions(database)
    reception = Reception(
        identities=identities,
        sessions=sessions,
        scripts=scripts,
        organisations=organisations,
        clock=clock,
    )
    return House(reception, identities, sessions, new_key)


def root_path(keys: Path) -> Path:
    return keys / "root.key"


def make_root(keys: Path) -> Path:
    """Make the root key in this folder; where it lies. Raises KeysError when there is one."""
    try:
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise SettingsError(f"cannot make the key folder {keys}") from None
    with suppress(OSError):
        os.chmod(keys, 0o700)  # noqa: PTH101  the folder may have existed before
    create_root(root_path(keys))
    return root_path(keys)


def _root(path: Path, env: Mapping[str, str]) -> RootKey:
    """From systemd where it hands one over, else from the file."""
    if env.get("CREDENTIALS_DIRECTORY") and not path.exists():
        return read_credential(CREDENTIAL, env)
    try:
        return read_root(path)
    except KeysError as error:
        if error.code != "root_missing":
            raise
        raise SettingsError(
            f"there is no root key at {path}: make it with `luwte keys init`"
        ) from None
