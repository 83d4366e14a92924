"""What is refused before anything starts, with its remedy."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from storage import keys, roots
from storage.epoch_files import at
from storage.errors import KeysError
from storage.identities import Identities
from storage.months import begin
from storage.root import create_root, read_root
from storage.sessions import SqlSessions
from storage.soundness import Soundness
from storage.survey import Survey
from tests.support.storage import Clock, a_session, keep, look

if TYPE_CHECKING:
    from pathlib import Path

NOW = begin(682) + 86_400.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A key folder of an organisation, with its November."""
    create_root(tmp_path / "keys" / "root.key")
    root = read_root(tmp_path / "keys" / "root.key")
    Identities(root, tmp_path / "keys" / "epochs", Clock(NOW)).identify("slack", "T1", "U1")
    return tmp_path / "keys"


def problems(folder: Path, now: float = NOW) -> list[str]:
    survey = Survey(f"sqlite:///{folder.parent / 'luwte.db'}")
    found = Soundness(roots.from_folder(folder), folder / "epochs", survey, now)
    return [problem.code for problem in found.problems()]


async def a_row(folder: Path, now: float = NOW) -> None:
    sessions = SqlSessions(f"sqlite:///{folder.parent / 'luwte.db'}")
    read = read_root(folder / "root.key")
    person = Identities(read, folder / "epochs", Clock(now)).identify("slack", "T1", "U1")
    await sessions.visit(person, keep(a_session(5)))
    await sessions.close()


def the_file(folder: Path) -> Path:
    (path,) = (folder / "epochs").iterdir()
    return path


async def test_a_sound_installation_has_nothing_wrong(folder: Path) -> None:
    assert problems(folder) == []
    await a_row(folder)
    assert problems(folder) == []
    roots.rotate(folder)
    assert problems(folder) == []


def test_a_new_installation_has_nothing_wrong(tmp_path: Path) -> None:
    create_root(tmp_path / "keys" / "root.key")

    assert problems(tmp_path / "keys") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys"], (
        "nothing is made by looking"
    )


async def test_a_database_without_its_epoch_folder_is_refused(folder: Path) -> None:
    await a_row(folder)
    shutil.rmtree(folder / "epochs")

    survey = Survey(f"sqlite:///{folder.parent / 'luwte.db'}")
    with pytest.raises(KeysError, match="restore the key folder") as caught:
        Soundness(roots.from_folder(folder), folder / "epochs", survey, NOW).demand()

    assert caught.value.code == "epochs_missing"
    (folder / "epochs").mkdir()
    assert problems(folder) == [], "made by hand, it begins anew on purpose"


async def test_rows_that_nobody_looks_for_any_more_ask_for_no_secret(folder: Path) -> None:
    await a_row(folder)
    shutil.rmtree(folder / "epochs")

    assert problems(folder, begin(686)) == []


def test_a_root_key_that_did_not_make_the_epochs_is_refused(folder: Path) -> None:
    (folder / "root.key").unlink()
    create_root(folder / "root.key")

    assert problems(folder) == ["epoch_unopened"]
    assert problems(folder, begin(690)) == [], "what is due goes by itself"


def test_an_epoch_secret_that_others_can_read_is_refused(folder: Path) -> None:
    the_file(folder).chmod(0o640)

    assert problems(folder) == ["epoch_mode"]


@pytest.mark.parametrize("other", ["another month", "another organisation", "the root key"])
def test_one_secret_in_two_places_is_refused(folder: Path, other: str) -> None:
    root = read_root(folder / "root.key")
    tag = keys.organisation_tag(root, "slack", "T1")
    secret = keys.unwrap(root, tag, 682, the_file(folder).read_bytes())
    if other == "the root key":
        secret = (folder / "root.key").read_bytes()
    there, epoch = (bytes(16), 682) if other == "another organisation" else (tag, 681)
    path = at(folder / "epochs", there, epoch).path
    path.write_bytes(keys.wrap(root, there, epoch, secret, bytes(12)))
    path.chmod(0o600)

    assert problems(folder) == ["secrets_equal"]


async def test_a_restored_backup_whose_epoch_was_destroyed_opens_nothing(folder: Path) -> None:
    database, backup = folder.parent / "luwte.db", folder.parent / "backup.db"
    await a_row(folder)
    shutil.copy(database, backup)
    the_file(folder).unlink()
    shutil.copy(backup, database)

    assert problems(folder) == []
    sessions = SqlSessions(f"sqlite:///{database}")
    person = Identities(read_root(folder / "root.key"), folder / "epochs", Clock(NOW))
    turn = await sessions.visit(person.identify("slack", "T1", "U1"), look)
    await sessions.close()

    assert turn.session is None
    assert Survey(f"sqlite:///{database}").rows() == {682: 1}, "the row is there, and shut"
