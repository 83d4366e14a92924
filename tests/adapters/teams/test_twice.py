"""An impatient finger: the same answer to the same question, twice within moments."""

from __future__ import annotations

import pytest

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from adapters.teams.twice import MOMENTS, Twice
from tests.support.teams_bot import Clock

ME, OTHER = PlatformId("teams", "t", "29:quokka"), PlatformId("teams", "t", "29:numbat")


def said(event: str, words: str = "quokka", token: str = "a1.3") -> Incoming:
    return Incoming(said=words, token=token, event=event)


def test_the_same_answer_joins_the_first_one() -> None:
    twice = Twice(Clock())

    assert twice.joined(ME, said("1")).event == "1"
    assert twice.joined(ME, said("2")).event == "1"
    assert twice.joined(ME, Incoming(pressed="town", token="a1.3", event="3")).event == "3"
    assert twice.joined(ME, Incoming(pressed="town", token="a1.3", event="4")).event == "3"


@pytest.mark.parametrize("other", [said("2", words="numbat"), said("2", token="a1.4")])
def test_another_answer_or_question_is_another(other: Incoming) -> None:
    twice = Twice(Clock())
    twice.joined(ME, said("1"))

    assert twice.joined(ME, other).event == "2"


def test_somebody_elses_answer_is_another() -> None:
    twice = Twice(Clock())
    twice.joined(ME, said("1"))

    assert twice.joined(OTHER, said("2")).event == "2"


def test_after_moments_it_is_another() -> None:
    clock = Clock()
    twice = Twice(clock)
    twice.joined(ME, said("1"))
    clock.now += MOMENTS

    assert twice.joined(ME, said("2")).event == "2"


@pytest.mark.parametrize(
    "asked",
    [
        Incoming(pressed="help", token="a1.3", event="1"),
        Incoming(pressed="mydata:2", token="a1.3", event="1"),
        Incoming(pressed="care_yes", token="a1.3", event="1"),
        Incoming(pressed="4", token="new.nl.clarity", event="1"),
        Incoming(said="", token="a1.3", event="1"),
        Incoming(said="hallo", event="1"),
    ],
)
def test_what_steers_asks_or_begins_is_never_joined(asked: Incoming) -> None:
    twice = Twice(Clock())
    twice.joined(ME, asked)
    again = Incoming(said=asked.said, pressed=asked.pressed, token=asked.token, event="2")

    assert twice.joined(ME, again).event == "2"


def test_nothing_of_it_is_kept_in_the_clear() -> None:
    twice = Twice(Clock())
    twice.joined(ME, said("1"))

    assert "quokka" not in repr(vars(twice)["_events"]._kept)
    assert twice.named(ME, "1612345") != Twice(Clock()).named(ME, "1612345")
