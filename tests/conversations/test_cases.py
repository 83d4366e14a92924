"""A case as a value: what fits on a card and into a session, and what an act makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations import caserecord
from conversations.carrying import carried
from conversations.cases import (
    CARD_BYTES,
    LETTER_BYTES,
    MOST_COACHES,
    MOST_PENDING,
    PARTS,
    PENDING_BYTES,
    Card,
    CardLine,
    Case,
    Coach,
    LetGo,
    Letter,
    News,
    Send,
    Times,
    Withdraw,
    Write,
    size_of,
)
from conversations.session import Session, Spot, encode

ID, KEY = "ab" * 16, "cd" * 32
CARLA = Coach(ID, "Carla", ("nl",), "Werk", True, 2, "slack", "ab12 " * 8)


def a_card(*words: str) -> Card:
    return Card(tuple(CardLine(part, each) for part, each in zip(PARTS, words, strict=False)))


def a_case(**changed: object) -> Case:
    made = carried(None, Send(a_card("Een vraag"), "Blauwe reiger", "nl"), 2968)
    assert made is not None
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("card", "fits"),
    [
        (a_card("Een vraag"), True),
        (a_card("x" * CARD_BYTES), True),
        (a_card("x" * CARD_BYTES, "y"), False),
        (a_card("é" * (CARD_BYTES // 2 + 1)), False),
        (a_card('"' * (CARD_BYTES // 2 + 1)), False),
        (a_card(), False),
        (a_card("  "), False),
        (Card((CardLine("question", "a"), CardLine("question", "b"))), False),
    ],
)
def test_a_card_fits_when_something_is_on_it_and_no_more_than_can_be_kept(
    card: Card, fits: bool
) -> None:
    assert card.fits is fits


@pytest.mark.parametrize(
    ("times", "fits"),
    [
        (Times(("di 10:00",), "number", "010 000 00 00"), True),
        (Times(("a", "b", "c"), "place", "serre"), True),
        (Times(("a", "b", "c", "d"), "place", "serre"), False),
        (Times((), "place", "serre"), False),
        (Times(("x" * 61,), "place", "serre"), False),
        (Times(("a",), "video", "x" * 301), False),
        (Times(("a",), "video", " "), False),
    ],
)
def test_an_appointment_is_up_to_three_times_and_one_way(times: Times, fits: bool) -> None:
    assert times.fits is fits


def test_the_fullest_case_leaves_room_for_a_conversation() -> None:
    ids = tuple(f"{number:032x}" for number in range(MOST_COACHES))
    full = a_case(card=a_card("x" * CARD_BYTES), coaches=ids, name="n" * 80, notify=True)
    full = replace(full, news=News("opened", coach=CARLA))
    while full.room:
        longer = carried(full, Write("words", "é" * min(full.room // 2 or 1, 90)), 2968)
        assert longer is not None
        full = longer
    assert len(full.pending) == MOST_PENDING

    empty = Session("a", "nl", Spot("frame", 1, "promise"))
    assert len(encode(replace(empty, case=full))) - len(encode(empty)) < 6_200


def test_what_waits_is_counted_as_it_is_kept() -> None:
    case = replace(a_case(), news=News("opened", coach=CARLA))
    assert case.room == LETTER_BYTES

    written = carried(case, Write("words", '"' * 400), 2968)
    assert written is not None
    assert written.room == PENDING_BYTES - 800
    assert size_of('"' * 400) == 800


def test_a_letter_is_numbered_after_all_that_its_writer_has_seen() -> None:
    seen = Letter("a", "coach", "words", 7, 2968, "dag")
    case = replace(a_case(), news=News("answered", coach=CARLA, letters=(seen,)))

    first = carried(case, Write("words", "een"), 2968)
    second = carried(first, Write("words", "twee"), 2968)
    assert second is not None
    assert [each.stamp for each in second.pending] == [8, 9]
    assert {each.to for each in second.pending} == {ID}


def test_without_a_coach_nothing_is_written() -> None:
    case = replace(a_case(), news=News("received"))

    assert carried(case, Write("words", "een"), 2968) == case
    assert carried(None, Write("words", "een"), 2968) is None


@pytest.mark.parametrize("act", [Withdraw(), LetGo()])
def test_taking_back_leaves_nothing(act: Withdraw | LetGo) -> None:
    assert carried(a_case(), act, 2968) is None


def test_unread_is_what_the_coach_wrote_and_was_not_shown() -> None:
    letters = (
        Letter("a", "coach", "words", 1, 2968),
        Letter("b", "person", "words", 2, 2968),
        Letter("c", "coach", "words", 3, 2968),
    )
    case = replace(a_case(read=1), news=News("answered", coach=CARLA, letters=letters))

    assert [each.stamp for each in case.unread] == [3]


def test_what_was_found_at_a_visit_is_not_written_down_and_a_case_never_prints() -> None:
    case = replace(a_case(), news=News("received", coach=CARLA))

    written = caserecord.written(case)
    assert "news" not in written
    assert caserecord.read(written).news is None
    assert "vraag" not in f"{case} {case.card} {case.card.lines} {case.news}"
