"""The person's own words back, line by line: label, then exactly what they said or chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.replacing import replace
from conversations.script import Choice, Close, Earlier, Edit, Open, OwnStep, Script, Summary
from conversations.session import Past, Spot
from conversations.turn import Sheet, SheetLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.script import Frame, Language, Line, Step
    from conversations.scripts import Scripts
    from conversations.session import Answer, Session


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A line with the slot it comes from, as `script.slot`."""

    key: str
    label: str
    words: str

    @property
    def slot(self) -> str:
        return self.key.partition(".")[2]

    def __repr__(self) -> str:
        return "<row>"


def shown(scripts: Scripts, session: Session, step: Step) -> Sheet | None:
    """The own words that stand beside the question of this step; None for most steps, or when empty."""
    match step:
        case Summary():
            return sheet(scripts, session)
        case Edit():
            known = rows(scripts, session)
            asked = [row for row in known if row.key == session.editing]
            return _sheet(scripts, session, asked or known)
        case Earlier():
            return _look_back(scripts, session)
        case OwnStep():
            return _own_step(scripts, session, step)
        case _:
            return None


def sheet(scripts: Scripts, session: Session) -> Sheet | None:
    """The summary of the track that was just closed; None when every line of it would be empty."""
    return _sheet(scripts, session, rows(scripts, session))


def rows(scripts: Scripts, session: Session) -> tuple[Row, ...]:
    """The lines of the track that was just closed and of the frame, those that are filled."""
    if session.track is None or _close(scripts, session.track) is None:
        return ()
    return tuple(_rows(scripts, session.track, session.slots, session.language))


def finished(scripts: Scripts, session: Session) -> tuple[tuple[Spot, tuple[Row, ...]], ...]:
    """Every finished conversation that has a line, the newest first."""
    ended = [Past(session.track, session.slots)] if session.track else []
    every = [*ended, *reversed(session.past)]
    read = ((p.close, tuple(_rows(scripts, p.close, p.answers, session.language))) for p in every)
    return tuple((close, lines) for close, lines in read if lines)


def put_by(scripts: Scripts, session: Session) -> Session:
    """The finished track moved to the earlier ones, with the answers of its summary and its numbers."""
    if session.track is None:
        return session
    close, script = _close(scripts, session.track), session.track.script
    listed = {f"{script}.{line.slot}" for line in close.summary} if close else set()
    of_frame = {f"{scripts.frame.id}.{line.slot}" for line in _frame_lines(scripts.frame)}
    kept = {
        key: answer
        for key, answer in session.slots.items()
        if key in listed | of_frame or (key.startswith(f"{script}.") and answer.number is not None)
    }
    rest = {
        key: answer
        for key, answer in session.slots.items()
        if key not in of_frame and not key.startswith(f"{script}.")
    }
    past = (*session.past, Past(session.track, kept)) if kept else session.past
    return replace(session, slots=rest, past=past, track=None, looking=0)


def question_of(scripts: Scripts, session: Session) -> tuple[Spot, Choice | Open] | None:
    """The question that fills the line that is edited: the one that was met, else the first."""
    name, _, slot = (session.editing or "").partition(".")
    script: Script | Frame | None = scripts.frame
    if name != scripts.frame.id:
        script = _script(scripts, session.track) if session.track else None
    if script is None or script.id != name:
        return None
    met = [spot.step for spot in reversed(session.path) if spot.script == name]
    for each in (*met, *script.steps):
        step = script.step(each)
        if isinstance(step, Choice | Open) and step.slot == slot:
            return Spot(name, script.revision, each), step
    return None


def _look_back(scripts: Scripts, session: Session) -> Sheet | None:
    ended = finished(scripts, session)
    if not ended:
        return None
    close, lines = ended[min(session.looking, len(ended) - 1)]
    made = _sheet(scripts, session, lines)
    script = scripts.script(close) or scripts.tracks.get(close.script)
    if made is None or not isinstance(script, Script):
        return made
    return replace(made, title=script.title.to(session.language))


def _own_step(scripts: Scripts, session: Session, step: OwnStep) -> Sheet | None:
    language = session.language
    answer = session.slots.get(f"{scripts.frame.id}.{step.of}")
    words = _words(scripts.frame, step.of, answer, language)
    if not words:
        return None
    row = Row(f"{scripts.frame.id}.{step.of}", step.title.to(language), words)
    made = _sheet(scripts, session, [row])
    return replace(made, in_chat=step.in_chat.to(language)) if made else None


def _sheet(scripts: Scripts, session: Session, lines: tuple[Row, ...] | list[Row]) -> Sheet | None:
    if not lines:
        return None
    phrases, language = scripts.phrases, session.language
    return Sheet(
        title=phrases.summary_title.to(language),
        lines=tuple(SheetLine(row.label, row.words) for row in lines),
        open_label=phrases.labels.open_window.to(language),
        in_chat=phrases.summary_in_chat.to(language),
    )


def _rows(
    scripts: Scripts, spot: Spot, answers: Mapping[str, Answer], language: Language
) -> Iterator[Row]:
    """The lines of the track, then those of the frame; a track's revision may be gone meanwhile."""
    script, close = _script(scripts, spot), _close(scripts, spot)
    if script is None or close is None:
        return
    listed: list[tuple[Script | Frame, Line]] = [(script, line) for line in close.summary]
    listed += [(scripts.frame, line) for line in _frame_lines(scripts.frame)]
    for where, line in listed:
        key = f"{where.id}.{line.slot}"
        words = _words(where, line.slot, answers.get(key), language)
        if words:
            yield Row(key, line.label.to(language), words)


def _script(scripts: Scripts, spot: Spot) -> Script | None:
    script = scripts.script(spot) or scripts.tracks.get(spot.script)
    return script if isinstance(script, Script) else None


def _close(scripts: Scripts, spot: Spot) -> Close | None:
    script = _script(scripts, spot)
    step = script.step(spot.step) if script else None
    return step if isinstance(step, Close) else None


def _frame_lines(frame: Frame) -> tuple[Line, ...]:
    step = frame.step(frame.summary)
    return step.lines if isinstance(step, Summary) else ()


def _words(
    script: Script | Frame, slot: str, answer: Answer | None, language: Language
) -> str | None:
    if answer is None:
        return None
    if answer.option is not None:
        return _label(script, slot, answer.option, language)
    return answer.words if answer.number is None else str(answer.number)


def _label(script: Script | Frame, slot: str, option: str, language: Language) -> str | None:
    for step in script.steps.values():
        if isinstance(step, Choice | Open) and step.slot == slot and option in step.options:
            return step.options[option].label.to(language)
    return None
