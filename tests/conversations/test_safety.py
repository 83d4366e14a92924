"""What is heard in somebody's words: the seeds, the spelling that is forgiven, and what changes a meaning."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conversations import library
from conversations.safety import Heard
from conversations.safety.levels import CARDS, ORDER, graver
from tests.report.safety import CRISIS, HARMLESS, RIGHT, heard, right, utterances

SAFETY = library.load().safety

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize(
    "words",
    [
        "ik wil er niet meer zijn",
        "ze zijn beter af als ik weg ben voorgoed",
        "ik denk erover om mezelf wat aan te doen",
        "I want to end my life",
        "better off dead",
        "I'm going to hurt myself tonight",
    ],
)
def test_the_seeds_that_must_bring_a_card_do(words: str) -> None:
    assert SAFETY.level(words) in ("L2", "L3")


@pytest.mark.parametrize(
    "words",
    [
        "ik ga kapot van het lachen",
        "doodmoe na die verhuizing",
        "moordend tempo hier",
        "ze maakten gehakt van mijn plan",
        "ik lach me rot",
        "doodnormaal traject",
        "this deadline is killing me",
        "dead-end job",
        "hang up",
        "kill the feature flag",
        "our burn rate",
        "bleeding edge",
    ],
)
def test_the_seeds_that_must_stay_silent_do(words: str) -> None:
    assert SAFETY.level(words) == "none"


@pytest.mark.parametrize(
    "words",
    [
        "IK WIL DOOD",
        "ik wil dooood",
        "ikwildood",
        "ik wilniet meer leven",
        "k wil nie meer leven",
        "ik denk aan zefmoord",
        "zelf moord lijkt de enige weg",
        "ik ben suïcidaal",
        "i wanna d1e",
        "killmyself",
        "i feel sucidal",
        "gonna kms",
        "unalive myself",
        "the rope's in the garage already",
        "i’m going to hurt myslef",
        "I want to \N{MATHEMATICAL BOLD SMALL D}ie",
        "ik wil\u200b dood",
    ],
)
def test_spelling_and_coded_forms_are_forgiven(words: str) -> None:
    assert SAFETY.level(words) in ("L2", "L3")


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("ik heb geen suïcidale gedachten", "none"),
        ("ik ben niet suïcidaal maar ik wil er niet meer zijn", "L2"),
        ("ik wil niet dood, ik wil een andere baan", "none"),
        ("I work in suicide prevention", "none"),
        ("I work in suicide prevention and I want to die", "L2"),
        ("ik kan niet meer", "L1"),
        ("ik kan niet meer tegen de drukte", "none"),
        ("ik wil er een eind aan maken", "L2"),
        ("ik wil er een eind aan maken, die samenwerking werkt niet", "none"),
        ("I want to end it", "L1"),
        ("I want to end this project", "none"),
    ],
)
def test_what_stands_around_the_words_decides(words: str, level: str) -> None:
    assert SAFETY.level(words) == level


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ik maak mezelf van kant haha", Heard("L1", "self")),
        ("I'll kill myself if the printer jams again", Heard("L1", "self")),
        ("vroeger wilde ik dood", Heard("L1", "past")),
        ("I used to be suicidal", Heard("L1", "past")),
        ("vroeger wilde ik dood en nu weer", Heard("L2", "self")),
        ("mijn broer zegt dat hij dood wil", Heard("L2", "other")),
        ("my coworker said she wants to die", Heard("L2", "other")),
        ("ik wil vanavond dood", Heard("L3", "self")),
    ],
)
def test_laughter_the_past_others_and_a_moment_change_what_it_means(
    words: str, expected: Heard
) -> None:
    assert SAFETY.hear(words) == expected


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ("ik wil er niet", "meer zijn", "L2"),
        ("i want to", "end my life", "L2"),
        ("ik wil dood.", "de planning is rond", "none"),
    ],
)
def test_a_sentence_in_two_messages_is_one_and_what_was_said_before_is_not_heard_again(
    first: str, second: str, level: str
) -> None:
    assert SAFETY.level(second, first) == level


def test_the_gravest_level_counts_wherever_it_stands() -> None:
    words = "ik word gepest, ik slaap al weken niet en ik wil dood"

    assert SAFETY.level(words) == "L2"
    assert SAFETY.level("ik word gepest en ik slaap al weken niet") == "harassment"


def test_every_level_is_graver_than_all_that_follow_it() -> None:
    assert all(graver(a, b) for n, a in enumerate(ORDER) for b in ORDER[n + 1 :])
    assert not graver("L2", "L2")


def test_a_card_follows_what_reception_and_windows_ask_about() -> None:
    assert [level for level in ORDER if level in CARDS] == ["L3", "L2", "harm_other"]
    assert SAFETY.crisis("ik wil dood")
    assert not SAFETY.crisis("ik kan niet meer")


@given(st.text(max_size=400), st.text(max_size=60))
@example("\ud800" * 3, "'" * 40)
@example("a" * 5000, "|,|,")
@example("ik " * 4000, "")
def test_no_text_whatever_raises(words: str, earlier: str) -> None:
    assert SAFETY.hear(words, earlier).level in ORDER


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_labelled_utterances(language: str) -> None:
    found = list(utterances(language))  # type: ignore[arg-type]

    assert len(found) >= 150
    assert len({each.words for each in found}) == len(found)
    assert {each.group for each in found} == set(RIGHT)


@pytest.mark.parametrize("half", ["held", "tuned"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_heard_stays_within_the_targets(language: str, half: str) -> None:
    table = heard(SAFETY, language, half)  # type: ignore[arg-type]

    crisis = [right(table, group) for group in CRISIS]
    missed = sum(table[group]["none"] for group in CRISIS)
    total = sum(count for _, count in crisis)
    harmless = sum((table[group] for group in HARMLESS), start=type(table["none"])())
    cards = sum(harmless[level] for level in CARDS)
    assert missed * 26 <= total
    assert sum(good for good, _ in crisis) * 26 >= total * 22
    assert cards * 54 <= 2 * harmless.total()
    assert harmless["L1"] * 54 <= 6 * harmless.total()
    for group, wanted in (("harm_other", 1.0), ("harassment", 10 / 11), ("burnout", 0.8)):
        good, count = right(table, group)
        assert good >= wanted * count, group
