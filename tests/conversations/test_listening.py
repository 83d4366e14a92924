"""Words compared with patterns, themes heard or denied, and signs of danger."""

from __future__ import annotations

import pytest

from conversations.phrasing import clean, normal, pattern, visible
from tests.support import content

SCRIPTS = content.scripts()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ik WEET het niet!!", "ik weet het niet"),
        ("héél  erg…", "héél erg"),
        ("’t Zo", "t zo"),
        ("don’t", "don't"),
        ("zoooooo moe", "zoo moe"),
        ("🙂", ""),
    ],
)
def test_typed_words_get_one_form(words: str, expected: str) -> None:
    assert normal(words) == expected


@pytest.mark.parametrize(
    ("phrase", "words", "hit"),
    [
        ("druk", "het is druk", True),
        ("druk", "drukker", False),
        ("druk*", "drukker", True),
        ("*druk", "werkdruk", True),
        ("in de steek", "ik laat ze in de steek", True),
        ("in de steek", "in die steek", False),
    ],
)
def test_a_pattern_is_whole_words_unless_it_has_a_star(
    phrase: str, words: str, *, hit: bool
) -> None:
    assert bool(pattern(phrase).search(normal(words))) is hit


@pytest.mark.parametrize(
    ("words", "themes"),
    [
        ("ik wil rust en het is druk", ("calm", "busy")),
        ("het is niet druk", ()),
        ("het is niet leuk maar druk", ("busy",)),
        ("geen rust of duur", ()),
        ("niets bijzonders", ()),
    ],
)
def test_a_theme_is_heard_unless_it_is_denied(words: str, themes: tuple[str, ...]) -> None:
    assert SCRIPTS.lexicon.heard(words, "nl") == themes


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("Ik wil er niet meer zijn.", True),
        ("I want to END my life", True),
        ("dood van het lachen", False),
        ("dood van het lachen maar ik wil dood", True),
        ("doodmoe", False),
    ],
)
def test_signs_of_danger_are_seen_in_every_language_and_idioms_hide_only_themselves(
    words: str, *, danger: bool
) -> None:
    assert SCRIPTS.safety.crisis(words) is danger


def test_half_characters_and_zero_bytes_are_taken_out() -> None:
    assert clean(" a\ud800b\0 ") == "a?b"


@pytest.mark.parametrize(("words", "seen"), [("", False), ("\u200b", False), ("🙂", True)])
def test_what_cannot_be_seen_is_told_apart(words: str, *, seen: bool) -> None:
    assert visible(words) is seen
