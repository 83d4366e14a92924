"""What opens for somebody who took the database, the keys, a list of everybody, or all of it.

`storage/README.md` says it in one sentence, and its numbers are those that are counted here.
"""

from __future__ import annotations

import hashlib
import hmac
import random
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adapters.terminal import ME
from conversations.person import Person
from storage import keys, roots
from storage.epoch_files import listed
from storage.errors import SealError
from storage.identities import Identities
from storage.lock import Locks
from storage.months import begin
from storage.root import HeldRootKey, create_root
from storage.sealing import unseal
from storage.sessions import SqlSessions
from tests.support.storage import Clock, SqlTable, a_session, forget, keep, look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conversations.person import Place
    from storage.rows import Row

NOVEMBER = begin(682) + 86_400.0
EVERYBODY = [f"U{random.Random(number).randrange(36**9):09X}" for number in range(10_000)]
TALKERS = EVERYBODY[::50]
README = Path(__file__).parents[2] / "storage" / "README.md"
SAID = re.compile(
    r"of (\d+) rows and a list of ([\d ]+) ids: the database alone links (\d+), with the keys "
    r"(\d+) open, and after the month's secret is destroyed (\d+)"
)


class Loot:
    """A copy of the database, and of the key folder as it was when it was taken."""

    def __init__(self, folder: Path) -> None:
        self.rows = {row.locator: row for row in SqlTable(f"sqlite:///{folder}/luwte.db").rows()}
        self.keys = folder / "keys"

    def opened(self, users: Iterable[str]) -> int:
        """With the keys and a list of everybody: try each name in each month."""
        return sum(_opens(self.rows, place) for user in users for place in self._places(user))

    def linked(self, users: Iterable[str]) -> int:
        """Without keys: whatever can be computed from a name, compared with all that is stored."""
        stored = {row.locator for row in self.rows.values()} | {
            row.sealed for row in self.rows.values()
        }
        starts = {value[:8] for value in stored}
        return sum(guess[:8] in starts for user in users for guess in _guesses(user))

    def _places(self, user: str) -> Iterator[Place]:
        found = roots.from_folder(self.keys)
        for file in listed(self.keys / "epochs"):
            root, secret = found.opened(file)
            key = keys.epoch_key(root, file.epoch, secret)
            yield keys.place(key, file.epoch, "slack", "T1", user)


def _opens(rows: dict[bytes, Row], place: Place) -> bool:
    row = rows.get(place.locator)
    if row is None:
        return False
    try:
        return bool(unseal(place, row.version, row.sealed))
    except SealError:
        return False


def _guesses(user: str) -> Iterator[bytes]:
    """The usual hashes of an id, and our own derivation with keys that are no secret."""
    for text in (user, user.lower(), f"slack:T1:{user}", f"T1.{user}", f"slack\0T1\0{user}"):
        for name in ("md5", "sha1", "sha256", "blake2b"):
            yield hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    for key in (bytes(32), b"person\0", keys.STATE):
        yield hmac.digest(key, keys.joined(b"slack", b"T1", user.encode()), "sha256")
    known = keys.epoch_key(HeldRootKey(bytes(32)), 682, bytes(32))
    yield keys.place(known, 682, "slack", "T1", user).locator


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """200 of 10 000 colleagues have left something."""
    create_root(tmp_path / "keys" / "root.key")
    sessions, identities = SqlSessions(f"sqlite:///{tmp_path}/luwte.db"), the_keys(tmp_path)
    for user in TALKERS:
        await sessions.visit(identities.identify("slack", "T1", user), keep(a_session(5)))
    await sessions.close()
    return tmp_path


def the_keys(folder: Path) -> Identities:
    root = roots.from_folder(folder / "keys").present
    return Identities(root, folder / "keys" / "epochs", Clock(NOVEMBER))


async def test_the_numbers_of_the_documents_are_those_that_are_counted(folder: Path) -> None:
    loot = Loot(folder)
    database_alone, with_keys = loot.linked(EVERYBODY), loot.opened(EVERYBODY)
    shutil.rmtree(folder / "keys" / "epochs")
    destroyed = Loot(folder).opened(EVERYBODY)

    said = SAID.search(" ".join(README.read_text(encoding="utf-8").split()))
    assert said is not None
    numbers = [int(number.replace(" ", "")) for number in said.groups()]
    assert numbers == [len(loot.rows), len(EVERYBODY), database_alone, with_keys, destroyed]
    assert numbers == [200, 10_000, 0, 200, 0]


async def test_the_same_comparison_would_find_an_ordinary_hash(folder: Path) -> None:
    table = SqlTable(f"sqlite:///{folder}/luwte.db")
    careless = hashlib.sha256(TALKERS[0].encode()).digest()
    table.change(table.rows()[0].locator, sealed=careless)

    assert Loot(folder).linked(EVERYBODY) == 1


async def test_keys_without_the_list_and_the_list_without_the_keys_open_nothing(
    folder: Path,
) -> None:
    loot = Loot(folder)
    strangers = [user for user in EVERYBODY if user not in TALKERS]
    assert loot.opened(strangers) == 0

    (folder / "keys" / "root.key").unlink()
    create_root(folder / "keys" / "root.key")
    other = roots.from_folder(folder / "keys").present
    places = (
        keys.place(keys.epoch_key(other, 682, file.path.read_bytes()[13:45]), 682, "slack", "T1", u)
        for file in listed(folder / "keys" / "epochs")
        for u in TALKERS
    )
    assert sum(_opens(loot.rows, place) for place in places) == 0


async def test_in_a_terminal_the_folder_alone_opens_the_notes_and_a_lock_keeps_it_out(
    tmp_path: Path,
) -> None:
    """The id at a keyboard is no secret: it is the same for everybody."""
    create_root(tmp_path / "keys" / "root.key")
    database = f"sqlite:///{tmp_path}/luwte.db"
    sessions, identities = SqlSessions(database), the_keys(tmp_path)
    who = (ME.platform, ME.tenant, ME.user)
    await sessions.visit(identities.identify(*who), keep(a_session(5)))
    thief = the_keys(tmp_path).identify(*who).places

    def opened() -> int:
        rows = {row.locator: row for row in SqlTable(database).rows()}
        assert len(rows) == 1
        return sum(_opens(rows, place) for place in thief)

    assert opened() == 1
    locks = Locks(identities, Clock(NOVEMBER))
    behind = await locks.unlock(*who, locks.propose(*who)[0])
    locks.close()
    assert behind is not None
    moving = Person(home=behind.person.home, places=identities.identify(*who).places)
    await sessions.visit(moving, keep(a_session(5)))
    await sessions.close()
    assert opened() == 0


async def test_two_organisations_with_the_same_ids_never_meet(folder: Path) -> None:
    sessions, identities = SqlSessions(f"sqlite:///{folder}/luwte.db"), the_keys(folder)
    others = [identities.identify("slack", "T2", user) for user in TALKERS]
    others += [identities.identify("teams", "T1", user) for user in TALKERS]

    for person in others:
        assert (await sessions.visit(person, look)).session is None
        await sessions.visit(person, forget)
        await sessions.visit(person, keep(a_session(9)))
        await sessions.visit(person, forget)
    mine = [
        await sessions.visit(identities.identify("slack", "T1", user), look) for user in TALKERS
    ]
    await sessions.close()

    assert [turn.session.turn for turn in mine if turn.session] == [5] * len(TALKERS)
