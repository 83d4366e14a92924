"""Everybody against a case that is not theirs, through the windows: the same words, and nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.desk.places import Place
from tests.journeys.test_coach import QUESTION, asked, opened
from tests.support.cases import World, an_invitation
from tests.support.windows import Window, reception

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.turn import Turn

TEXTS = library.load().desk
PRESSED = ("dk_claim", "dk_note:finished", "dk_yes/back", "dk_yes/help", "dk_open", "dk_letters:1")
TYPED = ("say/answer", "say/offer")
ACTIONS = (*PRESSED, *TYPED)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(
        tmp_path / "keys", f"sqlite:///{tmp_path}/luwte.db", organisations=("mill", "yard")
    )
    yield made
    await made.close()


async def a_desk(world: World, first: Window, name: str, *serves: str) -> Window:
    """Another coach at the same reception, with an open desk."""
    await world.rounds.run(world.clock())
    code = await world.coaches.invite(an_invitation(name, serves))
    coach = Window(first.reception, "TBUREAU", f"U{name.upper()}")
    await coach.press("desk")
    await coach.enter(code)
    coach.passphrase = coach.sheet[TEXTS.passphrase_label.nl]
    await coach.enter(coach.passphrase)
    await coach.press("dk_confirm")
    return coach


async def reopened(coach: Window) -> Window:
    coach.last = None
    await coach.press("desk")
    await coach.enter(coach.passphrase)
    return coach


async def everybody(world: World) -> tuple[Window, Window, str, dict[str, Window]]:
    """The coach who has the case, its person, its handle, and all the others."""
    door = reception(world, "mill", "yard")
    nobody = Window(door, "TBUREAU", "UNOBODY")
    coach = await a_desk(world, nobody, "Anne", "mill")
    me = await asked(door)
    others = {
        "the other coach": await a_desk(world, nobody, "Bram", "mill"),
        "another organisation's coach": await a_desk(world, nobody, "Cleo", "yard"),
        "a removed coach": await a_desk(world, nobody, "Dirk", "mill"),
    }
    await world.pass_days(1)
    await opened(coach)
    handle = next(each for each in _tokens(coach) if each)
    await coach.press("dk_claim")
    for each in others.values():
        await reopened(each)
    listed = await world.coaches.listed()
    await world.coaches.remove(next(e.id for e in listed if e.invitation.name == "Dirk"))
    others["the person who asked"] = me
    others["another employee"] = Window(door, "Tmill", "UOTHER")
    others["the operator"] = Window(door, "TBUREAU", "UOPERATOR")
    others["another organisation"] = Window(door, "Tyard", "UEMP")
    return coach, me, handle, others


def _tokens(coach: Window) -> list[str]:
    assert coach.last is not None
    assert coach.last.prompt is not None
    return [coach.last.prompt.token.rpartition(".")[2]]


async def tried(who: Window, action: str, handle: str, ticket: str | None) -> Turn:
    """This action, as from a window that stands at this case and carries this ticket."""
    kind, _, screen = action.partition("/")
    if kind == "dk_open":
        return await who.at_place(Place("nl", "list"), ticket, pressed=f"dk_open:{handle}")
    place = Place("nl", screen or "case", handle, "video" if screen == "offer" else None)  # type: ignore[arg-type]
    if kind == "say":
        return await who.at_place(place, ticket, said="meet.example\ndi 10:00")
    return await who.at_place(place, ticket, pressed=kind)


def nothing_of_it(turn: Turn) -> bool:
    shown = f"{turn.says}{[(e.label, e.words) for e in turn.sheet.lines] if turn.sheet else ''}"
    return QUESTION not in shown


@pytest.mark.parametrize("action", ACTIONS)
async def test_whoever_it_does_not_concern_gets_the_same_words(world: World, action: str) -> None:
    coach, me, handle, others = await everybody(world)
    stolen = coach.last.ticket if coach.last is not None else None
    for name in ("the other coach", "another organisation's coach"):
        own = others[name].last
        assert own is not None
        turn = await tried(others[name], action, handle, own.ticket)
        words = {TEXTS.refused.nl, TEXTS.taken.nl} if action == "dk_claim" else {TEXTS.refused.nl}
        if name != "the other coach":
            words = {TEXTS.refused.nl}
        assert turn.says[0] in words, name
        assert nothing_of_it(turn)
        closed = await tried(others[name], action, handle, stolen)
        assert closed.says[0] == TEXTS.closed.nl
        assert closed.prompt is not None
        assert closed.prompt.kind == "secret"
    answers = set()
    for name, who in others.items():
        if name in ("the other coach", "another organisation's coach"):
            continue
        for ticket in (None, stolen, who.last.ticket if who.last is not None else None):
            turn = await tried(who, action, handle, ticket)
            assert nothing_of_it(turn), name
            answers.add((turn.says, turn.prompt.ask if turn.prompt else "", turn.sheet is None))
    assert answers == {((TEXTS.code_say.nl,), TEXTS.ask_code.nl, True)}
    await me.press("lobby")
    await me.press("coach")
    assert "Anne" in me.told()


SHOWN = ("dk_answer", "dk_offer", "dk_way:video", "dk_help", "dk_hand_back", "dk_close")
"""What only leads to a screen of authored words, before anything is looked up."""


async def test_a_screen_that_only_asks_is_the_same_for_any_handle(world: World) -> None:
    _, _, handle, others = await everybody(world)
    who = others["another organisation's coach"]
    assert who.last is not None
    for name in SHOWN:
        shown = set()
        for case in (handle, "ab" * 16):
            turn = await tried(who, name, case, who.last.ticket)
            assert nothing_of_it(turn)
            assert turn.sheet is None
            shown.add(f"{turn.says}{turn.prompt}".replace(case, "HANDLE"))
        assert len(shown) == 1, name


async def test_who_has_the_case_can_do_every_one_of_them(world: World) -> None:
    coach, _, handle, _ = await everybody(world)
    for action in ("dk_open", "dk_letters:1", "say/answer", "say/offer", "dk_yes/help",
                   "dk_note:finished"):  # fmt: skip
        assert coach.last is not None
        turn = await tried(coach, action, handle, coach.last.ticket)
        assert turn.says[0] != TEXTS.refused.nl, action
