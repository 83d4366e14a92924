"""Answers to the steps at which somebody looks at their own words, and to the one offer of a coach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import mention
from conversations.asking import REMOVE, ask
from conversations.going import move, start_track
from conversations.replacing import replace
from conversations.script import Choice, Earlier, Edit, Offer, OwnStep
from conversations.session import Answer
from conversations.summary import finished, question_of, rows

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn

Looking = Edit | Earlier | OwnStep | Offer


def press(scripts: Scripts, session: Session, step: Looking, name: str) -> Turn | None:
    """The turn after a button; None when there is no such button now."""
    match step:
        case Edit():
            return _edit(scripts, session, step, name)
        case Earlier():
            return _turn_over(scripts, session, step, name)
        case OwnStep():
            return _own_step(scripts, session, step, name)
        case Offer():
            return _offer(scripts, session, step, name)


def write(scripts: Scripts, session: Session, step: Edit, words: str) -> Turn | None:
    """The line of the summary in other words; None where typing is no answer."""
    edited = question_of(scripts, session)
    if edited is None or (isinstance(edited[1], Choice) and not edited[1].own_words):
        return None
    return _changed(scripts, session, step, Answer(words=words))


def _edit(scripts: Scripts, session: Session, step: Edit, name: str) -> Turn | None:
    edited = question_of(scripts, session)
    if edited is None:
        key = next((row.key for row in rows(scripts, session) if row.slot == name), None)
        if key is None:
            return None
        return _once_more(scripts, replace(session, editing=key))
    if name == REMOVE:
        return _changed(scripts, session, step, None)
    option = edited[1].options.get(name)
    if option is None or not option.fills:
        return None
    return _changed(scripts, session, step, Answer(option=name))


def _changed(scripts: Scripts, session: Session, step: Edit, answer: Answer | None) -> Turn:
    key = session.editing or ""
    others = {k: a for k, a in session.slots.items() if k != key}
    slots = others if answer is None else {**others, key: answer}
    return move(scripts, replace(session, slots=slots, editing=None, joins=None), step.go)


def _turn_over(scripts: Scripts, session: Session, step: Earlier, name: str) -> Turn | None:
    last = len(finished(scripts, session)) - 1
    moved = {"older": session.looking + 1, "newer": session.looking - 1}.get(name)
    if name == "done":
        return move(scripts, replace(session, looking=0), step.go)
    if moved is None or not 0 <= moved <= last:
        return None
    return _once_more(scripts, replace(session, looking=moved))


def _own_step(scripts: Scripts, session: Session, step: OwnStep, name: str) -> Turn | None:
    option = step.options.get(name)
    if option is None:
        return None
    slots = {**session.slots, f"{scripts.frame.id}.{step.slot}": Answer(option=name)}
    return move(scripts, replace(session, slots=slots), option.go or step.go)


def _offer(scripts: Scripts, session: Session, step: Offer, name: str) -> Turn | None:
    if name == "accept":
        return start_track(scripts, session, step.to)
    return move(scripts, mention.declined(session), step.go) if name == "decline" else None


def _once_more(scripts: Scripts, session: Session) -> Turn:
    return ask(scripts, replace(session, turn=session.turn + 1), fate="write")
