"""The root key: where it may come from, and what is refused."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from storage.errors import KeysError
from storage.root import HeldRootKey, create_root, read_credential, read_root

if TYPE_CHECKING:
    from pathlib import Path

SECRET = bytes(range(32))


def a_key_file(path: Path, mode: int = 0o400, secret: bytes = SECRET) -> Path:
    path.write_bytes(secret)
    path.chmod(mode)
    return path


def test_every_label_has_its_own_key_by_rfc_5869() -> None:
    root = HeldRootKey(SECRET)

    assert root.derive(b"luwte/wrap/v1").hex() == (
        "f019acb3d62e8f2296a073c1a56c9b27096c59433ffacd4a334626641f741dbd"
    )
    assert root.derive(b"luwte/wrap/v1") != root.derive(b"luwte/wrap/v2")


def test_a_root_key_never_shows_itself() -> None:
    root = HeldRootKey(SECRET)

    assert repr(root) == str(root) == "<root key>"
    assert not hasattr(root, "__dict__")


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_file_for_its_owner_alone_is_read(tmp_path: Path, mode: int) -> None:
    found = read_root(a_key_file(tmp_path / "root.key", mode))

    assert found.derive(b"x") == HeldRootKey(SECRET).derive(b"x")


@pytest.mark.parametrize("mode", [0o404, 0o440, 0o420, 0o602, 0o644, 0o660, 0o700, 0o401])
def test_a_file_with_a_wider_mode_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    path = a_key_file(tmp_path / "root.key", mode)

    with pytest.raises(KeysError, match=f"chmod 0400 {path}") as caught:
        read_root(path)

    assert caught.value.code == "root_mode"


@pytest.mark.parametrize("secret", [b"", SECRET[:31], SECRET + b"\n", SECRET * 2])
def test_a_file_of_another_size_is_refused(tmp_path: Path, secret: bytes) -> None:
    with pytest.raises(KeysError, match="exactly 32 bytes") as caught:
        read_root(a_key_file(tmp_path / "root.key", secret=secret))

    assert caught.value.code == "root_size"


@pytest.mark.parametrize("secret", [b"", SECRET[:31], SECRET + b"\n"])
def test_a_held_key_of_another_size_is_refused(secret: bytes) -> None:
    with pytest.raises(KeysError):
        HeldRootKey(secret)


def test_a_missing_file_is_never_made_silently(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match="luwte keys init") as caught:
        read_root(tmp_path / "root.key")

    assert caught.value.code == "root_unreadable"
    assert list(tmp_path.iterdir()) == []


def test_a_new_root_key_is_whole_private_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "root.key"

    create_root(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.stat().st_size == 32
    assert list(path.parent.iterdir()) == [path]
    assert read_root(path).derive(b"x") == read_root(path).derive(b"x")


def test_two_new_root_keys_differ(tmp_path: Path) -> None:
    create_root(tmp_path / "one")
    create_root(tmp_path / "two")

    assert (tmp_path / "one").read_bytes() != (tmp_path / "two").read_bytes()


def test_a_root_key_is_never_replaced(tmp_path: Path) -> None:
    path = a_key_file(tmp_path / "root.key")

    with pytest.raises(KeysError, match="never replaced"):
        create_root(path)

    assert path.read_bytes() == SECRET
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_takes_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(KeysError, match="check the folder") as caught:
        create_root(tmp_path / "file" / "root.key")

    assert caught.value.code == "root_unwritable"


@pytest.mark.parametrize("mode", [0o400, 0o440])
def test_a_systemd_credential_is_read(tmp_path: Path, mode: int) -> None:
    a_key_file(tmp_path / "luwte.root", mode)

    found = read_credential("luwte.root", {"CREDENTIALS_DIRECTORY": str(tmp_path)})

    assert found.derive(b"x") == HeldRootKey(SECRET).derive(b"x")


def test_a_credential_that_everybody_can_read_is_refused(tmp_path: Path) -> None:
    a_key_file(tmp_path / "luwte.root", 0o444)

    with pytest.raises(KeysError):
        read_credential("luwte.root", {"CREDENTIALS_DIRECTORY": str(tmp_path)})


def test_without_systemd_there_is_no_credential() -> None:
    with pytest.raises(KeysError, match=r"LoadCredentialEncrypted=luwte\.root"):
        read_credential("luwte.root", {})
