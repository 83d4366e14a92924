"""`luwte keys destroy-epoch`: what a month held is made unreadable for good, and that is proved."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from adapters.incoming import week
from bot import settings, wiring
from bot.errors import SettingsError
from bot.keystatus import labels
from conversations.errors import StoreError
from storage import months
from storage.epoch_files import EPOCHS, destroy, listed
from storage.epochs import RECHECK
from storage.errors import KeysError
from storage.proof import Proof
from storage.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from storage.epoch_files import EpochFile
    from storage.proof import Attempt

T = TypeVar("T")

IN_HAND = 5.0
"""Seconds that a turn may still be in hand when its process has dropped the secret."""


def destroy_epoch(
    env: Mapping[str, str],
    month: str,
    label: str | None,
    *,
    ask: Callable[[str], str] | None = input,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.time,
) -> int:
    """Destroy a month's secrets, wait until nobody holds them, and prove that its rows are shut.

    0 when that is proved, 1 when it is not or there is nothing to destroy. Without `ask` nothing is
    confirmed first. Raises SettingsError before, and KeysError when a file cannot be destroyed.
    """
    epoch = months.read(month)
    if epoch is None:
        raise SettingsError(f"{month} is no month: write it as 2026-11")
    data = settings.data_folder(env)
    folder, database = settings.keys_folder(env, data), settings.database_url(env, data)
    read = wiring.root_keys(folder, env)
    secrets = _chosen(folder / EPOCHS, epoch, label, labels(env, read().present))
    if not secrets:
        print(f"There is no epoch secret of {month}{f' of {label}' if label else ''}.")
        return 1
    if ask is not None:
        _confirm(ask, month, len(secrets))
    proof = Proof(database, week(clock()))
    try:
        before = _tried(lambda: proof.plant(read(), secrets))
        _destroy(secrets, month)
        waited = f"Waiting {RECHECK + IN_HAND:.0f} s, in which running processes let go of them."
        print(waited, flush=True)
        wait(RECHECK + IN_HAND)
        after = _tried(lambda: proof.attempt(read(), folder / EPOCHS))
        rows = _tried(lambda: Survey(database).rows().get(epoch, 0))
    finally:
        _tried(proof.remove)
    return _told(before, after, rows, month)


def _chosen(
    folder: Path, epoch: int, label: str | None, names: Mapping[bytes, str]
) -> list[EpochFile]:
    if label is not None and label not in names.values():
        raise SettingsError(f"no organisation here is called {label}; see `luwte keys status`")
    return [
        file
        for file in listed(folder)
        if file.epoch == epoch and label in (None, names.get(file.tag))
    ]


def _confirm(ask: Callable[[str], str], month: str, count: int) -> None:
    print(f"This destroys {count} epoch secret(s). Whatever was kept in {month} and not since is")
    print("then lost to everybody, in the database and in every copy of it.")
    try:
        answer = ask("Type the month once more to do it: ")
    except EOFError:
        answer = ""
    if answer.strip() != month:
        raise SettingsError("nothing was destroyed")


def _destroy(secrets: list[EpochFile], month: str) -> None:
    try:
        gone = destroy(secrets)
    except OSError as error:
        raise KeysError(
            "not_destroyed", f"{type(error).__name__}: check who may write there; run it again"
        ) from None
    print(f"{gone} epoch secret(s) of {month} destroyed.")


def _tried(attempt: Callable[[], T]) -> T | None:
    """What came of it; None without a usable database: then destroying goes on, unproved."""
    try:
        return attempt()
    except (StoreError, OSError) as error:
        print(f"The database or a key could not be used ({type(error).__name__}).")
        return None


def _told(before: Attempt | None, after: Attempt | None, rows: int | None, month: str) -> int:
    if before is None or after is None:
        print("NOT proved: no row could be tried. The secrets are destroyed.")
        return 1
    others = "not counted" if rows is None else rows - after.witnesses
    print(f"Rows made for this proof: {before.witnesses}; opened before: {before.opened}.")
    print(
        f"Tried again with each of the {after.keys} secret(s) that are left: {after.opened} opened."
    )
    print(f"Other rows of {month} in the database: {others}. Those whose secret is destroyed open")
    print("with nothing that is left, here or in a copy; they go in their last week.")
    proved = 0 < before.opened == before.witnesses == after.witnesses and after.opened == 0
    print("Proved." if proved else "NOT proved.")
    return 0 if proved else 1
