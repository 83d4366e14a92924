"""`luwte coach`: who is invited, what is refused with its reason, and what the list tells."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from storage.database import TURN_WAITS
from tests.support.cases import World, send

if TYPE_CHECKING:
    from pathlib import Path

CODE = re.compile(r"[0-9a-z]{4}-[0-9a-z]{5}-[0-9a-z]{4}")
INVITE = ["coach", "invite", "--for", "default", "--name", "Carla", "--knows", "Werk en richting"]


@pytest.fixture
def env(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    made = {"LUWTE_DATA": str(tmp_path), "LUWTE_OPERATOR": "bureau", "LUWTE_SLACK_TEAM": "TBUREAU"}
    assert main(["keys", "init"], made) == 0
    capsys.readouterr()
    return made


def test_a_code_is_printed_and_the_invitation_is_listed_until_it_is_taken_back(
    env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*INVITE, "--notices", "slack"], env) == 0
    code = CODE.search(capsys.readouterr().out)
    assert code is not None

    assert main(["coach", "list"], env) == 0
    listed = capsys.readouterr().out
    assert "Carla  (invited" in listed
    assert code[0] not in listed

    assert main(["coach", "remove", listed[:8]], env) == 0
    capsys.readouterr()
    assert main(["coach", "list"], env) == 0
    assert "No coach is registered" in capsys.readouterr().out


def test_a_command_waits_for_the_file_longer_than_a_turn_may(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["coach", "list"], env) == 0
    other = sqlite3.connect(tmp_path / "luwte.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(TURN_WAITS / 1_000 + 0.5, other.rollback)
    release.start()

    assert main([*INVITE, "--notices", "slack"], env) == 0
    release.join()
    other.close()

    assert CODE.search(capsys.readouterr().out) is not None


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (["--notices", "email:carla@example.org"], "a place for notices only"),
        (["--notices", "email:nobody", "--desk", "slack"], "email:NAME@EXAMPLE.ORG"),
        (["--notices", "teams", "--desk", "slack"], "the same as --desk"),
        (["--notices", "teams"], "no organisation here is in teams"),
        (["--notices", "slack-channel:general"], "slack-channel:C0123ABCD"),
        (["--notices", "slack-channel:E0123ABCD/C0123ABCD"], "slack-channel:T0123ABCD/C0123ABCD"),
        (["--notices", "slack", "--for", "default,mill"], "not an organisation here: mill"),
        (["--notices", "slack", "--languages", "de"], "--languages"),
        (["--notices", "slack", "--answers-within", "0"], "working days"),
        (["--notices", "slack", "--name", "Carla\nde Wit"], "--name: one line"),
    ],
)
def test_an_invitation_that_could_not_work_is_refused_with_its_reason(
    env: dict[str, str], capsys: pytest.CaptureFixture[str], given: list[str], reason: str
) -> None:
    assert main([*INVITE, *given], env) == 2

    said = capsys.readouterr()
    assert reason in said.err
    assert said.out == ""


def test_an_address_for_notices_is_no_desk_and_is_never_shown(
    env: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--notices", "email:carla@example.org", "--desk", "slack"]
    assert main([*INVITE, *given], env) == 0
    capsys.readouterr()

    main(["coach", "list"], env)
    listed = capsys.readouterr().out
    assert "desk in slack" in listed
    assert "example.org" not in listed


@pytest.mark.parametrize("given", ["", "abc", "ffffffff"])
def test_nobody_is_removed_by_an_id_that_means_nobody(
    env: dict[str, str], capsys: pytest.CaptureFixture[str], given: str
) -> None:
    main([*INVITE, "--notices", "slack"], env)

    assert main(["coach", "remove", given], env) == 2
    assert "luwte coach list" in capsys.readouterr().err


def test_without_a_root_key_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    env = {"LUWTE_DATA": str(tmp_path), "LUWTE_OPERATOR": "bureau", "LUWTE_SLACK_TEAM": "TBUREAU"}

    assert main(["coach", "list"], env) == 2
    assert "luwte keys init" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_notice_that_does_not_arrive_is_listed_and_told_by_the_exit_status(
    env: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_with_a_failing_notice(tmp_path))

    assert main(["coach", "list"], env) == 1
    listed = capsys.readouterr().out
    assert "did NOT arrive" in listed
    assert re.search(r"key ([0-9a-f]{4} ){7}[0-9a-f]{4}", listed)


async def _with_a_failing_notice(folder: Path) -> None:
    world = World.of_installation(folder)
    key = await world.coach("carla", ("default",))
    await world.visit("anna", send(), organisation="default")
    await world.pass_days(1)
    await world.to_work()
    (due,) = await world.rounds.due(world.clock())
    assert due.coach == key.coach
    await world.rounds.told(due.coach, delivered=False)
    await world.close()


@pytest.mark.parametrize("to", ["C0123ABCD", "G0123ABCD", "T0123ABCD/C0123ABCD"])
def test_a_channel_may_be_named_behind_its_workspace(
    env: dict[str, str], to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*INVITE, "--notices", f"slack-channel:{to}"], env) == 0
    assert CODE.search(capsys.readouterr().out)
