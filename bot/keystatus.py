"""What `luwte keys status` shows: one page for whoever has to answer for the keys."""

from __future__ import annotations

import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.terminal import PLATFORM, TENANT
from bot import settings, wiring
from bot.errors import SettingsError
from bot.organisations import organisations
from storage import roots
from storage.epoch_files import EPOCHS, listed
from storage.errors import KeysError
from storage.keys import organisation_tag
from storage.months import destroyed_on, is_due, written
from storage.root import fingerprint
from storage.soundness import Soundness
from storage.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from storage.epoch_files import EpochFile
    from storage.root import RootKey
    from storage.roots import Roots

WIDE = "{:<22}{}"
ROW = "  {:<26}{:<10}{:<10}{:<13}{}"


@dataclass(frozen=True, slots=True)
class Root:
    """`place` is a file or a credential, `mode` its permissions."""

    place: str
    mode: int
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.place}, mode {self.mode:04o}, fingerprint {self.fingerprint}"


@dataclass(frozen=True, slots=True)
class Epoch:
    """`tag` names the organisation, `label` is what it is called here; `under` is a root key's name."""

    tag: str
    label: str
    month: str
    under: str
    destroyed: date


@dataclass(frozen=True, slots=True)
class Status:
    """`rows` are counted by month; `erasing` says what erasing means in this database."""

    present: Root
    previous: Root | None
    epochs: tuple[Epoch, ...]
    rows: Mapping[str, int]
    erasing: str
    problems: tuple[str, ...]

    def lines(self) -> list[str]:
        """The page."""
        page = [
            WIDE.format("Root key", self.present),
            WIDE.format("Previous root key", self.previous or "none"),
            "Epoch secrets" if self.epochs else WIDE.format("Epoch secrets", "none yet"),
        ]
        if self.epochs:
            page.append(ROW.format("organisation", "tag", "month", "root key", "destroyed on"))
        page += [ROW.format(e.label, e.tag[:8], e.month, e.under, e.destroyed) for e in self.epochs]
        counted = ", ".join(f"{month}: {count}" for month, count in self.rows.items())
        page += [
            WIDE.format("Rows by month", counted or "none"),
            WIDE.format("Erased rows", self.erasing),
            *(f"WRONG: {problem}" for problem in self.problems),
        ]
        return page if self.problems else [*page, "Nothing is wrong with the keys."]


def look(env: Mapping[str, str], now: float) -> Status:
    """The keys as they are at `now`, seconds since the Unix epoch; nothing is changed.

    Raises SettingsError and KeysError where there is no usable root key, and StoreError.
    """
    data = settings.data_folder(env)
    folder, database = settings.keys_folder(env, data), settings.database_url(env, data)
    read, survey = wiring.root_keys(folder, env)(), Survey(database)
    files, names = listed(folder / EPOCHS), labels(env, read.present)
    problems = [str(each) for each in Soundness(read, folder / EPOCHS, survey, now).problems()]
    late = [file for file in files if is_due(file.epoch, now)]
    problems += [f"{file.path.name} should be gone; `luwte purge` destroys it" for file in late]
    overwrites = survey.overwrites()
    if survey.sqlite and not overwrites:
        problems.append("SQLite does not overwrite what it deletes: secure_delete is off")
    return Status(
        present=_root(folder, env, roots.PRESENT, roots.CREDENTIAL, read.present),
        previous=None
        if read.previous is None
        else _root(folder, env, roots.PREVIOUS, roots.CREDENTIAL_BEFORE, read.previous),
        epochs=tuple(_epoch(read, file, names) for file in files),
        rows={written(epoch): count for epoch, count in sorted(survey.rows().items())},
        erasing="overwritten in the file (SQLite, secure_delete on)"
        if overwrites
        else "left on PostgreSQL's disk, sealed, until their month's secret is destroyed",
        problems=tuple(problems),
    )


def labels(env: Mapping[str, str], root: RootKey) -> dict[bytes, str]:
    """What each organisation that is known here is called, by its tag in the key folder."""
    known = {organisation_tag(root, PLATFORM, TENANT): "luwte talk"}
    with suppress(SettingsError):
        for (platform, tenant), organisation in organisations(env).items():
            known[organisation_tag(root, platform, tenant)] = organisation.label
    return known


def _root(folder: Path, env: Mapping[str, str], file: str, credential: str, root: RootKey) -> Root:
    path = folder / file
    if wiring.by_systemd(folder, env):
        path = Path(env["CREDENTIALS_DIRECTORY"]) / credential
    return Root(str(path), stat.S_IMODE(path.stat().st_mode), fingerprint(root))


def _epoch(read: Roots, file: EpochFile, names: Mapping[bytes, str]) -> Epoch:
    try:
        root, _ = read.opened(file)
        under = "previous" if root is read.previous else "present"
    except (KeysError, OSError):
        under = "neither"
    label = names.get(file.tag, "(not configured here)")
    return Epoch(file.tag.hex(), label, written(file.epoch), under, destroyed_on(file.epoch))
