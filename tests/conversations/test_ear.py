"""What is heard in a sentence: claims, not denials, in the spelling people use."""

from __future__ import annotations

import pytest

from conversations.phrasing import spoken
from tests.support.listening import lexicon


def themes(words: str, language: str) -> tuple[str, ...]:
    return lexicon().understand(words, "nl" if language == "nl" else "en").themes


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Géén zin, collega's!", ["geen", "zin", "|", "collegas", "|"]),
        ("m’n baas… zooooo druk", ["mn", "baas", "|", "zoo", "druk"]),
        ("geïntimideerd", ["geintimideerd"]),
        ("1000 euro", ["1000", "euro"]),
        ("stand-by/nacht_dienst|(dag)", ["stand", "by", "nacht", "dienst", "|", "dag", "|"]),
        ("stand-by/nacht_dienst|(dág)", ["stand", "by", "nacht", "dienst", "|", "dag", "|"]),
        ("", []),
    ],
)
def test_words_sound_the_same_however_they_are_written(words: str, expected: list[str]) -> None:
    assert spoken(words) == expected


@pytest.mark.parametrize(
    ("language", "words", "theme"),
    [
        ("nl", "de werkdruk is het niet", "workload"),
        ("nl", "het gaat niet om de werkdruk", "workload"),
        ("nl", "aan mijn baas ligt het niet", "manager"),
        ("nl", "moe ben ik niet", "energy"),
        ("nl", "ik ben helemaal niet moe", "energy"),
        ("nl", "met het salaris is niks mis", "pay"),
        ("en", "it isn't about the money", "pay"),
        ("en", "my boss isn't the problem", "manager"),
        ("en", "I don't want to leave", "leaving"),
        ("en", "no complaints about my colleagues", "team"),
    ],
)
def test_what_is_denied_or_ruled_out_is_not_heard(language: str, words: str, theme: str) -> None:
    assert theme not in themes(words, language)


@pytest.mark.parametrize(
    ("language", "words", "theme"),
    [
        ("nl", "het is niet alleen de werkdruk", "workload"),
        ("nl", "het is hier niet normaal druk", "workload"),
        ("nl", "mijn baas luistert niet", "manager"),
        ("nl", "geen opslag gekregen", "pay"),
        ("nl", "geen idee wat ik wil", "shame"),
        ("nl", "niet moe maar ik wil weg", "leaving"),
        ("en", "it's not only the workload", "workload"),
        ("en", "my manager doesn't listen", "manager"),
        ("en", "not tired but I want to leave", "leaving"),
        ("en", "no raise again", "pay"),
        ("nl", "voel me niet gezien door mijn manager", "manager"),
        ("nl", "niet blij met mijn salaris", "pay"),
        ("en", "not happy with my salary at all", "pay"),
    ],
)
def test_a_negation_that_denies_something_else_silences_nothing(
    language: str, words: str, theme: str
) -> None:
    assert theme in themes(words, language)


@pytest.mark.parametrize(
    ("language", "words", "theme"),
    [
        ("nl", "mn werkdurk is gwn te hoog", "workload"),
        ("nl", "leidingevende vraagt nooit iets", "manager"),
        ("nl", "da's te veel werk, t is druk", "workload"),
        ("nl", "tis nie goed met de sfeer", "team"),
        ("nl", "de teamleidinggevende beslist", "manager"),
        ("en", "the workoad is insane", "workload"),
        ("en", "i wanna leave", "leaving"),
        ("en", "my manger never asks", "manager"),
    ],
)
def test_slips_of_the_pen_chat_spelling_and_compounds_are_heard(
    language: str, words: str, theme: str
) -> None:
    assert theme in themes(words, language)


@pytest.mark.parametrize(
    ("words", "theme"), [("een lokaal team", "loyalty"), ("goeien dag", "growth")]
)
def test_a_real_word_is_no_slip_of_the_pen(words: str, theme: str) -> None:
    assert theme not in themes(words, "nl")


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "mijn man is moe"), ("nl", "zij is verdrietig"), ("en", "my wife is so tired")],
)
def test_what_is_said_of_somebody_else_is_not_heard(language: str, words: str) -> None:
    heard = lexicon().understand(words, "nl" if language == "nl" else "en")

    assert (heard.themes, heard.feelings) == ((), ())


def test_a_phrase_comes_before_the_words_in_it() -> None:
    assert themes("ik voel me schuldig naar mijn collega's", "nl") == ("loyalty",)


def test_a_phrase_hides_nothing_that_is_never_named() -> None:
    assert themes("iedereen denkt dat ik een plan heb", "nl") == ("shame", "outward")


def test_a_cue_may_reach_over_the_end_of_a_part_of_the_sentence() -> None:
    assert "other_role" in themes("less screen, more outdoors", "en")


def test_a_slip_is_put_right_wherever_the_cue_hangs() -> None:
    assert themes("ik werk voor een schijntje aan salaros", "nl") == ("pay",)
    assert themes("ik voel me schuldig naar mijn colega's", "nl") == ("loyalty",)


def test_a_weak_word_counts_in_company_only() -> None:
    assert "team" not in themes("er was een fusie", "nl")
    assert "team" in themes("sinds de fusie loopt het stroef", "nl")


def test_what_was_praised_before_a_contrast_is_not_what_it_is_about() -> None:
    assert themes("mijn collega's zijn geweldig maar ik leer niks meer", "nl") == ("growth",)
    assert themes("mijn collega's zijn geweldig", "nl") == ("team",)


@pytest.mark.parametrize(
    ("words", "intensity"), [("ik ben een beetje moe", -1), ("ik ben moe", 0), ("ik ben zo moe", 1)]
)
def test_intensity_is_heard(words: str, intensity: int) -> None:
    assert lexicon().understand(words, "nl").intensity == intensity


@pytest.mark.parametrize("words", ["mwah", "Ok.", "gaat wel", "tja…"])
def test_an_answer_that_says_nothing_is_a_filler(words: str) -> None:
    assert lexicon().understand(words, "nl").filler


def test_the_other_language_is_noticed_and_listened_to() -> None:
    heard = lexicon().understand("I think my manager does not listen to me at all", "nl")

    assert heard.foreign
    assert heard.themes == ("manager",)
    assert not lexicon().understand("ik heb te veel meetings en deadlines", "nl").foreign


def test_something_hard_makes_an_answer_heavy() -> None:
    assert lexicon().understand("ik ben er verdrietig van", "nl").heavy
    assert not lexicon().understand("ik heb er weer zin in", "nl").heavy
