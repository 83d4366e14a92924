"""Authored cues: what they may hold, and how each part of one is compared."""

from __future__ import annotations

import pytest

from conversations.matching import Matcher
from conversations.patterns import PatternError, parse
from conversations.phrasing import spoken
from conversations.spelling import Spelling

GROUPS = {"my": ("mijn", "onze")}


def found(cue: str, words: str) -> bool:
    matcher = Matcher((parts, cue) for parts in parse(cue, GROUPS))
    return bool(matcher.find(matcher.words(spoken(words))))


@pytest.mark.parametrize(
    ("cue", "words", "hit"),
    [
        ("druk", "het is druk", True),
        ("druk", "drukker", False),
        ("werkdr*", "werkdrukte", True),
        ("*werkdruk", "topwerkdruk", True),
        ("*druk*", "werkdrukte", False),
        ("laat .. vallen", "ik laat ze vallen", True),
        ("laat .. vallen", "ik laat een twee drie vier vallen", False),
        ("laat .. vallen", "ik laat ze. niet vallen", False),
        ("<my> baas", "onze baas", True),
        ("<my> baas", "de baas", False),
        ("te? veel", "veel", True),
        ("(in de|naar) kast", "in de kast", True),
        ("(in de|naar) kast", "in kast", False),
        ("op .", "ik ben op", True),
        ("op .", "op kantoor", False),
        ("minder .. . meer", "minder praten, meer doen", True),
        ("minder .. . meer", "minder praten meer doen", False),
        (". maar", "maar dan", False),
    ],
)
def test_a_cue_is_found_where_its_parts_stand(cue: str, words: str, *, hit: bool) -> None:
    assert found(cue, words) is hit


def test_every_way_to_hang_a_cue_finds_the_same() -> None:
    cue, words = "laat (mijn|onze) baas .. in de steek", spoken("ik laat onze baas nu in de steek")
    for frequent in [(), ("in", "de"), ("laat", "baas", "steek"), ("onze", "mijn", "baas")]:
        matcher = Matcher(((parts, cue) for parts in parse(cue, GROUPS)), frequent=frequent)

        assert matcher.find(list(words)) == [(cue, 1, 8)]


@pytest.mark.parametrize(
    "cue", ["", "*", "te *", "(een|twee", "<hun> baas", ".. baas", "baas ..", "te?", "🙂"]
)
def test_a_cue_that_cannot_be_read_is_refused(cue: str) -> None:
    with pytest.raises(PatternError):
        parse(cue, GROUPS)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("salris", "salaris"),
        ("sallaris", "salaris"),
        ("salatis", "salaris"),
        ("saalris", "salaris"),
        ("zalaris", None),
        ("salariss", "salaris"),
        ("saalaris", "salaris"),
        ("salarsi", "salaris"),
        ("salari", "salaris"),
        ("salamis", None),
        ("solaris", None),
        ("sal", None),
    ],
)
def test_a_word_one_letter_off_is_put_right_unless_it_is_another_word(
    word: str, meant: str | None
) -> None:
    assert Spelling({"salaris"}, {"salamis", "solaris"}).meant(word) == meant
