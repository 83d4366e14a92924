"""Many coaches: each can be found and chosen, and "whoever is free" is fair and speaks the language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.cases import MOST_COACHES
from conversations.handoff.coaches import MOST_SHOWN, PAGE
from conversations.organisation import Organisation
from tests.conversations.test_handoff import ANNE, COACHING, Asker, sent

if TYPE_CHECKING:
    from conversations.cases import Coach
    from conversations.scripts import Scripts

MANY = 20


def coaches(count: int = MANY) -> tuple[Coach, ...]:
    """So many, every other one of whom speaks English only."""
    return tuple(
        replace(ANNE, id=f"{n:032x}", name=f"Coach {n:02}", languages=("en",) if n % 2 else ("nl",))
        for n in range(count)
    )


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load().of(Organisation("mill", "bureau", country="NL"))


def choosing(scripts: Scripts, count: int = MANY, seed: str | None = None) -> Asker:
    """Somebody in Dutch, before the choice of a coach."""
    me = Asker(scripts)
    me.coaching = replace(COACHING, coaches=coaches(count))
    for name in ("lobby", "private", "4"):
        me.press(name)
    if seed is not None:
        assert me.session is not None
        me.session = replace(me.session, id=seed)
    me.press("coach")
    me.press("go")
    return me


def buttons(me: Asker) -> list[str]:
    return [name for name in me.names if name.startswith("coach_") and name != "coach_leave"]


def test_more_coaches_than_a_window_shows_come_by_the_page_and_each_can_be_chosen(
    scripts: Scripts,
) -> None:
    me, found = choosing(scripts), []
    assert f"{PAGE}0" not in me.names
    number = 1
    while True:
        assert len(buttons(me)) <= MOST_SHOWN
        assert len([each for each in me.turn.says if "Sleutel" in each]) == len(buttons(me))
        found += buttons(me)
        number += 1
        if f"{PAGE}{number}" not in me.names:
            break
        me.press(f"{PAGE}{number}")
    assert sorted(found) == sorted(f"coach_{each.id}" for each in coaches())

    me.press(f"{PAGE}1")
    assert buttons(me) == found[:MOST_SHOWN]
    me.press(f"{PAGE}{number - 1}")
    me.press(found[-1])
    assert me.session is not None
    assert me.session.draft is not None
    assert me.session.draft.coaches == (found[-1].removeprefix("coach_"),)


def test_a_handful_of_coaches_needs_no_pages(scripts: Scripts) -> None:
    me = choosing(scripts, MOST_SHOWN)
    assert len(buttons(me)) == MOST_SHOWN
    assert not [name for name in me.names if name.startswith(PAGE)]


def test_those_who_speak_the_language_come_first(scripts: Scripts) -> None:
    me = choosing(scripts)
    assert all("Spreekt Nederlands;" in each for each in me.turn.says if "Sleutel" in each)
    me.press(f"{PAGE}{-(-MANY // MOST_SHOWN)}")
    assert all("Spreekt Engels;" in each for each in me.turn.says if "Sleutel" in each)


def test_whoever_is_free_speaks_the_language_is_named_and_is_not_always_the_same(
    scripts: Scripts,
) -> None:
    dutch = {each.id: each.name for each in coaches() if "nl" in each.languages}
    drawn = set()
    for seed in range(30):
        me = choosing(scripts, seed=f"{seed:08x}")
        me.press("anyone")
        assert me.session is not None
        assert me.session.draft is not None
        asked = me.session.draft.coaches
        assert len(asked) == MOST_COACHES
        assert set(asked) <= set(dutch)
        drawn |= set(asked)
    assert drawn == set(dutch)

    me.say("hoe zeg ik dat ik iets anders wil")
    for name in ("leave_out", "leave_out", "leave_out", "ready", "under_alias", "pull"):
        me.press(name)
    assert all(dutch[each] in "\n".join(me.turn.says) for each in asked)


def test_where_nobody_speaks_the_language_all_are_asked(scripts: Scripts) -> None:
    me = choosing(scripts)
    me.coaching = replace(COACHING, coaches=tuple(c for c in coaches() if "en" in c.languages))
    me.press("anyone")
    assert me.session is not None
    assert me.session.draft is not None
    assert len(me.session.draft.coaches) == MOST_COACHES


def test_a_page_that_is_not_there_is_the_nearest_one(scripts: Scripts) -> None:
    me = choosing(scripts)
    first = buttons(me)
    me.press(f"{PAGE}99")
    assert buttons(me) != first
    me.press(f"{PAGE}x")
    assert buttons(me) == first


def test_not_this_coach_leaves_them_out_on_every_page(scripts: Scripts) -> None:
    me = Asker(scripts)
    me.coaching = replace(COACHING, coaches=(ANNE, *coaches()))
    for name in ("lobby", "private", "4"):
        me.press(name)
    sent(me)
    me.press("to_case")
    me.press("another")
    shown = buttons(me)
    for number in range(2, 5):
        me.press(f"{PAGE}{number}")
        shown += buttons(me)
    assert f"coach_{ANNE.id}" not in shown
    assert len(set(shown)) == MANY
