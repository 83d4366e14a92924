"""What in a text may tell who it is, as far as short rules hear it; and what is filled in for nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.handoff import elsewhere
from conversations.handoff.identifying import hints
from conversations.handoff.unfilled import may_stand

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts

HEARD = [
    ("mijn baas Willem zegt dat het niet kan", "name"),
    ("my colleague Sarah thinks so", "name"),
    ("mijn leidinggevende heet anna", "name"),
    ("ik werk voor meneer jansen", "name"),
    ("my manager is called peter", "name"),
    ("bel me op 06 12 34 56 78", "number"),
    ("+31 6 1234 5678 works", "number"),
    ("mail naar a.b@voorbeeld.nl", "address"),
    ("see https://linked.example/me", "address"),
    ("ik zit in team Noord", "team"),
    ("ik werk op de afdeling inkoop", "team"),
    ("ik zit bij HR", "team"),
    ("bij finance gaat het zo", "team"),
    ("het salesteam kent me", "team"),
    ("I am on the marketing team", "team"),
    ("I work in purchasing", "team"),
    ("ik begon op 3 maart", "date"),
    ("since May 12 it has been like this", "date"),
    ("sinds 2019 werk ik hier", "date"),
    ("het was op 12-03", "date"),
    ("ik ben de enige vrouw hier", "only"),
    ("I am the only one in Dutch support", "only"),
]
QUIET = [
    "hoe zeg ik dat ik iets anders wil",
    "mijn team weet van niets",
    "de afdeling waar ik werk verandert",
    "I would like it to be different",
    "what it is about, I do not know",
    "we may talk about it",
    "ik wil minder uren en meer tijd",
    "dinsdag om 10:00 of woensdag na 14 uur",
    "ik twijfel tussen 2 of 3 dingen",
    "it is called burnout by some",
    "Ik weet het niet. Misschien wil ik weg.",
    "I do not know. Perhaps I want to leave.",
    "hoe dat heet weet ik niet",
    "in een ander team, met andere mensen",
]
NEVER_FILLED = [
    "hoe zeg ik Willem dat ik weg wil",
    "moet ik van de afdeling inkoop weg",
    "kan ik nog werken met reuma",
    "hoe kom ik terug na mijn burn-out",
    "I have a chronic illness and wonder what fits",
    "ik ben bang voor mijn baas",
    "ik schaam me dat ik het niet weet",
    "I feel guilty about leaving",
    "hoe ga ik om met gepest worden",
    "ik wil er niet meer zijn",
]
FILLED = [
    "hoe zeg ik dat ik iets anders wil",
    "wat past er bij mij na tien jaar hetzelfde werk",
    "how do I find out what I want next",
]


CONFLICT = [
    "hoe kom ik uit een arbeidsconflict",
    "ik heb ruzie met mijn leidinggevende",
    "we are in a dispute with each other",
    "I have a conflict with my manager",
]
NO_CONFLICT = [
    "ik wil geen conflict maar wel iets anders",
    "is that a conflict of interest",
    "hoe zeg ik dat ik iets anders wil",
]


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load()


@pytest.mark.parametrize(("text", "kind"), HEARD)
def test_what_may_tell_who_it_is_is_heard(text: str, kind: str) -> None:
    assert kind in hints(text)


@pytest.mark.parametrize("text", QUIET)
def test_about_ordinary_words_nothing_is_said(text: str) -> None:
    assert hints(text) == ()


@pytest.mark.parametrize("text", NEVER_FILLED)
def test_names_departments_health_feelings_and_danger_are_filled_in_for_nobody(
    scripts: Scripts, text: str
) -> None:
    assert not may_stand(scripts, "nl", text)
    assert not may_stand(scripts, "en", text)


@pytest.mark.parametrize("text", FILLED)
def test_a_plain_question_is_filled_in(scripts: Scripts, text: str) -> None:
    assert may_stand(scripts, "nl", text)
    assert may_stand(scripts, "en", text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_about_a_conflict_the_way_elsewhere_is_told_before_a_coach_is(
    scripts: Scripts, language: Language
) -> None:
    for text in CONFLICT:
        assert list(elsewhere.told(scripts, language, ["iets", text])), text
    for text in NO_CONFLICT:
        assert not list(elsewhere.told(scripts, language, [text])), text
