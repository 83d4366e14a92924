# ruff: noqa: E501  a planted mistake stands on one line, as in the file
"""Each check that watches how conversations are written and walked fails on a planted mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conversations import answering, asking, check, mention, variants
from conversations.engine import advance
from tests.support import content

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.problem import Problem
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Reply, Turn

FRAME, FAQ = "frame.yaml", "faq.yaml"
WALK, REST = "tracks/1_walk.yaml", "tracks/2_rest.yaml"
SAY = 'say: [{ nl: "Je mag alles overslaan.", en: "You may skip anything." }]'
SIXTEEN = " ".join(["woord"] * 16)
NINETEEN = " ".join(["word"] * 19)
SIGN = '{{ nl: {{ words: ["{0}"], hits: ["{0}"] }}, en: {{ words: ["{1}"], hits: ["{1}"] }} }}'
OFFER = f"""\
  coach:
    kind: offer
    ask: {{ nl: "Wil je een coach?", en: "Would you like a coach?" }}
    to: rest
    clarity: clarity_after
    signs:
      asked: {SIGN.format("een coach graag", "a coach please")}
      stuck: {SIGN.format("kom er niet uit", "i am stuck")}
      soon: {SIGN.format("moet morgen kiezen", "must choose tomorrow")}
    accept: {{ nl: "Ja", en: "Yes" }}
    decline: {{ nl: "Nee", en: "No" }}
    go: keep

"""
OWN_STEP = """\
  own_step:
    kind: own_step
    ask: { nl: "Hoe ging het?", en: "How did it go?" }
    title: { nl: "Je stap", en: "Your step" }
    in_chat: { nl: "In het venster.", en: "In the window." }
    of: small_step
    slot: stands
    options: { did_it: { label: { nl: "Gedaan", en: "Done" } }, not: { label: { nl: "Niet", en: "Not" } } }
    settled: [did_it]
    go: welcome

