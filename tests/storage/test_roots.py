"""A new root key beside the old one: taken up with the next month, and the old one goes with its last."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import destruction, roots
from storage.epoch_files import listed
from storage.epochs import Epochs
from storage.errors import KeysError
from storage.root import HeldRootKey, create_root, fingerprint, read_root
from storage.roots import Roots
from tests.support.storage import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = 86_400.0


def moment(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


NOVEMBER, DECEMBER = moment("2026-11-24 12:00"), moment("2026-12-02 12:00")
SOON_GONE, GONE = moment("2027-03-07 23:59"), moment("2027-03-08 00:01")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    create_root(tmp_path / roots.PRESENT)
    return tmp_path


def epochs(keys: Path, clock: Clock) -> Epochs:
    return Epochs(partial(roots.from_folder, keys), keys / "epochs", clock)


def names(keys: Path) -> set[str]:
    return {path.name for path in keys.iterdir()}


def test_after_a_rotation_both_root_keys_are_there_and_private(keys: Path) -> None:
    old = fingerprint(read_root(keys / "root.key"))

    roots.rotate(keys)

    found = roots.from_folder(keys)
    assert found.previous is not None
    assert fingerprint(found.previous) == old != fingerprint(found.present)
    modes = {stat.S_IMODE((keys / name).stat().st_mode) for name in names(keys)}
    assert (names(keys), modes) == ({"root.key", "root.previous.key"}, {0o400})


def test_the_present_month_stays_under_the_old_root_and_the_next_begins_under_the_new(
    keys: Path,
) -> None:
    clock = Clock(NOVEMBER)
    running = epochs(keys, clock)
    november = running.usable("slack", "T1")
    roots.rotate(keys)
    assert epochs(keys, clock).usable("slack", "T1") == november

    clock.seconds = DECEMBER
    both = running.usable("slack", "T1")

    assert both[1:] == november
    assert both == epochs(keys, clock).usable("slack", "T1")
    found = roots.from_folder(keys)
    under = [found.opened(file)[0] for file in listed(keys / "epochs")]
    assert under == [found.previous, found.present]


def test_a_process_that_has_not_noticed_means_the_same_file(keys: Path) -> None:
    """Its clock stands still, so it rechecks nothing: it opens what the other made all the same."""
    clock = Clock(NOVEMBER)
    unaware = epochs(keys, clock)
    roots.rotate(keys)

    made = epochs(keys, clock).usable("slack", "T1")

    assert unaware.usable("slack", "T1") == made
    assert len(list((keys / "epochs").iterdir())) == 1


def test_the_old_root_goes_with_the_last_epoch_that_needs_it(keys: Path) -> None:
    clock = Clock(NOVEMBER)
    running = epochs(keys, clock)
    running.usable("slack", "T1")
    roots.rotate(keys)
    clock.seconds = DECEMBER
    running.usable("slack", "T1")

    assert destruction.destroy_due(keys, SOON_GONE) == destruction.Destroyed(0, root=False)
    assert destruction.destroy_due(keys, GONE) == destruction.Destroyed(1, root=True)

    assert names(keys) == {"root.key", "epochs"}
    assert [epoch for epoch, _ in epochs(keys, clock).usable("slack", "T1")] == [683]


def test_an_old_root_that_nothing_needs_stays_for_a_day(keys: Path) -> None:
    roots.rotate(keys)
    rotated = (keys / roots.PREVIOUS).stat().st_ctime

    assert not destruction.destroy_due(keys, rotated + DAY - 1).root
    assert destruction.destroy_due(keys, rotated + DAY).root
    assert names(keys) == {"root.key"}


def test_after_a_second_rotation_organisations_are_still_named_alike(keys: Path) -> None:
    roots.rotate(keys)
    before = epochs(keys, Clock(NOVEMBER)).usable("slack", "T1")
    destruction.destroy_due(keys, (keys / roots.PREVIOUS).stat().st_ctime + DAY)

    roots.rotate(keys)

    assert epochs(keys, Clock(NOVEMBER)).usable("slack", "T1") == before


def test_while_an_older_root_is_needed_there_is_no_new_one(keys: Path) -> None:
    roots.rotate(keys)
    held = {name: (keys / name).read_bytes() for name in names(keys)}

    with pytest.raises(KeysError, match="still needed") as caught:
        roots.rotate(keys)

    assert caught.value.code == "root_previous"
    assert {name: (keys / name).read_bytes() for name in names(keys)} == held


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", ["before the link", "before the switch", "after the switch"])
def test_killed_at_any_step_nothing_is_lost_and_once_more_finishes_it(
    keys: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = epochs(keys, Clock(NOVEMBER)).usable("slack", "T1")

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        match step:
            case "before the link":
                patch.setattr(os, "link", _link_all_but("root.previous.key"))
            case "before the switch":
                patch.setattr(Path, "replace", kill)
            case _:
                patch.setattr(roots, "sync_folder", _second_time(kill))
        with pytest.raises(Killed):
            roots.rotate(keys)

    assert epochs(keys, Clock(NOVEMBER)).usable("slack", "T1") == before
    if step != "after the switch":
        assert roots.from_folder(keys).previous is None
        roots.rotate(keys)
    assert roots.from_folder(keys).previous is not None
    assert names(keys) == {"root.key", "root.previous.key", "epochs"}
    assert epochs(keys, Clock(NOVEMBER)).usable("slack", "T1") == before


def _link_all_but(name: str) -> Callable[..., None]:
    own = os.link

    def link(source: Path, target: Path) -> None:
        if Path(target).name == name:
            raise Killed
        own(source, target)

    return link


def _second_time(kill: Callable[..., None]) -> Callable[[Path], None]:
    calls = iter(range(2))

    def sync(_: Path) -> None:
        if next(calls) == 1:
            kill()

    return sync


def test_a_copy_of_the_root_key_is_no_previous_one(keys: Path) -> None:
    shutil.copy(keys / "root.key", keys / "root.previous.key")

    with pytest.raises(KeysError, match="remove the copy") as caught:
        roots.from_folder(keys)

    assert caught.value.code == "roots_equal"


def test_a_root_key_that_was_put_in_place_by_hand_is_refused(keys: Path) -> None:
    (keys / "root.key").rename(keys / "root.previous.key")
    create_root(keys / "root.key")

    with pytest.raises(KeysError, match="rotate-root") as caught:
        roots.from_folder(keys)

    assert caught.value.code == "roots_strange"


def test_a_previous_root_key_that_others_can_read_is_refused(keys: Path) -> None:
    roots.rotate(keys)
    (keys / "root.previous.key").chmod(0o444)

    with pytest.raises(KeysError, match="chmod"):
        roots.from_folder(keys)


def test_systemd_hands_over_both(keys: Path) -> None:
    roots.rotate(keys)
    (keys / "root.key").rename(keys / "luwte-root")
    environment = {"CREDENTIALS_DIRECTORY": str(keys)}
    assert roots.from_credentials(environment).previous is None

    (keys / "root.previous.key").rename(keys / "luwte-root-previous")

    assert roots.from_credentials(environment).previous is not None


def test_a_fingerprint_tells_two_root_keys_apart_and_nothing_else() -> None:
    assert fingerprint(HeldRootKey(bytes(32))) == "24287f2be995d6c1"
    assert fingerprint(HeldRootKey(bytes(31) + b"1")) != fingerprint(HeldRootKey(bytes(32)))


def test_a_root_key_of_a_key_service_need_not_be_a_file() -> None:
    class Service:
        def derive(self, label: bytes) -> bytes:
            return HeldRootKey(bytes(32)).derive(label)

    assert Roots(Service()).previous is None
