"""The life of keys from the command line: made, shown, rotated, and destroyed with a proof."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from bot import destroying, keys, keystatus, wiring
from bot.__main__ import main
from bot.errors import SettingsError
from storage.epoch_files import listed
from storage.epochs import RECHECK
from storage.errors import KeysError
from storage.identities import Identities
from storage.months import begin
from storage.sessions import SqlSessions
from storage.survey import Survey
from tests.support.postgres import postgres_server, postgres_url
from tests.support.storage import Clock, a_session, keep, look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["postgres_server", "postgres_url"]

NOW = begin(682) + 86_400.0
SAFE = "Nothing is wrong with the keys."

CONFIG = """
[organisations.mill]
operator = "bureau"
slack_team = "T1"
[organisations.yard]
operator = "bureau"
slack_team = "T2"
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "luwte.toml").write_text(CONFIG, encoding="utf-8")
    made = {"LUWTE_DATA": str(tmp_path), "LUWTE_CONFIG": str(tmp_path / "luwte.toml")}
    assert main(["keys", "init"], made) == 0
    return made


def identities(tmp_path: Path, now: float = NOW) -> Identities:
    return Identities(
        wiring.root_keys(tmp_path / "keys", {}), tmp_path / "keys" / "epochs", Clock(now)
    )


async def talk(tmp_path: Path, url: str | None = None, now: float = NOW) -> None:
    """Ten people of each organisation leave something."""
    sessions, known = (
        SqlSessions(url or f"sqlite:///{tmp_path}/luwte.db"),
        identities(tmp_path, now),
    )
    for team in ("T1", "T2"):
        for number in range(10):
            person = known.identify("slack", team, f"U{number}")
            await sessions.visit(person, keep(a_session(5)))
    await sessions.close()


async def found(tmp_path: Path, team: str) -> int:
    """How many of the ten still have what they left."""
    sessions, known = SqlSessions(f"sqlite:///{tmp_path}/luwte.db"), identities(tmp_path)
    turns = [
        await sessions.visit(known.identify("slack", team, f"U{number}"), look)
        for number in range(10)
    ]
    await sessions.close()
    return sum(turn.session is not None for turn in turns)


def page(env: Mapping[str, str], now: float = NOW) -> list[str]:
    return keystatus.look(env, now).lines()


def test_the_page_of_a_new_installation_says_so(env: dict[str, str], tmp_path: Path) -> None:
    lines = page(env)

    assert lines[0].startswith(f"Root key              {tmp_path}/keys/root.key, mode 0400, ")
    assert lines[1:3] == ["Previous root key     none", "Epoch secrets         none yet"]
    assert lines[-1] == SAFE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys", "luwte.toml"]


async def test_the_page_names_every_organisations_months_and_their_last_day(
    env: dict[str, str], tmp_path: Path
) -> None:
    await talk(tmp_path)
    identities(tmp_path).identify("slack", "TELSEWHERE", "U1")

    lines = page(env)

    table = [line.split()[0:1] + line.split()[-3:] for line in lines if "2026-11" in line][:3]
    told = ["2026-11", "present", "2027-03-08"]
    assert sorted(table) == [["(not", *told], ["mill", *told], ["yard", *told]]
    assert "Rows by month         2026-11: 20" in lines
    assert "Erased rows           overwritten in the file (SQLite, secure_delete on)" in lines
    assert lines[-1] == SAFE
    assert not any("T1" in line or "TELSEWHERE" in line for line in lines)


async def test_on_postgresql_the_page_says_what_erasing_means_there(
    env: dict[str, str], tmp_path: Path, postgres_url: str
) -> None:
    await talk(tmp_path, postgres_url)

    lines = page({**env, "LUWTE_DATABASE": postgres_url})

    assert "Rows by month         2026-11: 20" in lines
    assert any("until their month's secret is destroyed" in line for line in lines)
    assert not any("postgres@" in line for line in lines)


@pytest.mark.parametrize("wrong", ["mode", "late", "strange root"])
async def test_what_is_wrong_stands_on_the_page_and_in_the_exit_status(
    env: dict[str, str], tmp_path: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk(tmp_path)
    now = NOW
    match wrong:
        case "mode":
            listed(tmp_path / "keys/epochs")[0].path.chmod(0o644)
        case "late":
            now = begin(690)
        case _:
            (tmp_path / "keys/root.key").unlink()
            (tmp_path / "keys/root.key").write_bytes(os.urandom(32))
            (tmp_path / "keys/root.key").chmod(0o400)

    assert keys.status(env, lambda: now) == 1

    said = capsys.readouterr().out
    assert "WRONG: " in said
    assert SAFE not in said


def test_the_page_without_a_root_key_is_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "status"], {"LUWTE_DATA": str(tmp_path)}) == 2
    assert "luwte keys init" in capsys.readouterr().err


