"""What a coach and somebody who asks one are shown, in Slack's and in Teams' windows, however long it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.slack import render, window
from adapters.teams import cards, dialog
from conversations import library
from conversations.organisation import Organisation
from conversations.script import LANGUAGES
from tests.conversations.test_handoff import Asker
from tests.support.blockkit import view_problems
from tests.support.card_schema import findings
from tests.support.colleague import card, parts
from tests.support.deskturns import COACHING, LINK, LONGEST, desk_turns, news

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.turn import Turn

Json = dict[str, Any]
SCRIPTS = library.load().of(Organisation("mill", "bureau", country="NL"))
PHRASES = SCRIPTS.phrases


def asking(language: str) -> Iterator[tuple[str, Turn]]:
    """Every screen of somebody who asks, writes, and reads a long talk."""
    me = Asker(SCRIPTS)
    me.coaching = COACHING
    for name in ("lobby", *(["language"] if language == "en" else []), "private", "4"):
        me.press(name)
    for name in ("coach", "go"):
        yield f"{language} {name}", me.press(name)
    yield f"{language} line", me.press("anyone")
    yield f"{language} next line", me.say(LONGEST[:900])
    for name in ("leave_out", "leave_out", "leave_out", "change", "part_question", "leave_so",
                 "ready", "under_alias", "notify", "send"):  # fmt: skip
        yield f"{language} {name}", me.press(name)
    me.news(news())
    yield f"{language} case", me.press("coach")
    while (earlier := _earlier(me)) is not None:
        yield f"{language} {earlier}", me.press(earlier)
    for name in ("write", "to_case", "reveal", "to_case", "withdraw", "no", "sent", "to_case"):
        yield f"{language} {name}", me.press(name)


def _earlier(me: Asker) -> str | None:
    """The button to the page before this one."""
    labels = {SCRIPTS.coach.labels.earlier.to(each) for each in LANGUAGES}
    assert me.turn.prompt is not None
    return next((each.name for each in me.turn.prompt.options if each.label in labels), None)


def turns() -> Iterator[tuple[str, Turn]]:
    for language in LANGUAGES:
        yield from desk_turns(SCRIPTS, language)
        yield from asking(language)


ALL = dict(turns())


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
