"""Whoever removes the bot gets no notice any more, loses nothing else, and leaves no trace of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conversations import dialogue, shut
from conversations.cases import Card, CardLine, Case
from conversations.requestdraft import Draft
from conversations.session import Session, Spot
from conversations.turn import Reply, Turn
from tests.support import content

if TYPE_CHECKING:
    from typing import Any

WEEK = 2969
SCRIPTS = content.scripts()
GONE = Reply(WEEK, "0a1b2c3d", event="e1", language="nl", gone=True)
CASE = Case(
    "0" * 32,
    "1" * 64,
    "Rustige Hazelaar",
    Card((CardLine("question", "kanarie"),)),
    "nl",
    WEEK - 2,
    notify=True,
)
SESSION = Session(
    "0a1b2c3d", "nl", Spot("t", 1, "s"), week=WEEK - 2, expires=WEEK + 3, begun=True, kept=True
)


def taken(session: Session | None) -> Turn:
    return dialogue.take(SCRIPTS, session, GONE)


def silent(turn: Turn) -> bool:
    return (turn.says, turn.sheet, turn.prompt, turn.act) == ((), None, None, None)


@pytest.mark.parametrize(
    "asked",
    [{"case": CASE}, {"draft": Draft("preview", notify=True)}],
    ids=["sent", "not yet sent"],
)
def test_no_notice_is_asked_for_any_more_and_all_else_stays_as_it_was(
    asked: dict[str, Any],
) -> None:
    before = replace(SESSION, **asked)
    turn = taken(before)

    assert turn.fate == "write"
    assert silent(turn)
    assert turn.session is not None
    (name,) = asked
    now = getattr(turn.session, name)
    assert not now.notify
    assert replace(now, notify=True) == asked[name]
    assert replace(turn.session, **asked) == before


@pytest.mark.parametrize(
    "session",
    [
        None,
        SESSION,
        replace(SESSION, case=replace(CASE, notify=False)),
        replace(SESSION, case=CASE, expires=WEEK - 1),
    ],
    ids=["nobody", "no case", "no notice", "expired"],
)
def test_where_no_notice_was_asked_for_nothing_is_written(session: Session | None) -> None:
    turn = taken(session)

    assert (turn.fate, turn.session) == ("leave", session)
    assert silent(turn)


def test_a_row_that_does_not_open_is_not_asked_about() -> None:
    turn = shut.answer(SCRIPTS, GONE)

    assert turn.fate == "leave"
    assert silent(turn)
