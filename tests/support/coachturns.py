"""Every window of a coach and of somebody who asks one, with the largest things that can stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.script import LANGUAGES
from tests.conversations.test_handoff import Asker
from tests.support.deskturns import COACHING, LONGEST, desk_turns, news

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.scripts import Scripts
    from conversations.turn import Turn


def coach_turns(scripts: Scripts) -> Iterator[tuple[str, Turn]]:
    """By a name each, in both languages."""
    for language in LANGUAGES:
        yield from desk_turns(scripts, language)
        yield from asking(scripts, language)


def asking(scripts: Scripts, language: str) -> Iterator[tuple[str, Turn]]:
    """Every screen of somebody who asks, writes, and reads a long talk."""
    me = Asker(scripts)
    me.coaching = COACHING
    for name in ("lobby", *(["language"] if language == "en" else []), "private", "4"):
        me.press(name)
    for name in ("coach", "go", "coaches:2"):
        yield f"{language} {name}", me.press(name)
    yield f"{language} line", me.press("anyone")
    yield f"{language} next line", me.say(LONGEST[:900])
    for name in ("leave_out", "leave_out", "leave_out", "change", "part_question", "leave_so",
                 "ready", "under_alias", "notify", "send"):  # fmt: skip
        yield f"{language} {name}", me.press(name)
    me.news(news())
    yield f"{language} case", me.press("coach")
    while (earlier := _earlier(scripts, me)) is not None:
        yield f"{language} {earlier}", me.press(earlier)
    for name in ("write", "to_case", "reveal", "to_case", "withdraw", "no", "sent", "to_case"):
        yield f"{language} {name}", me.press(name)


def _earlier(scripts: Scripts, me: Asker) -> str | None:
    """The button to the page before this one."""
    labels = {scripts.coach.labels.earlier.to(each) for each in LANGUAGES}
    assert me.turn.prompt is not None
    return next((each.name for each in me.turn.prompt.options if each.label in labels), None)
