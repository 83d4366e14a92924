"""The person's own words back, line by line: label, then exactly what they said or chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.script import Choice, Close, Open, Script
from conversations.turn import Sheet, SheetLine

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.session import Session


def sheet(scripts: Scripts, session: Session) -> Sheet | None:
    """The summary of the track that was just closed; None when every line of it would be empty."""
    spot = session.track
    script = scripts.script(spot) if spot else None
    close = script.step(spot.step) if script and spot else None
    if not isinstance(script, Script) or not isinstance(close, Close):
        return None
    lines = tuple(
        SheetLine(line.label.to(session.language), words)
        for line in close.summary
        if (words := _words(script, session, line.slot))
    )
    if not lines:
        return None
    phrases, language = scripts.phrases, session.language
    return Sheet(
        title=phrases.summary_title.to(language),
        lines=lines,
        open_label=phrases.labels.open_window.to(language),
        in_chat=phrases.summary_in_chat.to(language),
    )


def _words(script: Script, session: Session, slot: str) -> str | None:
    answer = session.slots.get(f"{script.id}.{slot}")
    if answer is None:
        return None
    if answer.option is not None:
        return _label(script, session, slot, answer.option)
    return answer.words if answer.number is None else str(answer.number)


def _label(script: Script, session: Session, slot: str, option: str) -> str | None:
    for step in script.steps.values():
        if isinstance(step, Choice | Open) and step.slot == slot and option in step.options:
            return step.options[option].label.to(session.language)
    return None
