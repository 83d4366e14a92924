"""What the server keeps for itself: sealed, found by its label, and taken along by a new root key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from conversations.errors import StoreError
from storage import roots, vault
from storage.database import engine
from storage.errors import SealError
from storage.root import HeldRootKey, create_root
from storage.roots import Roots
from storage.tables import vault as table
from storage.vault import SqlVault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROOT = HeldRootKey(bytes(range(32)))
NAME = "29e0304eaf2ad6ce94d3b71170f80cb3"
LABEL, TOKEN = "slack/token/T0INVENTED", b"xoxb-an-invented-token"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/luwte.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


def rows(url: str) -> list[tuple[bytes, bytes]]:
    with engine(url).connect() as connection:
        found = connection.execute(select(table.c.label, table.c.sealed))
        return [(bytes(name), bytes(sealed)) for name, sealed in found]


def always(root: HeldRootKey) -> Callable[[], Roots]:
    return lambda: Roots(root)


async def test_what_was_put_last_is_found_and_nothing_else(url: str) -> None:
    kept = SqlVault(url, always(ROOT))

    assert await kept.get(LABEL) is None
    await kept.put(LABEL, b"an older one")
    await kept.put(LABEL, TOKEN)
    await kept.put("another label", b"")

    assert await kept.get(LABEL) == TOKEN
    assert await kept.get("another label") == b""
    await kept.put(LABEL, None)
    assert await kept.get(LABEL) is None


async def test_the_database_shows_neither_label_nor_value_nor_its_length(url: str) -> None:
    kept = SqlVault(url, always(ROOT))
    await kept.put(LABEL, TOKEN)
    await kept.put("short", b"x")

    found = rows(url)

    assert {len(sealed) for _, sealed in found} == {vault.SEALED}
    assert b"xoxb" not in b"".join(part for row in found for part in row)
    assert b"slack" not in b"".join(part for row in found for part in row)


async def test_another_root_key_finds_nothing(url: str) -> None:
    await SqlVault(url, always(ROOT)).put(LABEL, TOKEN)

    assert await SqlVault(url, always(HeldRootKey(bytes(32)))).get(LABEL) is None


async def test_a_value_moves_to_the_new_root_key_when_it_is_looked_at(
    url: str, tmp_path: Path
) -> None:
    create_root(tmp_path / roots.PRESENT)
    kept = SqlVault(url, lambda: roots.from_folder(tmp_path))
    await kept.put(LABEL, TOKEN)
    (before,) = rows(url)

    roots.rotate(tmp_path)

    assert await kept.get(LABEL) == TOKEN
    (after,) = rows(url)
    assert after[0] != before[0]
    assert await SqlVault(url, lambda: Roots(roots.from_folder(tmp_path).present)).get(LABEL) == (
        TOKEN
    )


def test_a_value_opens_under_its_own_label_only() -> None:
    sealed = vault.seal(ROOT, LABEL, TOKEN)

    assert vault.unseal(ROOT, LABEL, sealed) == TOKEN
    for label, changed in (("other", sealed), (LABEL, sealed[:-1] + b"\0"), (LABEL, sealed[:-1])):
        with pytest.raises(SealError, match="unopened"):
            vault.unseal(ROOT, label, changed)


def test_what_is_too_long_is_refused() -> None:
    vault.seal(ROOT, LABEL, bytes(1020))
    with pytest.raises(SealError, match="too_long"):
        vault.seal(ROOT, LABEL, bytes(1021))


def test_a_value_sealed_by_an_earlier_version_still_opens() -> None:
    written = bytes.fromhex(VECTOR)

    assert vault.unseal(ROOT, "a label", written) == b"a value"
    assert vault.name_of(ROOT, "a label").hex() == NAME


async def test_a_database_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    broken = SqlVault(f"sqlite:///{tmp_path}", always(ROOT))

    with pytest.raises(StoreError):
        await broken.get(LABEL)


VECTOR = (
    "01000102030405060708090a0b4d3161db704f19fa664b9a5a7183ce35346bfd91394dae5416fc69"
    "4aad3ce1ca85d3767a87158d380e9f033ca6b5ed4913e0a535d5ef9ed7d6fcab2cd30c5456e48473"
    "fe18352bf8fd8bb51486be13cc5e5b36c33e74b79fd964450d4f8435277cfbfc59587e9fa40320ed"
    "6b558b88e2cde2d2934e894bb1e58aedeff4d87845c59abb7972d6a29c33c90c4803ae357503cf3d"
    "6a9935e8261d11986ef6fa9a2d8fd46a3f022f7224534b2e4d6d78eceb98b3ab399032ff98278cf3"
    "28d203096b9f5d9a2a03984c06dd856932ed90c0b8594f447e9b32982459b9f343e87efe20c5c814"
    "cd5653194eb4bc001d2d540fa8ee00728f9a7291d3e4f1b48efe473657006a5dd20b5bdc98e10ebe"
    "ce80190f49bf5215f2d8bb8a2bc7fea55e5e0902b4daec78b610c710819576fb3514202a8b304baa"
    "2ac2615d0b7bf9ba02522649cdd1458c4d7856afcb4ed2c64696800315841330d7a05af5b9179dba"
    "9303da7e0e23075cd5bfe7d80a7219f4cde74e51b596fc288a064cdf0dbcd4f807b63f1f3e9f9faa"
    "19db2e64fc03002ce29568ba24e214038ab5c67866425c8f23f1631e77f3ff71a1fb970346d5db30"
    "383d96fea4ce0310780cca4611b57aa9ff7e145aa12b5d3a7ffb134694bec9c77fa629248b3f4ce7"
    "91c864890e24c9a2f4c6d387c1e925f21bff248752bc17a40ae0bded0a5a06900c63933d4c9dd85c"
    "cb9b93cbecbb877197e9fa459ac6410603cd32f11e2889269f432b0a01b87b2017a5b712889b925d"
    "12d133f3865de327ed2879d135ac9d3cb9c724986c28fa5b874d1fd8072819b7e90605a346b423c3"
    "ac7ff70a15389b5d300e2e28c26e44661431c1d4f753d3f8b6f7f96ba3201e017b9e79bb717fba33"
    "eed58f57761c401c90ed629db7d4b282bf10267b83cde367f8234e9427d3a61667455ab1d0e096e8"
    "cab45afdcd8d473bf5617c22cc6e16354a52c9aa2c5df249d9c51905b0260b5a224343c13b617549"
    "f736f5ca258712ef1fed7979cee1b152df66bfc46cac0887643ee2a3607f15716c10262869460984"
    "d9bd9d572d723334b842c23d1f7e2a1effd251ea605184ea8f45d780f9410fcf816cc0a335e15d50"
    "17d012fca08d5cf403bb37bab7784d28cc77c704945417575e24070e90714e5155a3c30729753fd0"
    "afa661e0932f2c27fa1ec986ac8d3e7f8a0503efb83005e5079dfe8f72265b41e9cec02f105e076e"
    "3bf804684aca4fc1061c633a58f9b3d8dd3146267159998870b83242831d3d7890cf59eb9343ae59"
    "c9cebb7bafe2e6e2aa7fc757a0e5f1ee58e7018b6e026ca3eb5f2213f1ec821622b04c0eaea846a9"
    "6c459b1b7651226d13e6e7f1f9216e8983b49aaa70f5e97d81091662248aa7df9aa4ca35d4929c6f"
    "aebb2553cbaf23be0d6695fc18b0039f01bec6685b792eef710ec9cb49ee390cc27867453fe8ed08"
    "25672db12b5f283010b136dac0"
)