async def test_after_a_rotation_the_page_shows_both_and_which_month_is_whose(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk(tmp_path)

    assert main(["keys", "rotate-root"], env) == 0
    await talk(tmp_path, now=begin(683))
    lines = page(env, begin(683))

    assert "root.previous.key, mode 0400, fingerprint " in lines[1]
    assert [line.split()[-2] for line in lines if line.startswith("  mill")] == [
        "previous",
        "present",
    ]
    assert lines[-1] == SAFE
    assert main(["keys", "rotate-root"], env) == 2
    assert "still needed" in capsys.readouterr().err


async def test_a_root_key_is_not_made_beside_secrets_that_it_would_not_open(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk(tmp_path)
    (tmp_path / "keys/root.key").unlink()

    assert main(["keys", "init"], env) == 2
    assert "restore that root key" in capsys.readouterr().err


def test_a_credential_is_rotated_by_systemd(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys/root.key").rename(tmp_path / "luwte-root")
    by_systemd = {**env, "CREDENTIALS_DIRECTORY": str(tmp_path)}

    assert main(["keys", "status"], by_systemd) == 0
    assert f"{tmp_path}/luwte-root, mode 0400" in capsys.readouterr().out
    assert main(["keys", "rotate-root"], by_systemd) == 2
    assert "systemd-creds" in capsys.readouterr().err


def destroy(
    env: Mapping[str, str],
    label: str | None = None,
    ask: Callable[[str], str] | None = None,
    waited: list[float] | None = None,
) -> int:
    wait = (waited if waited is not None else []).append
    return destroying.destroy_epoch(env, "2026-11", label, ask=ask, wait=wait, clock=lambda: NOW)


async def test_a_destroyed_month_is_proved_to_open_no_more(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk(tmp_path)
    waited: list[float] = []

    assert destroy(env, waited=waited) == 0

    said = capsys.readouterr().out
    assert "2 epoch secret(s) of 2026-11 destroyed." in said
    assert "Rows made for this proof: 2; opened before: 2." in said
    assert "Tried again with each of the 0 secret(s) that are left: 0 opened." in said
    assert "Other rows of 2026-11 in the database: 20." in said
    assert said.endswith("Proved.\n")
    assert waited == [65.0]
    assert waited[0] > RECHECK
    assert [await found(tmp_path, team) for team in ("T1", "T2")] == [0, 0]
    assert Survey(f"sqlite:///{tmp_path}/luwte.db").rows() == {682: 20}, "the witnesses are gone"


async def test_one_organisations_month_can_go_alone(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk(tmp_path)

    assert destroy(env, "mill") == 0

    assert "with each of the 1 secret(s) that are left: 0 opened." in capsys.readouterr().out
    assert [await found(tmp_path, team) for team in ("T1", "T2")] == [0, 10]


async def test_a_secret_that_somebody_put_back_meanwhile_is_no_proof(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk(tmp_path)
    shutil.copytree(tmp_path / "keys/epochs", tmp_path / "copy")

    def put_back(_: float) -> None:
        shutil.copytree(tmp_path / "copy", tmp_path / "keys/epochs", dirs_exist_ok=True)

    outcome = destroying.destroy_epoch(
        env, "2026-11", None, ask=None, wait=put_back, clock=lambda: NOW
    )

    assert outcome == 1
    assert "2 opened.\n" in capsys.readouterr().out


async def test_without_a_database_it_is_destroyed_and_not_proved(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await talk(tmp_path)
    broken = {**env, "LUWTE_DATABASE": "postgresql://127.0.0.1:1/nowhere"}

    assert destroy(broken) == 1

    assert "NOT proved" in capsys.readouterr().out
    assert listed(tmp_path / "keys/epochs") == []


@pytest.mark.parametrize("answer", ["", "ja", "2026-10", None])
async def test_another_answer_than_the_month_destroys_nothing(
    env: dict[str, str], tmp_path: Path, answer: str | None
) -> None:
    await talk(tmp_path)

    def ask(_: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    with pytest.raises(SettingsError, match="nothing was destroyed"):
        destroy(env, ask=ask)

    assert await found(tmp_path, "T1") == 10
    assert destroy(env, ask=lambda _: "2026-11 ") == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["2026-10", "--yes"], 1),
        (["November", "--yes"], 2),
        (["2026-11", "--yes", "--organisation", "nowhere"], 2),
    ],
)
async def test_where_there_is_nothing_to_destroy_it_says_so(
    env: dict[str, str], tmp_path: Path, arguments: list[str], status: int
) -> None:
    await talk(tmp_path)

    assert main(["keys", "destroy-epoch", *arguments], env) == status
    assert await found(tmp_path, "T1") == 10


def test_the_purge_destroys_what_is_late(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(talk(tmp_path, now=begin(600)))

    assert main(["purge"], env) == 0

    assert "2 epoch secret(s) destroyed on their date." in capsys.readouterr().out
    assert listed(tmp_path / "keys/epochs") == []


async def test_a_house_is_not_opened_on_unsound_keys(env: dict[str, str], tmp_path: Path) -> None:
    await talk(tmp_path)
    shutil.rmtree(tmp_path / "keys/epochs")

    with pytest.raises(KeysError, match="restore the key folder"):
        wiring.house(
            database=f"sqlite:///{tmp_path}/luwte.db",
            keys=tmp_path / "keys",
            organisations={},
            clock=lambda: NOW,
            env=env,
        )
