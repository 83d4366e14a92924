"""Our own `replace` gives what the standard one gives, for every kind of value that a turn is made of."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import pytest

from conversations.replacing import replace
from conversations.session import Session, Spot
from conversations.turn import Prompt, Reply, Turn

SESSION = Session("abc", "nl", Spot("t4", 1, "hard"), themes=("team",), kept=True)
PROMPT = Prompt("abc.1", "open", "Wat?", (), None, typed=True, controls=())


@dataclass(frozen=True, slots=True)
class Counted:
    number: int
    word: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", str(self.number))


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (SESSION, {"turn": 5, "paused": "lock", "at": Spot("t5", 2, "loyal")}),
        (SESSION, {}),
        (Spot("t4", 1, "hard"), {"step": "end"}),
        (Turn(SESSION, "write", "nl", ("Ja.",)), {"says": ()}),
        (Reply(week=1, seed="ab", said="hoi"), {"late": True, "said": None}),
        (PROMPT, {"token": "abc.2"}),
    ],
)
def test_it_gives_what_the_standard_one_gives(value: Any, changes: dict[str, Any]) -> None:
    before = dataclasses.replace(value)

    made = replace(value, **changes)

    assert made == dataclasses.replace(value, **changes)
    assert type(made) is type(value)
    assert value == before


@pytest.mark.parametrize("value", [SESSION, Spot("t4", 1, "hard")])
def test_a_name_that_no_field_has_is_refused(value: Any) -> None:
    with pytest.raises(AttributeError):
        replace(value, colour="red")


def test_a_session_that_was_made_so_is_as_frozen_as_any() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(SESSION, turn=2).turn = 3  # type: ignore[misc]


def test_a_value_that_works_something_out_when_it_is_made_is_refused() -> None:
    with pytest.raises(TypeError, match="Counted"):
        replace(Counted(1), number=2)
