"""From somebody who dares to ask, to a coach, and back: through reception and store, in windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.cases import ANSWER_BYTES
from tests.support.cases import World, an_invitation
from tests.support.windows import Window, reception

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from adapters.reception import Reception

TEXTS = library.load()
QUESTION = "hoe zeg ik dat ik iets anders wil"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path, f"sqlite:///{tmp_path / 'luwte.db'}")
    yield made
    await made.close()


@pytest.fixture
def desk(world: World) -> Reception:
    return reception(world, "mill")


async def at_the_desk(world: World, desk: Reception, user: str = "UANNE") -> Window:
    """A coach who was invited, registered, and has read the protocol."""
    await world.rounds.run(world.clock())
    code = await world.coaches.invite(an_invitation("Anne"))
    coach = Window(desk, "TBUREAU", user)
    await coach.press("desk")
    await coach.enter(code)
    coach.passphrase = coach.sheet["De code van je bureau"]
    await coach.enter(coach.passphrase)
    await coach.press("dk_confirm")
    return coach


async def asked(desk: Reception, user: str = "UEMP") -> Window:
    """An employee who has sent a card to whoever is free."""
    me = Window(desk, "Tmill", user)
    await me.press("lobby")
    await me.press("coach")
    await me.press("go")
    await me.press(next(name for name in me.names if name.startswith("coach_")))
    await me.say(QUESTION)
    for _ in range(3):
        await me.press("leave_out")
    await me.press("ready")
    await me.press("under_alias")
    await me.press("pull")
    await me.press("send")
    return me


async def opened(coach: Window) -> Window:
    """The first case on the desk, which had shut meanwhile."""
    coach.last = None
    await coach.press("desk")
    await coach.enter(coach.passphrase)
    await coach.press(next(name for name in coach.names if name.startswith("dk_open:")))
    return coach


async def test_a_coach_registers_with_a_code_and_learns_the_passphrase_once(
    world: World, desk: Reception
) -> None:
    await world.rounds.run(world.clock())
    code = await world.coaches.invite(an_invitation("Anne"))
    coach = Window(desk, "TBUREAU", "UANNE")
    turn = await coach.press("desk")
    assert turn.prompt is not None
    assert turn.prompt.kind == "secret"
    await coach.enter(code)
    passphrase = coach.sheet["De code van je bureau"]
    assert len(coach.sheet["Vingerafdruk van je sleutel"].split()) == 8
    await coach.enter(passphrase)
    assert TEXTS.desk.protocol[0].nl in coach.told()
    await coach.press("dk_confirm")
    assert TEXTS.desk.list_empty.nl in coach.told()


async def test_a_code_works_once_and_a_wrong_one_says_nothing(
    world: World, desk: Reception
) -> None:
    await world.rounds.run(world.clock())
    code = await world.coaches.invite(an_invitation("Anne"))
    first, second = Window(desk, "TBUREAU", "UANNE"), Window(desk, "TBUREAU", "UBEA")
    for each in (first, second):
        await each.press("desk")
        await each.enter(code)
    assert TEXTS.desk.no_code.nl in second.told()
    for _ in range(5):
        await second.enter("0" * 13)
    assert TEXTS.desk.too_often.nl in second.told()


async def test_a_request_is_read_claimed_and_answered_and_the_answer_is_read(
    world: World, desk: Reception
) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await coach.press("dk_look")
    assert TEXTS.desk.list_empty.nl in coach.told()

    await world.pass_days(1)
    await opened(coach)
    assert coach.sheet["Mijn vraag"] == QUESTION
    assert "UEMP" not in f"{coach.told()}{coach.sheet}"
    await coach.press("dk_claim")
    assert TEXTS.desk.claimed.nl in coach.told()
    await coach.press("dk_answer")
    await coach.say("wat wil je behouden?")
    assert TEXTS.desk.answered.nl in coach.told()

    await world.pass_days(1)
    await me.press("lobby")
    assert TEXTS.coach.answer_here.nl in me.told()
    await me.press("coach")
    assert me.sheet["Anne"] == "wat wil je behouden?"

    await me.press("write")
    await me.say("de klanten")
    await me.press("send")
    await world.pass_days(1)
    await opened(coach)
    assert "de klanten" in coach.sheet.values()


async def test_a_time_is_offered_and_chosen(world: World, desk: Reception) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    await coach.press("dk_claim")
    await coach.press("dk_offer")
    await coach.press("dk_way:video")
    await coach.say("niets")
    assert TEXTS.desk.offer_bad.nl in coach.told()
    await coach.say("meet.example/abc\ndinsdag 10:00\nwoensdag 14:00")
    assert TEXTS.desk.offered.nl in coach.told()
    await world.pass_days(1)
    await me.press("coach")
    await me.press("time_1")
    await world.pass_days(1)
    await opened(coach)
    assert "Gekozen: woensdag 14:00" in coach.sheet.values()


async def test_the_help_card_goes_with_one_button_and_nobody_else_hears_of_it(
    world: World, desk: Reception
) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    await coach.press("dk_claim")
    await coach.press("dk_help")
    await coach.press("dk_yes")
    await world.pass_days(1)
    await me.press("coach")
    assert "113" in me.sheet["Anne"]


async def test_what_was_taken_back_is_gone_from_the_desk_at_once(
    world: World, desk: Reception
) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    case = next(name for name in coach.names if name == "dk_claim")
    await me.press("coach")
    await me.press("withdraw")
    await me.press("yes")
    await coach.press(case)
    assert TEXTS.desk.refused.nl in coach.told()
    assert QUESTION not in f"{coach.last}{coach.told()}"


async def test_a_coach_sees_one_neutral_line_of_what_was_taken_back(
    world: World, desk: Reception
) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    await coach.press("dk_claim")
    await me.press("coach")
    await me.press("withdraw")
    await me.press("yes")
    await world.pass_days(1)
    coach.last = None
    await coach.press("desk")
    turn = await coach.enter(coach.passphrase)
    assert TEXTS.desk.gone.nl.replace("{gone}", "1") in turn.says
    await coach.press("dk_look")
    assert (
        coach.told()
        == f"{TEXTS.desk.list_say.nl.format(open=0, mine=0)}\n{TEXTS.desk.list_empty.nl}"
    )


async def test_an_answer_that_is_too_long_is_not_sent(world: World, desk: Reception) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    await coach.press("dk_claim")
    await coach.press("dk_answer")
    turn = await coach.say("x" * (ANSWER_BYTES + 1))
    assert TEXTS.desk.too_long.nl in turn.says
    assert turn.prompt is not None
    assert turn.prompt.words == "x" * (ANSWER_BYTES + 1)
    await world.pass_days(1)
    await me.press("coach")
    assert me.last is not None
    assert me.last.sheet is None


async def test_a_case_is_handed_back_and_closed_with_a_note(world: World, desk: Reception) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    await coach.press("dk_claim")
    await coach.press("dk_close")
    await coach.press("dk_note:finished")
    assert TEXTS.desk.closed_case.nl in coach.told()
    await world.pass_days(1)
    await me.press("coach")
    assert TEXTS.coach.notes["finished"].nl in me.sheet.values()


async def test_a_coach_who_is_away_is_not_asked(world: World, desk: Reception) -> None:
    coach = await at_the_desk(world, desk)
    await coach.press("dk_holiday")
    await coach.press("dk_away:2")
    assert TEXTS.desk.away.nl in coach.told()
    world.clock.seconds += 120
    me = Window(desk, "Tmill", "UEMP")
    await me.press("lobby")
    assert "coach" not in me.names
    await coach.press("dk_back")
    world.clock.seconds += 120
    await me.press("lobby")
    assert "coach" in me.names


async def test_who_waits_for_a_coach_on_holiday_is_told_so(world: World, desk: Reception) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    await coach.press("dk_claim")
    told = TEXTS.coach.coach_away.nl.replace("{coach}", "Anne")
    await me.press("coach")
    assert told not in me.told()
    await coach.press("dk_look")
    await coach.press("dk_holiday")
    await coach.press("dk_away:2")
    world.clock.seconds += 120
    await me.press("lobby")
    await me.press("coach")
    assert told in me.told()
    assert "another" in me.names

    await coach.press("dk_back")
    world.clock.seconds += 120
    await me.press("lobby")
    await me.press("coach")
    assert told not in me.told()


async def test_without_the_passphrase_nothing_of_a_desk_is_shown_or_done(
    world: World, desk: Reception
) -> None:
    coach = await at_the_desk(world, desk)
    await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    world.clock.seconds += 3_601
    turn = await coach.press("dk_claim")
    assert TEXTS.desk.closed.nl in coach.told()
    assert turn.sheet is None
    assert turn.prompt is not None
    assert turn.prompt.kind == "secret"


async def test_an_employee_finds_no_desk_behind_its_buttons(world: World, desk: Reception) -> None:
    coach, me = await at_the_desk(world, desk), await asked(desk)
    await world.pass_days(1)
    await opened(coach)
    stolen = Window(desk, "Tmill", "UEMP")
    stolen.last = coach.last
    for name in ("dk_claim", "dk_answer", "dk_look", "dk_confirm"):
        stolen.last = coach.last
        turn = await stolen.press(name)
        assert turn.sheet is None
        assert QUESTION not in "\n".join(turn.says)
    await me.press("lobby")
    assert "desk" not in me.names


async def test_the_home_of_a_coach_tells_that_something_waits(
    world: World, desk: Reception
) -> None:
    coach = await at_the_desk(world, desk)
    await asked(desk)
    await world.pass_days(1)
    coach.last = None
    await coach.press("lobby")
    assert "desk" in coach.names
    assert TEXTS.desk.waits.nl in coach.told()
