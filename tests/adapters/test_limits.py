"""One person can be slowed down, and nobody can slow down another."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from adapters import limits
from adapters.identity import PlatformId
from adapters.limits import ORGANISATION_AT_ONCE, UNDER_PRESSURE, Limits


@dataclass
class Clock:
    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def person(name: str, home: str = "T1") -> PlatformId:
    return PlatformId("slack", home, name)


def sent(kept: Limits, who: PlatformId, count: int) -> int:
    """How many of so many messages at once were taken."""
    return sum(kept.admits(who) for _ in range(count))


def test_a_thousand_messages_in_a_minute_are_cut_to_what_a_person_can_send(clock: Clock) -> None:
    kept, taken = Limits(240, clock), 0

    for _ in range(1_000):
        taken += kept.admits(person("U1"))
        clock.seconds += 0.06

    assert 240 <= taken <= 240 + 120


def test_somebody_who_is_limited_never_blocks_another(clock: Clock) -> None:
    kept = Limits(240, clock)
    sent(kept, person("U1"), 1_000)

    others = [sent(kept, person(f"W{number}"), 5) for number in range(50)]

    assert others == [5] * 50


def test_hammering_does_not_make_the_wait_longer(clock: Clock) -> None:
    kept = Limits(60, clock)
    sent(kept, person("U1"), 100_000)

    clock.seconds += 1.0

    assert sent(kept, person("U1"), 10) == 1


def test_a_whole_organisation_of_hammerers_leaves_room_for_a_colleague_who_talks(
    clock: Clock,
) -> None:
    kept = Limits(240, clock)
    hammering = [person(f"U{number}") for number in range(100)]
    for who in hammering:
        sent(kept, who, 200)

    assert sent(kept, person("W1"), UNDER_PRESSURE) == UNDER_PRESSURE
    assert sent(kept, person("W1"), 1) == 0
    assert sent(kept, hammering[0], 1) == 0
    clock.seconds += 0.5
    assert sent(kept, person("W1"), 1) == 1


def test_one_organisation_presses_no_other(clock: Clock) -> None:
    kept = Limits(240, clock)
    for number in range(100):
        sent(kept, person(f"U{number}"), 200)

    assert sent(kept, person("U1", "T2"), 100) == 100


def test_an_organisation_recovers_within_seconds(clock: Clock) -> None:
    kept = Limits(240, clock)
    for number in range(100):
        sent(kept, person(f"U{number}"), 200)

    clock.seconds += ORGANISATION_AT_ONCE / limits.ORGANISATION_PER_SECOND

    assert sent(kept, person("W1"), 100) == 100


def test_the_same_id_elsewhere_is_somebody_else(clock: Clock) -> None:
    kept = Limits(60, clock)
    sent(kept, person("U1"), 100)

    assert kept.admits(person("U1", "T2"))
    assert kept.admits(PlatformId("teams", "T1", "U1"))


def test_it_remembers_a_bounded_number_of_people_for_a_bounded_time(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST", 10)
    kept = Limits(60, clock)

    for number in range(100):
        kept.admits(person(f"U{number}"))
    assert len(kept._people) == 10
    clock.seconds += 31.0
    assert len(kept._people) == 0


def test_no_id_lies_in_it_and_two_processes_know_the_same_person_by_other_marks(
    clock: Clock,
) -> None:
    one, other = Limits(60, clock), Limits(60, clock)
    for kept in (one, other):
        kept.admits(person("UCANARY"))

    marks = [set(kept._people._kept) for kept in (one, other)]

    assert marks[0].isdisjoint(marks[1])
    assert b"UCANARY" not in b"".join(marks[0] | marks[1])


def test_a_restart_forgets_every_limit(clock: Clock) -> None:
    sent(Limits(60, clock), person("U1"), 100)

    assert Limits(60, clock).admits(person("U1"))


def test_an_id_that_is_no_text_is_limited_like_any_other(clock: Clock) -> None:
    assert sent(Limits(60, clock), person("\ud800"), 100) == 30
