"""`luwte talk` on somebody's own computer: nothing runs between two talks, and nothing goes anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from adapters.terminal import PLATFORM, TENANT
from bot import wiring
from conversations.organisation import Organisation
from storage.epoch_files import listed
from tests.support.storage import SqlTable

if TYPE_CHECKING:
    from bot.wiring import House

DAY = 86_400.0
LONG_AGO = 240 * DAY

NO_NETWORK = """\
import socket, sys
def refuse(*_):
    raise AssertionError("a connection was opened")
socket.socket.connect = socket.socket.connect_ex = refuse
from bot.__main__ import main
sys.exit(main(["talk", "--lang", "nl"]))
"""


def house(folder: Path, ago: float) -> House:
    keys = folder / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    return wiring.house(
        database=f"sqlite:///{folder / 'luwte.db'}",
        keys=keys,
        organisations={(PLATFORM, TENANT): Organisation("terminal", "self")},
        clock=lambda: time.time() - ago,
        env={},
        development=True,
    )


async def begun_by_somebody(folder: Path, ago: float) -> None:
    """Somebody whose row nobody comes back to, as one behind a lock whose code is lost."""
    there = house(folder, ago)
    somebody = PlatformId(PLATFORM, TENANT, "somebody")
    turn = (await there.reception.take(somebody, Incoming(language="nl"))).turn
    for name in ("start", "4"):
        assert turn.prompt is not None
        pressed = Incoming(pressed=name, token=turn.prompt.token)
        turn = (await there.reception.take(somebody, pressed)).turn
    await there.close()


def talk(folder: Path, *command: str) -> str:
    environment = {
        "LUWTE_DATA": str(folder),
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        [sys.executable, *command],
        input=b"start\n4\nt1\nlangs de zee\n",
        capture_output=True,
        env=environment,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()


async def test_what_has_expired_is_erased_when_the_next_talk_begins(tmp_path: Path) -> None:
    await begun_by_somebody(tmp_path, LONG_AGO)
    table = SqlTable(f"sqlite:///{tmp_path / 'luwte.db'}")
    (old,) = listed(tmp_path / "keys" / "epochs")
    (row,) = table.rows()

    talk(tmp_path, "-m", "bot", "talk", "--lang", "nl")

    assert row.locator not in {each.locator for each in table.rows()}
    assert not old.path.exists()
    assert len(listed(tmp_path / "keys" / "epochs")) == 1


def test_a_talk_in_the_terminal_opens_no_connection(tmp_path: Path) -> None:
    talk(tmp_path, "-c", NO_NETWORK)

    assert SqlTable(f"sqlite:///{tmp_path / 'luwte.db'}").rows()
