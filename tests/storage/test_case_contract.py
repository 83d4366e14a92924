"""What a case promises from sending to its end, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from conversations.cases import Times, Write
from conversations.errors import StoreError
from tests.support.cases import CARD, DAY, MONDAY, WORDS, LetGo, Withdraw, World, send, write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from conversations.caseports import DeskKey


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id as small as it goes, where its cost is not the question."""
    monkeypatch.setattr("storage.lock.MEMORY_KIB", 8)
    monkeypatch.setattr("storage.lock.PASSES", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/luwte.db"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
async def world(url: str, tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path / "keys", url, organisations=("mill", "yard"))
    yield made
    await made.close()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def claimed(world: World, user: str = "anna", coach: str = "carla") -> tuple[DeskKey, str]:
    """A case that a coach has; the desk and the handle."""
    key = await world.coach(coach)
    await world.visit(user, send())
    await world.pass_days(1)
    handle = (await world.look(user)).id
    assert await world.desks.claim(key, handle) == "done"
    return key, handle


async def test_a_request_waits_then_lies_with_the_coach_and_is_opened_and_answered(
    world: World,
) -> None:
    key = await world.coach("carla")
    sent = await world.visit("anna", send())
    assert sent is not None
    assert sent.case is not None
    assert sent.case.state == "waiting"
    assert (await world.desks.look(key)).open == ()

    await world.pass_days(1)
    assert (await world.look("anna")).state == "received"
    (listed,) = (await world.desks.look(key)).open
    assert (listed.alias, listed.language, listed.organisation) == ("Blauwe reiger", "nl", "mill")

    read = await world.desks.read(key, listed.id)
    assert read is not None
    assert (read.card, read.name, read.letters) == (CARD, None, ())
    assert (await world.look("anna")).state == "opened"

    assert await world.desks.claim(key, listed.id) == "done"
    assert await world.desks.answer(key, listed.id, "Wat zou je willen weten?") == "done"
    assert (await world.look("anna")).unread == ()
    await world.pass_days(1)

    case = await world.look("anna")
    assert case.state == "answered"
    assert [letter.words for letter in case.unread] == ["Wat zou je willen weten?"]
    assert case.news is not None
    assert case.news.coach is not None
    assert case.news.coach.name == "carla"


async def test_letters_go_both_ways_in_the_order_in_which_they_were_written(world: World) -> None:
    key, handle = await claimed(world)
    spoken = ["een", "twee", "drie", "vier"]
    for number, words in enumerate(spoken):
        if number % 2:
            await world.visit("anna", write(words))
        else:
            await world.desks.answer(key, handle, words)
        await world.pass_days(1)

    request = await world.desks.read(key, handle)
    assert request is not None
    assert [letter.words for letter in request.letters] == spoken
    news = (await world.look("anna")).news
    assert news is not None
    assert [letter.words for letter in news.letters] == spoken
    assert [letter.by for letter in news.letters] == ["coach", "person"] * 2


async def test_a_letter_leaves_with_a_round_and_waits_in_the_session_until_then(
    world: World,
) -> None:
    key, handle = await claimed(world)
    words = "Nog iets. " * 100
    await world.visit("anna", write(words))

    case = await world.look("anna")
    assert case.news is not None
    assert [letter.waits for letter in case.news.letters] == [True]
    assert case.room == 400
    before = await world.desks.read(key, handle)
    assert before is not None
    assert before.letters == ()

    await world.pass_hours(4)
    after = await world.desks.read(key, handle)
    assert after is not None
    assert [letter.words for letter in after.letters] == [words]
    kept = await world.visit("anna")
    assert kept is not None
    assert kept.case is not None
    assert kept.case.pending == ()


async def test_an_appointment_is_offered_and_chosen(world: World) -> None:
    key, handle = await claimed(world)
    times = Times(("di 10:00", "wo 14:00"), "video", "https://example.org/kamer")
    assert await world.desks.offer(key, handle, times) == "done"
    await world.pass_days(1)
    (offer,) = (await world.look("anna")).unread
    assert offer.times == times

    await world.visit("anna", Write("choice", chosen=1))
    await world.pass_days(1)

    read = await world.desks.read(key, handle)
    assert read is not None
    assert [(each.kind, each.chosen) for each in read.letters] == [("times", None), ("choice", 1)]


async def test_a_name_that_is_told_stands_with_the_case_from_then_on(world: World) -> None:
    key, handle = await claimed(world)
    await world.visit("anna", Write("name", "Anna Bakker"))
    await world.pass_days(1)

    read = await world.desks.read(key, handle)
    assert read is not None
    assert read.name == "Anna Bakker"


async def test_of_two_coaches_one_gets_the_case_and_the_other_sees_that_it_is_taken(
    world: World,
) -> None:
    one, other = await world.coach("carla"), await world.coach("diede")
    await world.visit("anna", send())
    await world.pass_days(1)
    handle = (await world.look("anna")).id

    outcomes = await asyncio.gather(
        *(world.desks.claim(key, handle) for key in (one, other, one, other))
    )

    assert sorted(outcomes) == ["done", "done", "taken", "taken"]
    loser = other if outcomes[0] == "done" else one
    assert await world.desks.read(loser, handle) is None
    assert await world.desks.answer(loser, handle, "hallo") == "refused"


async def test_a_case_for_one_coach_is_seen_by_nobody_else(world: World) -> None:
    one, other = await world.coach("carla"), await world.coach("diede")
    await world.visit("anna", send(coaches=(one.coach,)))
    await world.pass_days(1)
    handle = (await world.look("anna")).id

    assert len((await world.desks.look(one)).open) == 1
    assert (await world.desks.look(other)).open == ()
    assert await world.desks.read(other, handle) is None
    assert await world.desks.claim(other, handle) == "refused"


async def test_a_case_that_is_handed_back_begins_from_the_card_with_the_next_coach(
    world: World,
) -> None:
    one, other = await world.coach("carla"), await world.coach("diede")
    await world.visit("anna", send())
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    await world.desks.claim(one, handle)
    await world.visit("anna", write("Alleen voor Carla"))
    await world.pass_days(1)

    assert await world.desks.hand_back(one, handle) == "done"
    assert await world.desks.read(one, handle) is None
    assert await world.desks.claim(one, handle) == "refused"

    assert await world.desks.claim(other, handle) == "done"
    read = await world.desks.read(other, handle)
    assert read is not None
    assert (read.card, read.letters) == (CARD, ())


async def test_a_case_that_nobody_has_any_more_comes_back_and_goes_to_another_as_a_new_one(
    world: World,
) -> None:
    one = await world.coach("carla")
    await world.visit("anna", send())
    await world.pass_days(1)
    first = await world.look("anna")
    await world.desks.claim(one, first.id)
    await world.desks.hand_back(one, first.id)
    assert (await world.look("anna")).state == "returned"

    other = await world.coach("diede")
    await world.visit("anna", send("Groene ekster", declined=(one.coach,)))
    await world.pass_days(1)

    (listed,) = (await world.desks.look(other)).open
    assert listed.alias == "Groene ekster"
    assert listed.id != first.id
    assert (await world.desks.look(one)).open == ()


async def test_a_letter_to_a_coach_who_has_the_case_no_more_is_read_by_nobody(
    world: World,
) -> None:
    one, other = await world.coach("carla"), await world.coach("diede")
    await world.visit("anna", send())
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    await world.desks.claim(one, handle)
    await world.visit("anna", write("Alleen voor Carla"))
    await world.desks.hand_back(one, handle)
    await world.desks.claim(other, handle)
    await world.pass_days(1)

    case = await world.look("anna")
    assert case.news is not None
    assert [letter.words for letter in case.news.undelivered] == ["Alleen voor Carla"]
    read = await world.desks.read(other, handle)
    assert read is not None
    assert read.letters == ()


async def test_a_case_is_closed_with_a_note_and_can_still_be_read(world: World) -> None:
    key, handle = await claimed(world)
    assert await world.desks.close_case(key, handle, "wish_you_well") == "done"
    assert await world.desks.close_case(key, handle, "wish_you_well") == "done"
    assert (await world.look("anna")).state == "opened"
    await world.pass_days(1)

    case = await world.look("anna")
    assert case.state == "closed"
    assert not case.open
    assert [(each.kind, each.words) for each in case.unread] == [("closing", "wish_you_well")]
    assert await world.desks.answer(key, handle, "toch nog") == "refused"
    left = await world.visit("anna", LetGo())
    assert left is not None
    assert (left.case, left.withdrawn) == (None, ())


async def test_nobody_can_be_asked_where_no_coach_is_there(world: World) -> None:
    with pytest.raises(StoreError, match=r"^no_coach$"):
        await world.visit("anna", send())

    key = await world.coach("carla")
    await world.desks.holiday(key, until=10_000)
    with pytest.raises(StoreError, match=r"^no_coach$"):
        await world.visit("anna", send())


async def test_who_was_invited_and_has_not_read_the_protocol_is_not_asked(world: World) -> None:
    from tests.support.cases import an_invitation

    code = await world.coaches.invite(an_invitation("carla"))
    await world.desks.register("slack", "TBUREAU", "carla", code, "carla")

    with pytest.raises(StoreError, match=r"^no_coach$"):
        await world.visit("anna", send())


async def test_the_same_answer_sent_twice_is_one_answer(world: World) -> None:
    key, handle = await claimed(world)
    for _ in range(2):
        assert await world.desks.answer(key, handle, "Dag") == "done"
    await world.pass_days(1)

    assert [each.words for each in (await world.look("anna")).unread] == ["Dag"]


async def test_a_removed_coach_has_no_desk_and_the_case_goes_on(world: World) -> None:
    one, other = await world.coach("carla"), await world.coach("diede")
    await world.visit("anna", send())
    await world.pass_days(1)
    handle = (await world.look("anna")).id
    await world.desks.claim(one, handle)

    assert await world.coaches.remove(one.coach) == 1
    assert await world.coaches.remove(one.coach) is None

    assert await world.desks.door("slack", "TBUREAU", "carla") is None
    assert await world.desks.opened("slack", "TBUREAU", "carla", one.ticket) is None
    assert await world.desks.read(one, handle) is None
    assert (await world.look("anna")).state == "received"
    assert await world.desks.claim(other, handle) == "done"


async def test_one_coach_serves_three_organisations_from_one_desk(url: str, tmp_path: Path) -> None:
    world = World(tmp_path / "three", url, organisations=("mill", "yard", "port"))
    both = await world.coach("carla", ("mill", "yard", "port"))
    only = await world.coach("diede", ("yard",))
    for organisation in world.organisations:
        await world.visit("anna", send(f"Alias {organisation}"), organisation=organisation)
    await world.pass_days(1)

    seen = {each.organisation for each in (await world.desks.look(both)).open}
    assert seen == {"mill", "yard", "port"}
    (mine,) = (await world.desks.look(only)).open
    assert mine.organisation == "yard"
    for organisation in ("mill", "port"):
        handle = (await world.look("anna", organisation)).id
        assert await world.desks.read(only, handle) is None
        assert await world.desks.claim(only, handle) == "refused"
    assert len(await world.rounds.due(MONDAY + 2 * DAY)) == 0
    await world.close()


async def test_forgetting_everything_takes_the_case_back(world: World) -> None:
    key, handle = await claimed(world)
    await world.forget("anna")

    assert await world.desks.read(key, handle) is None
    assert (await world.desks.look(key)).mine == ()
    await world.pass_days(1)
    assert (await world.desks.look(key)).gone == 1
    assert (await world.desks.look(key)).gone == 0


async def test_the_words_of_a_case_lie_nowhere_in_clear(
    world: World, url: str, tmp_path: Path
) -> None:
    key, handle = await claimed(world)
    await world.visit("anna", write("Een heel eigen zin"))
    await world.desks.answer(key, handle, "Nog een eigen zin")
    if url.startswith("sqlite"):
        held = everything_in(tmp_path)
        for words in (WORDS, "heel eigen", "Nog een", "Blauwe reiger", "carla"):
            assert words.encode() not in held
    await world.visit("anna", Withdraw())


async def test_a_coach_is_due_a_notice_for_a_request_and_then_for_a_letter(world: World) -> None:
    key = await world.coach("carla")
    await world.visit("anna", send())
    await world.pass_days(1)
    await world.to_work()
    assert [each.coach for each in await world.rounds.due(world.clock())] == [key.coach]
    await world.rounds.told(key.coach, delivered=True)

    handle = (await world.look("anna")).id
    await world.desks.look(key)
    await world.desks.read(key, handle)
    await world.desks.claim(key, handle)
    await world.visit("anna", write("Nog iets"))
    await world.pass_days(1)
    await world.to_work()
    assert (await world.look("anna")).state == "received"
    assert [each.coach for each in await world.rounds.due(world.clock())] == [key.coach]
