"""Key material that would lose rows or betray them without a word is refused before anything starts."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.epoch_files import listed
from storage.errors import KeysError
from storage.months import BEFORE, is_due, month
from storage.root import HeldRootKey, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.epoch_files import EpochFile
    from storage.roots import Roots
    from storage.survey import Survey


@dataclass(frozen=True, slots=True)
class Soundness:
    """`epochs` is the folder of epoch secrets, `now` in seconds since the Unix epoch."""

    roots: Roots
    epochs: Path
    survey: Survey
    now: float

    def demand(self) -> None:
        """Raises KeysError with the first thing that is wrong, and StoreError."""
        for problem in self.problems():
            raise problem

    def problems(self) -> Iterator[KeysError]:
        """Everything that is wrong, each with its remedy."""
        oldest = month(self.now) - BEFORE
        if not self.epochs.exists() and self.survey.has_rows(oldest):
            yield KeysError(
                "epochs_missing",
                "the database holds rows and their epoch secrets are not here; restore the key "
                "folder of this database. If it is gone for good, nothing can open those rows: "
                f"to begin anew beside them, make the folder {self.epochs}",
            )
        try:
            yield from self._files()
        except OSError as error:
            yield KeysError("epochs_unreadable", f"{type(error).__name__}: check {self.epochs}")

    def _files(self) -> Iterator[KeysError]:
        known = {fingerprint(self.roots.present): "the root key"}
        if self.roots.previous is not None:
            known[fingerprint(self.roots.previous)] = "the previous root key"
        for file in listed(self.epochs):
            if is_due(file.epoch, self.now):
                continue
            if stat.S_IMODE(file.path.stat().st_mode) & 0o077:
                yield KeysError("epoch_mode", f"others can read it; run `chmod 0600 {file.path}`")
            try:
                _, secret = self.roots.opened(file)
            except KeysError as error:
                yield KeysError(error.code, f"{file.path}: {error.remedy}")
                continue
            yield from _repeated(known, file, secret)


def _repeated(known: dict[str, str], file: EpochFile, secret: bytes) -> Iterator[KeysError]:
    mark = fingerprint(HeldRootKey(secret))
    if mark in known:
        yield KeysError(
            "secrets_equal",
            f"{file.path} holds the same secret as {known[mark]}; one must never stand in for "
            "another: restore the right file from before it was copied",
        )
    known[mark] = file.path.name
