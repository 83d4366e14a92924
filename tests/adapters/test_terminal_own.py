"""In the terminal: a passphrase is read without showing it, and one's own data goes into a file."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

from adapters.incoming import Incoming
from adapters.terminal import Terminal
from conversations.turn import Button, Prompt, Sheet, SheetLine, Turn
from tests.support import content

OPEN = Prompt("t.1", "open", "Wat zag je?", typed=True, controls=(Button("help", "Hulp nu"),))
ASKED = Prompt(
    "t.1",
    "secret",
    "Wat is je code?",
    options=(Button("unlock", "Open privévenster"),),
    controls=(Button("lock_no", "Nee, nu niet"),),
)
MINE = Sheet("Mijn gegevens", (SheetLine("Wat", "reiger"),), "Open", "in chat", "mydata", "Alles\n")
FILE = Path("save_file nl")


class Screen:
    """A terminal with prepared turns; `hidden` is what it said before each line."""

    def __init__(self, *turns: Turn) -> None:
        self.out, self.taken, self._turns = io.StringIO(), list[Incoming](), iter(turns)
        self.hidden: list[bool] = []
        self.terminal = Terminal(
            take=self._take, phrases=content.scripts().phrases, out=self.out, colour=False
        )

    def _take(self, incoming: Incoming) -> Turn:
        self.taken.append(incoming)
        return next(self._turns)

    def type(self, *lines: str) -> str:
        def typed() -> object:
            for line in lines:
                self.hidden.append(self.terminal.hidden)
                yield line

        self.terminal.talk(typed(), "nl")  # type: ignore[arg-type]
        return self.out.getvalue()


def a_turn(
    *says: str, prompt: Prompt = OPEN, sheet: Sheet | None = None, ticket: str | None = None
) -> Turn:
    return Turn(None, "leave", "nl", says, sheet, prompt, ticket=ticket)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_passphrase_is_read_hidden_and_never_goes_as_words() -> None:
    screen = Screen(a_turn(prompt=ASKED), a_turn("Open.", ticket="kaartje"), a_turn())

    shown = screen.type("7k2m-9xqa0-v3tf", "langs de zee")

    assert screen.hidden == [True, False]
    assert screen.taken[1] == Incoming(secret="7k2m-9xqa0-v3tf", token="t.1", language="nl")
    assert screen.taken[2].ticket == "kaartje"
    assert screen.taken[2].said == "langs de zee"
    assert "7k2m" not in shown
    assert "kaartje" not in shown
    assert "Open privévenster" not in shown


def test_an_empty_line_in_place_of_a_passphrase_is_a_no() -> None:
    screen = Screen(a_turn(prompt=ASKED), a_turn())

    screen.type("  ")

    assert (screen.taken[1].pressed, screen.taken[1].secret) == ("lock_no", None)


def test_a_code_of_digits_chooses_no_option() -> None:
    screen = Screen(a_turn(prompt=ASKED), a_turn(prompt=ASKED))

    screen.type("1")

    assert screen.taken[1].secret == "1"


def test_all_of_my_data_is_shown_without_pages() -> None:
    pages = Prompt("t.1", "open", "Wat zag je?", controls=(Button("mydata:2", "Volgende"),))

    assert "Alles" in (shown := Screen(a_turn(sheet=MINE, prompt=pages)).type())
    assert "Volgende" not in shown


def test_it_is_written_to_a_file_only_after_that_was_said_and_agreed_to() -> None:
    screen = Screen(a_turn(), a_turn(sheet=MINE), a_turn())

    shown = screen.type("bewaar als bestand", "ja")

    assert "save_ask nl" in shown
    assert shown.index("save_ask nl") < shown.index("save_written nl")
    assert "reiger" not in shown
    assert FILE.read_text(encoding="utf-8") == "Alles\n"
    assert stat.S_IMODE(FILE.stat().st_mode) == 0o600
    assert len(screen.taken) == 2


@pytest.mark.parametrize("answer", ["nee", "wacht even", ""])
def test_without_a_yes_nothing_is_written_and_nothing_is_sent(answer: str) -> None:
    screen = Screen(a_turn(), a_turn(sheet=MINE), a_turn())

    shown = screen.type("bewaar als bestand", answer)

    assert not FILE.exists()
    assert len(screen.taken) == 2
    assert shown.rstrip().endswith("Hulp nu")


def test_what_is_there_already_is_left_alone_links_included() -> None:
    Path("elders").write_text("van iemand anders", encoding="utf-8")
    FILE.symlink_to("elders")
    screen = Screen(a_turn(), a_turn(sheet=MINE))

    shown = screen.type("bewaar als bestand", "ja")

    assert "save_exists nl" in shown
    assert Path("elders").read_text(encoding="utf-8") == "van iemand anders"


def test_a_folder_that_cannot_be_written_to_is_said() -> None:
    Path.cwd().rmdir()
    screen = Screen(a_turn(), a_turn(sheet=MINE))

    assert "save_failed nl" in screen.type("bewaar als bestand", "ja")


def test_without_anything_kept_there_is_no_file_to_write() -> None:
    screen = Screen(a_turn(), a_turn("Niets."), a_turn())

    shown = screen.type("bewaar als bestand", "ja")

    assert "save_ask nl" not in shown
    assert screen.taken[2].said == "ja"
