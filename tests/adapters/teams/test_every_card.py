"""Every card and dialog that the conversations can produce is one that Teams shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from adapters.teams import cards, dialog
from conversations import library
from conversations.organisation import Organisation
from tests.support.card_schema import MOST_BYTES, broken_rules, findings
from tests.support.colleague import buttons, card, parts
from tests.support.every_turn import WORDS, every_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.turn import Turn

Json = dict[str, Any]
SCRIPTS = library.load().of(Organisation("example", "bureau", country="NL"))
SHOWN = ("text", "title", "label", "fallbackText", "errorMessage")


@pytest.fixture(scope="module")
def turns() -> list[tuple[str, Turn]]:
    return list(every_turn(SCRIPTS))


def both(turn: Turn) -> Iterator[tuple[str, Json]]:
    message = cards.message(turn, SCRIPTS.phrases)
    asked = dialog.question(turn, SCRIPTS.phrases, held=True)
    yield from (("card", card(message)),) if message else ()
    yield from (("dialog", card(asked)),) if asked else ()


def shape(value: object) -> object:
    """The card with its words taken out: cards of one shape are alike to a schema."""
    if isinstance(value, dict):
        return {k: "x" if k in SHOWN else shape(each) for k, each in value.items() if k != "data"}
    return [shape(each) for each in value] if isinstance(value, list) else value


def test_every_step_of_every_script_is_among_them(turns: list[tuple[str, Turn]]) -> None:
    names = [name for name, _ in turns]

    assert len(set(names)) == len(names)
    assert len(names) > 1_000
    for track in SCRIPTS.tracks.values():
        assert any(name.startswith(f"{track.id} ") for name in names)


def test_all_of_them_keep_to_the_schema_and_to_the_rules_of_teams(
    turns: list[tuple[str, Turn]],
) -> None:
    shapes: dict[str, tuple[str, Json]] = {}
    for name, turn in turns:
        for kind, shown in both(turn):
            assert broken_rules(shown) == [], (name, kind)
            assert len(json.dumps(shown).encode()) < MOST_BYTES
            shapes.setdefault(json.dumps(shape(shown)), (f"{name} {kind}", shown))

    assert len(shapes) > 20
    assert {name: findings(shown) for name, shown in shapes.values() if findings(shown)} == {}


def test_no_card_in_the_chat_holds_own_words_or_a_field(turns: list[tuple[str, Turn]]) -> None:
    said = WORDS.split("\n")[0][:30]
    for name, turn in turns:
        for kind, shown in both(turn):
            if kind == "card":
                assert said not in json.dumps(shown), name
                assert not [p for p in parts(shown) if str(p.get("type")).startswith("Input")]


def test_every_button_has_words_and_fits_on_a_telephone(turns: list[tuple[str, Turn]]) -> None:
    for name, turn in turns:
        for kind, shown in both(turn):
            for each in buttons({"attachments": [{"content": shown}]}):
                assert 0 < len(each["title"]) <= 30, (name, kind, each["title"])