"""

PLANTED: dict[str, tuple[str, str, str, set[str]]] = {
    "a variant in one language only": (
        WALK, SAY, 'say: [{ nl: ["Sla gerust over.", "Overslaan mag."], en: "Skip it." }]', {"L313"},
    ),
    "two variants that are the same": (
        WALK, SAY, 'say: [{ nl: ["Ja.", "ja"], en: ["Yes.", "Sure."] }]', {"L314"},
    ),
    "a variant without quotes": (
        WALK, SAY, 'say: [{ nl: ["Ja.", Nee], en: ["Yes.", "No."] }]', {"L314"},
    ),
    "a long sentence": (
        WALK, SAY, f'say: [{{ nl: "{SIXTEEN}", en: "You may skip anything." }}]', {"L315"},
    ),
    "a long English sentence": (
        WALK, SAY, f'say: [{{ nl: "Sla maar over.", en: "{NINETEEN}" }}]', {"L315"},
    ),
    "long sentences": (
        REST, '"Up you get."', f'"{" ".join(["word"] * 18)}. {" ".join(["more"] * 18)}."', {"L316"},
    ),
    "nobody who reviews": (REST, 'reviewed: { by: "", on: "" }\n', "", {"L317"}),
    "a reviewer without a day": (REST, '{ by: "", on: "" }', '{ by: "Jo", on: "" }', {"L317"}),
    "a day that is none": (REST, '{ by: "", on: "" }', '{ by: "Jo", on: "May" }', {"L114"}),
    "a subject that is not there": (FRAME, "    go: clarity_after\n\n  summary", "    first: [wlak]\n    go: clarity_after\n\n  summary", {"L201"}),
    "a way to all subjects without pages": (
        FRAME,
        "    go: clarity_after\n\n  summary",
        '    every: { nl: "Alles", en: "All" }\n    go: clarity_after\n\n  summary',
        {"L214"},
    ),
    "a suggestion by a theme that is none": (REST, "start: bench", "themes: [clam]\nstart: bench", {"L202"}),
    "a suggestion by a number that is none": (REST, "start: bench", "when_low: [walk.seen]\nstart: bench", {"L212"}),
    "a button that has a meaning already": (REST, "birds:", "remove_line:", {"L209"}),
    "a subject named like a page": (REST, "id: rest", "id: subjects_2", {"L209", "L201"}),
    "a summary line of the frame without a slot": (
        FRAME, "empty: {", 'lines: [{ label: { nl: "X", en: "Y" }, slot: smal_step }]\n    empty: {', {"L212"},
    ),
    "an answer for one operator only": (FAQ, '    employer: { nl: "Van je werkgever.", en: "Of your employer." }\n', "", {"L214"}),
    "a question that is not known": (FAQ, 'hits: ["ben je een mens?"]', 'hits: ["wie ben jij?"]', {"L408"}),
    "an answer that is taken for a question": (FAQ, 'misses: ["ik ben een mens"]', 'misses: ["ben je een mens of niet"]', {"L409"}),
    "a question of a star only": (FAQ, 'words: ["are you a person"]', 'words: ["are you a person", "*"]', {"L114"}),
    "an answer that is too long": (FAQ, '"No, a program."', f'"{"No. " * 60}"', {"L302"}),
    "a promise in an answer": (FAQ, '"No, a program."', '"This is 100% anonymous."', {"L308"}),
}  # fmt: skip

IN_THE_OFFER: dict[str, tuple[str, str, set[str]]] = {
    "a coach that is nowhere": ("    to: rest\n", "    to: rust\n", {"L201"}),
    "a number that nobody gives": ("clarity: clarity_after", "clarity: small_step", {"L212"}),
    "a sign that is not heard": (
        'hits: ["kom er niet uit"]', 'hits: ["het lukt niet"]', {"L408"},
    ),
    "a sign that is missing": (f"      soon: {SIGN.format('moet morgen kiezen', 'must choose tomorrow')}\n", "", {"L214"}),
}  # fmt: skip


def new_problems(folder: Path, before: tuple[Problem, ...]) -> list[Problem]:
    known = {(each.file, each.code, each.what) for each in before}
    return [each for each in check.run(folder) if (each.file, each.code, each.what) not in known]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content.write(tmp_path)


@pytest.fixture
def with_an_offer(folder: Path) -> Path:
    """The frame with an offer of a coach after the small step."""
    old = 'options:\n      none: { label: { nl: "Nu niets", en: "Nothing now" } }\n    go: keep\n\n'
    content.change(folder, FRAME, old, old.replace("go: keep", "go: coach") + OFFER)
    return folder


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_told_in_its_file(name: str, folder: Path) -> None:
    file, old, new, codes = PLANTED[name]
    before = check.run(folder)
    content.change(folder, file, old, new)

    found = new_problems(folder, before)

    assert {each.code for each in found} == codes
    assert file in {each.file for each in found}


@pytest.mark.parametrize("name", IN_THE_OFFER)
def test_a_mistake_in_the_offer_of_a_coach_is_told(name: str, with_an_offer: Path) -> None:
    old, new, codes = IN_THE_OFFER[name]
    before = check.run(with_an_offer)
    content.change(with_an_offer, FRAME, old, new)

    assert {each.code for each in new_problems(with_an_offer, before)} == codes


def test_an_offer_in_order_is_no_problem(with_an_offer: Path) -> None:
    assert [each for each in check.run(with_an_offer) if each.file == FRAME] == []


def test_a_step_of_the_own_small_step_names_slots_and_buttons_that_are_there(folder: Path) -> None:
    content.change(folder, FRAME, "again: welcome", "again: own_step")
    content.change(
        folder, FRAME, "  clarity_before:\n    kind", OWN_STEP + "  clarity_before:\n    kind"
    )
    before = check.run(folder)
    assert [each for each in before if each.file == FRAME] == []
    content.change(folder, FRAME, "of: small_step", "of: smal_step")
    content.change(folder, FRAME, "settled: [did_it]", "settled: [done_it]")

    assert {each.code for each in new_problems(folder, before)} == {"L212", "L201"}


def test_a_circle_is_told_at_each_of_its_steps(folder: Path) -> None:
    before = check.run(folder)
    content.change(folder, WALK, "    go: seen\n\n  seen:", "    go: often\n\n  seen:")

    found = new_problems(folder, before)

    assert [each.code for each in found] == ["L318", "L318"]


def test_a_walk_without_an_end_is_told(folder: Path) -> None:
    """Buttons lead round; only typing leads out, so that there is a way to an end, but not for all."""
    before = check.run(folder)
    out = "    go: { by_theme: { calm: up }, otherwise: bench }\n"
    content.change(folder, REST, "    go: up\n", out)

    assert "L501" in {each.code for each in new_problems(folder, before)}


def test_a_way_that_nobody_can_take_is_told(folder: Path) -> None:
    """A theme that is never heard, since its cue is misspelt."""
    content.change(folder, "lexicon.yaml", "negations:", _GHOST + "negations:")
    before = check.run(folder)
    content.change(
        folder, REST, "    go: up\n", "    go: { by_theme: { ghost: up }, otherwise: up }\n"
    )

    assert {each.code for each in new_problems(folder, before)} == {"L503"}


_GHOST = """\
  ghost:
    name: { nl: "Spook", en: "Ghost" }
    nl: { words: ["kabouter"], hits: ["een spook in huis"] }
    en: { words: ["gnome"], hits: ["a ghost at home"] }
"""


def test_a_question_without_a_way_out_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = check.run(folder)
    monkeypatch.setattr(asking, "CONTROLS", ("skip", "help", "back"))

    assert {each.code for each in new_problems(folder, before)} == {"L502"}


def test_a_variant_that_comes_twice_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content.change(folder, WALK, SAY, 'say: [{ nl: ["Ja.", "Nee."], en: ["Yes.", "No."] }]')
    before = check.run(folder)
    assert "L504" not in {each.code for each in before}
    monkeypatch.setattr(variants, "nth", lambda _session: 0)

    assert {each.code for each in new_problems(folder, before)} == {"L504"}


def test_a_coach_named_against_the_rule_is_told(
    with_an_offer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = check.run(with_an_offer)
    monkeypatch.setattr(mention, "due", lambda _session, _offer: True)

    assert {each.code for each in new_problems(with_an_offer, before)} == {"L505"}


def test_a_question_at_which_danger_goes_unheard_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = check.run(folder)
    monkeypatch.setattr("conversations.dialogue.advance", _deaf)

    assert "L506" in {each.code for each in new_problems(folder, before)}


def _deaf(scripts: Scripts, session: Session | None, reply: Reply) -> Turn:
    """An engine that takes every word for an answer."""
    if session is None or reply.said is None:
        return advance(scripts, session, reply)
    return answering.write(scripts, session, asking.open_step(scripts, session), reply.said)
