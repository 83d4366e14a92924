"""The terminal: paragraphs, numbered options, numbers that choose, and a way out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from adapters.terminal import Terminal
from conversations.errors import StoreError
from conversations.turn import Button, Prompt, Scale, Sheet, SheetLine, Turn
from tests.support import content

if TYPE_CHECKING:
    from adapters.incoming import Incoming

CHOICE = Prompt(
    token="t.1",
    kind="choice",
    ask="Waar?",
    options=(Button("wood", "In het bos"), Button("town", "In de stad")),
    controls=(Button("skip", "Sla over"), Button("help", "Hulp nu")),
)


def talk(turns: list[Turn | StoreError], lines: list[str]) -> tuple[str, list[Incoming]]:
    """The screen after these lines, and what came in."""
    out, taken, left = io.StringIO(), [], iter(turns)

    def take(incoming: Incoming) -> Turn:
        taken.append(incoming)
        turn = next(left)
        if isinstance(turn, StoreError):
            raise turn
        return turn

    terminal = Terminal(take=take, phrases=content.scripts().phrases, out=out, colour=False)
    terminal.talk(iter(lines), "nl")
    return out.getvalue(), taken


def a_turn(*says: str, prompt: Prompt | None = CHOICE, sheet: Sheet | None = None) -> Turn:
    return Turn(None, "leave", "nl", says, sheet, prompt)


def test_options_are_numbered_and_every_control_is_in_sight() -> None:
    screen, _ = talk([a_turn("Een zin.")], [])

    assert "Een zin.\n\nWaar?\n  1  In het bos\n  2  In de stad\n  Sla over · Hulp nu\n" in screen


def test_a_number_chooses_an_option_and_carries_the_token() -> None:
    _, taken = talk([a_turn(), a_turn()], ["2"])

    assert (taken[1].pressed, taken[1].token, taken[1].said) == ("town", "t.1", None)


def test_a_number_without_an_option_and_any_words_go_as_they_were_typed() -> None:
    _, taken = talk([a_turn(), a_turn(), a_turn()], ["3", "langs de zee"])

    assert [(each.pressed, each.said) for each in taken[1:]] == [
        (None, "3"),
        (None, "langs de zee"),
    ]


def test_on_a_scale_a_number_is_the_answer() -> None:
    scale = Prompt("t.2", "scale", "Hoe vaak?", scale=Scale(0, 10, "nooit", "altijd"))

    screen, taken = talk([a_turn(prompt=scale), a_turn()], ["2"])

    assert "  0 = nooit\n  10 = altijd\n" in screen
    assert taken[1].said == "2"


def test_the_summary_is_shown_here_since_a_terminal_is_private() -> None:
    sheet = Sheet(
        "Samenvatting",
        (SheetLine("Plek", "langs de zee\nen het strand"),),
        "Open",
        "In een venster.",
    )

    screen, _ = talk([a_turn(sheet=sheet)], [])

    assert "  Plek:\n    langs de zee\n    en het strand\n" in screen
    assert "In een venster." not in screen


def test_a_failure_of_the_store_is_told_and_the_question_stays_open() -> None:
    screen, taken = talk([a_turn(), StoreError("OperationalError"), a_turn("Verder.")], ["1", "1"])

    assert "trouble nl" in screen
    assert "Verder." in screen
    assert taken[2].pressed == "wood"


def test_a_session_in_the_other_language_is_switched_when_asked_for() -> None:
    english = Turn(None, "leave", "en", ("Hello.",), None, CHOICE)

    _, taken = talk([english, a_turn("Hallo.")], [])

    assert taken[1].pressed == "language"
