"""What the doctor looks at on this machine: folders, disk, database, keys."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from bot import keystatus
from bot.doctor.finding import Finding, note, well, wrong
from bot.errors import SettingsError
from conversations.errors import StoreError
from storage.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.settings import Settings

SQLITE = "sqlite:///"
LITTLE = 500 * 2**20
"""Bytes that must be free: SQLite's log, a rewriting purge."""

SECRETS = (
    "LUWTE_DATABASE",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_CLIENT_SECRET",
    "MicrosoftAppPassword",
    "MicrosoftAppCertificate",
    "LUWTE_SMTP_PASSWORD",
)


def look(read: Settings, env: Mapping[str, str], now: float) -> Iterator[Finding]:
    """Everything that needs no network but the database's; `now` in seconds since the Unix epoch."""
    yield _folder(read.data)
    yield from _files(env)
    yield _database(read.database)
    yield _keys(env, now)
    yield _key_folder(read.keys)
    yield _apart(read.keys, read.database)


def _folder(data: Path) -> Finding:
    there = next(each for each in (data, *data.parents) if each.exists())
    if not os.access(there, os.W_OK):
        return wrong("data folder", f"{data} cannot be written to", "give it to the user of serve")
    free = shutil.disk_usage(there).free
    if free < LITTLE:
        return wrong(
            "data folder", f"{free // 2**20} MiB free", "make room: a full disk keeps no answer"
        )
    return well("data folder", f"{data}, {free // 2**30} GiB free")


def _files(env: Mapping[str, str]) -> Iterator[Finding]:
    """Secrets in files that others can read; that they can be read at all, the settings have seen."""
    for name in SECRETS:
        given = env.get(f"{name}_FILE", "").strip()
        if given and stat.S_IMODE(Path(given).stat().st_mode) & 0o007:
            yield wrong(f"{name}_FILE", "everybody can read it", f"run `chmod o= {given}`")


def _database(url: str) -> Finding:
    kind = "SQLite" if url.startswith(SQLITE) else "PostgreSQL"
    try:
        Survey(url).count()
    except StoreError as error:
        return wrong(
            "database",
            f"{kind} cannot be read ({error.cause})",
            "look whether it runs, and whether LUWTE_DATABASE holds",
        )
    if kind == "SQLite":
        return well("database", "SQLite, in this process alone: run one `serve` on it")
    return well("database", "PostgreSQL")


def _keys(env: Mapping[str, str], now: float) -> Finding:
    try:
        problems = keystatus.look(env, now).problems
    except SettingsError as error:
        return wrong("keys", str(error), "`luwte keys init`, once, for a new installation only")
    except StoreError as error:
        return wrong("keys", str(error), "`luwte keys status` tells more")
    if problems:
        return wrong(
            "keys", f"{len(problems)} problem(s): {problems[0]}", "see `luwte keys status`"
        )
    return well("keys", "modes, months and secrets are as they should be")


def _key_folder(keys: Path) -> Finding:
    if not keys.exists():
        return wrong("key folder", f"{keys} is not there", "mount it, or run `luwte keys init`")
    mode = stat.S_IMODE(keys.stat().st_mode)
    if mode & 0o007:
        return wrong("key folder", f"others can enter it (mode {mode:04o})", f"chmod 0700 {keys}")
    if mode & 0o070:
        says = f"its group can enter it (mode {mode:04o})"
        return note("key folder", says, "well, if that group is this service's alone")
    return well("key folder", f"{keys}, for its owner only")


def _apart(keys: Path, database: str) -> Finding:
    """Whoever backs up the database must not carry off the keys with it."""
    what = "keys apart from database"
    if not database.startswith(SQLITE):
        return note(
            what, "PostgreSQL keeps its files elsewhere; leave the key folder out of its backup"
        )
    files = Path(database.removeprefix(SQLITE)).resolve().parent
    if keys.resolve().is_relative_to(files) or files.is_relative_to(keys.resolve()):
        return wrong(
            what,
            "the key folder lies beside the database, so one backup holds both and opens everything",
            f"move {keys} to another disk, kept by somebody else, and set LUWTE_KEYS",
        )
    if keys.exists() and files.exists() and keys.stat().st_dev == files.stat().st_dev:
        return note(what, "another folder on the same disk", "keep it out of the database's backup")
    return well(what, "on another disk")
