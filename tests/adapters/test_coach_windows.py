"""What a coach and somebody who asks one are shown, in Slack's and in Teams' windows, however long it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.slack import render, window
from adapters.teams import cards, dialog
from conversations import library
from conversations.organisation import Organisation
from tests.support.blockkit import view_problems
from tests.support.card_schema import findings
from tests.support.coachturns import coach_turns
from tests.support.colleague import card, parts
from tests.support.deskturns import LINK

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
SCRIPTS = library.load().of(Organisation("mill", "bureau", country="NL"))
PHRASES = SCRIPTS.phrases


ALL = dict(coach_turns(SCRIPTS))


def test_everything_is_among_them() -> None:
    assert len(ALL) > 80
    assert sum("letters:" in name for name in ALL) > 4
    assert sum("case True" in name for name in ALL) > 4
    assert sum(" list " in name for name in ALL) == 10


def test_each_is_a_window_that_both_platforms_take() -> None:
    found: dict[str, list[str]] = {}
    for name, turn in ALL.items():
        asked = dialog.question(turn, PHRASES, held=True)
        assert asked is not None
        problems = view_problems(window.view(turn, PHRASES, held=True)) + findings(card(asked))
        found |= {name: problems} if problems else {}

    assert found == {}


def test_words_of_people_are_shown_letter_by_letter_and_link_and_ping_nothing() -> None:
    for turn in ALL.values():
        shown = window.view(turn, PHRASES, held=True)
        marked = [each["text"] for each in _objects(shown) if each.get("type") == "mrkdwn"]
        asked = dialog.question(turn, PHRASES, held=True)
        assert asked is not None
        marked += [each["text"] for each in parts(card(asked)) if each.get("type") == "TextBlock"]
        assert not [each for each in marked if "kwik.example" in each]


def test_a_link_does_stand_there_as_text() -> None:
    case = next(turn for name, turn in ALL.items() if name.startswith("nl case True"))
    assert LINK[:40] in json.dumps(window.view(case, PHRASES, held=True))
    assert LINK[:40] in json.dumps(dialog.question(case, PHRASES, held=True))


def test_in_a_message_nothing_of_it_would_stand() -> None:
    """No adapter sends these as messages; should one ever, it holds authored words only."""
    for turn in ALL.values():
        told = json.dumps([render.message(turn, PHRASES), cards.message(turn, PHRASES)])
        words = {line.words for line in turn.sheet.lines} if turn.sheet else set()
        words |= {turn.prompt.words} if turn.prompt is not None else set()
        long = {each for each in words if len(each) > len("Nederlands, ")}
        assert not [each for each in long if json.dumps(each)[1:-1] in told]


def _objects(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from _objects(each)
