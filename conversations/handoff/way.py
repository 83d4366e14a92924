"""What follows on each screen of the way to a request: after a button, and after typed words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations import paging
from conversations.cases import NAME_BYTES, PARTS, size_of
from conversations.handoff import card as cards
from conversations.handoff import coaches
from conversations.handoff.request import (
    COACH,
    LINE_BYTES,
    PART,
    card,
    choose,
    drafted,
    drafting,
    explain,
    line,
    name,
    parts,
    preview,
    route,
    send,
)
from conversations.phrasing import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.requestdraft import Screen
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn


def say_line(scripts: Scripts, session: Session, words: str) -> Turn:
    """Other words for the line that is asked."""
    draft, part = drafted(session), drafted(session).part or "question"
    said = clean(words)
    if size_of(said) > LINE_BYTES:
        return line(scripts, session, (scripts.coach.too_long.to(session.language),), said)
    return after_line(scripts, drafting(session, lines={**draft.lines, part: said}))


def say_name(scripts: Scripts, session: Session, words: str) -> Turn:
    """The name that is to stand there."""
    said = " ".join(clean(words).split())
    if size_of(said) > NAME_BYTES:
        return name(scripts, session, (scripts.coach.too_long.to(session.language),), said)
    return route(scripts, drafting(session, name=said))


def after_line(scripts: Scripts, session: Session) -> Turn:
    """The next of the first lines, or the whole card."""
    draft = drafted(session)
    if not draft.first or draft.part not in cards.FIRST[:-1]:
        return card(scripts, session)
    following = cards.FIRST[cards.FIRST.index(draft.part) + 1]
    return line(scripts, drafting(session, part=following))


def chosen(scripts: Scripts, session: Session, *ids: str) -> Turn:
    """After the choice of a coach: the first line, or the card where there is one."""
    draft = replace(drafted(session), coaches=ids)
    if draft.lines:
        return card(scripts, replace(session, draft=draft))
    filled_in = replace(
        draft, lines=cards.prefilled(scripts, session), part=cards.FIRST[0], first=True
    )
    return line(scripts, replace(session, draft=filled_in))


def _set_scores(scripts: Scripts, session: Session) -> Turn:
    words = cards.scores(scripts, session) or ""
    return after_line(scripts, drafting(session, lines={**drafted(session).lines, "scores": words}))


def _leave_out(scripts: Scripts, session: Session) -> Turn:
    draft = drafted(session)
    lines = {part: words for part, words in draft.lines.items() if part != draft.part}
    return after_line(scripts, drafting(session, lines=lines))


def _anyone(scripts: Scripts, session: Session) -> Turn:
    return chosen(scripts, session, *coaches.whoever(scripts, session))


PRESSED: dict[tuple[Screen, str], Callable[[Scripts, Session], Turn]] = {
    ("explain", "go"): choose,
    ("choose", "anyone"): _anyone,
    ("line", "leave_so"): after_line,
    ("line", "leave_out"): _leave_out,
    ("line", "scores"): _set_scores,
    ("card", "ready"): name,
    ("card", "change"): parts,
    ("parts", "nothing_else"): card,
    ("name", "under_alias"): route,
    ("route", "pull"): lambda scripts, session: preview(scripts, drafting(session, notify=False)),
    ("route", "notify"): lambda scripts, session: preview(scripts, drafting(session, notify=True)),
    ("preview", "change"): parts,
    ("preview", "send"): send,
}
"""What a button of a screen does."""

SHOWN: dict[Screen, Callable[[Scripts, Session], Turn]] = {
    "explain": explain,
    "choose": choose,
    "line": line,
    "card": card,
    "parts": parts,
    "name": name,
    "route": route,
    "preview": preview,
}
"""Each screen, shown again."""


def press(scripts: Scripts, session: Session, name_: str) -> Turn | None:
    """After a button of this part of the way; None when the screen has no such button."""
    draft = drafted(session)
    known = PRESSED.get((draft.screen, name_))
    if known is not None:
        return known(scripts, session)
    if draft.screen == "choose" and name_.startswith(coaches.PAGE):
        number = paging.number(name_.removeprefix(coaches.PAGE))
        return choose(scripts, session, page=number)
    if draft.screen == "choose" and name_.startswith(COACH):
        wanted = name_.removeprefix(COACH)
        free = [each.id for each in coaches.free(scripts, session)]
        return chosen(scripts, session, wanted) if wanted in free else None
    if draft.screen == "parts" and name_.startswith(PART):
        part = next((each for each in PARTS if PART + each == name_), None)
        return None if part is None else line(scripts, drafting(session, part=part))
    return None
