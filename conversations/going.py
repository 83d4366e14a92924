"""Where an answer leads: to a step, to another track, to the choice of track, to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import mention
from conversations.asking import ask, needs_coach
from conversations.handoff import entry as coming
from conversations.replacing import replace
from conversations.script import (
    TRACK_PREFIX,
    TRACKS,
    ByTheme,
    Choice,
    Close,
    Earlier,
    Offer,
    OwnStep,
    Script,
    Summary,
)
from conversations.session import PATH, Spot
from conversations.summary import put_by, shown
from conversations.turn import Turn
from conversations.variants import visited
from conversations.wording import says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.script import Go, Step, Text
    from conversations.scripts import Scripts
    from conversations.session import Session


def move(scripts: Scripts, session: Session, go: Go, said: Sequence[str] = ()) -> Turn:
    """The turn at the other side of an answer; `said` comes before its question."""
    target = _chosen(go, session)
    if target.startswith(TRACK_PREFIX):
        return start_track(scripts, session, target.removeprefix(TRACK_PREFIX), said)
    if target == TRACKS:
        return _enter(scripts, session, _frame(scripts, scripts.frame.tracks), said)
    return _enter(scripts, session, replace(session.at, step=target), said)


def start_track(scripts: Scripts, session: Session, name: str, said: Sequence[str] = ()) -> Turn:
    """The first question of a track; the choice of track where there is no such track yet."""
    track = scripts.tracks.get(name)
    if track is None:
        missing = scripts.phrases.track_missing.to(session.language)
        return _enter(scripts, session, _frame(scripts, scripts.frame.tracks), (*said, missing))
    if session.track is not None and session.track.script == track.id:
        session = replace(put_by(scripts, session), path=())
    others = {k: a for k, a in session.slots.items() if not k.startswith(f"{track.id}.")}
    fresh = replace(session, slots=others, themes=(), joins=None)
    return _enter(scripts, fresh, Spot(track.id, track.revision, track.start), said)


def back(scripts: Scripts, session: Session) -> Turn:
    """One question back; what was answered there stays until it is answered again."""
    path = list(session.path)
    while path:
        spot = path.pop()
        script = scripts.script(spot)
        step = script.step(spot.step) if script is not None else None
        if step is not None and not isinstance(step, Close):
            there = replace(
                session,
                at=spot,
                path=tuple(path),
                turn=session.turn + 1,
                probes=0,
                joins=None,
                editing=None,
                heard=(),
            )
            there = visited(there, step)
            return ask(scripts, there, fate="write")
    first = scripts.phrases.nothing_before.to(session.language)
    return ask(scripts, replace(session, path=()), (first,), fate="leave")


def stay(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """The same question once more, and nothing written; after a kind word without its opening."""
    return ask(scripts, session, said, fate="leave", opening=not said)


def _enter(scripts: Scripts, session: Session, spot: Spot, said: Sequence[str]) -> Turn:
    there = replace(
        session,
        at=spot,
        turn=session.turn + 1,
        path=(*session.path, session.at)[-PATH:],
        probes=0,
        editing=None,
    )
    script = scripts.script(spot)
    step = script.step(spot.step) if script else None
    there = visited(there, step)
    passed = _passed(scripts, there, step)
    if passed is not None:
        go, told = passed
        return _enter(scripts, session, replace(spot, step=go), (*said, *says((told,), there)))
    if isinstance(step, Offer):
        there = replace(there, offered=True)
    if not isinstance(step, Close):
        return ask(scripts, there, said, fate="write")
    closing = (*said, *says((step.say, step.copy_line), there))
    if isinstance(script, Script):
        earlier = session.track
        if earlier is not None and earlier.script != spot.script:
            there = put_by(scripts, there)
        ended = replace(there, track=spot)
        return _enter(scripts, ended, _frame(scripts, scripts.frame.summary), closing)
    return _over(scripts, there, closing)


def _passed(scripts: Scripts, there: Session, step: Step | None) -> tuple[str, Text | None] | None:
    """Where to go on, and what is said there, for a step that has nothing to ask just now."""
    match step:
        case Choice() if needs_coach(step) and not coming.reachable(scripts, there):
            return step.go, None  # type: ignore[return-value]
        case Summary() | Earlier() if shown(scripts, there, step) is None:
            return step.go, step.empty
        case OwnStep() if _settled(scripts, there, step):
            return step.go, None
        case Offer() if step.to not in scripts.tracks or not mention.due(there, step):
            return step.go, None
        case _:
            return None


def _settled(scripts: Scripts, session: Session, step: OwnStep) -> bool:
    answer = session.slots.get(f"{scripts.frame.id}.{step.slot}")
    told = answer.option if answer else None
    return told in step.settled or shown(scripts, session, step) is None


def _over(scripts: Scripts, session: Session, closing: tuple[str, ...]) -> Turn:
    """The end of a talk; whoever comes back is met at `again`, or where that leads by itself."""
    over = replace(
        mention.ended(session),
        at=_frame(scripts, scripts.frame.again),
        path=(),
        paused="stopped",
        joins=None,
        looking=0,
    )
    passed = _passed(scripts, over, scripts.frame.step(scripts.frame.again))
    while passed is not None:
        over = replace(over, at=_frame(scripts, passed[0]))
        passed = _passed(scripts, over, scripts.frame.step(passed[0]))
    kept = over if over.begun else None
    return Turn(kept, "write" if kept else "leave", session.language, closing)


def _chosen(go: Go, session: Session) -> str:
    if not isinstance(go, ByTheme):
        return go
    heard = (go.by_theme[theme] for theme in go.by_theme if theme in session.themes)
    return next(heard, go.otherwise)


def _frame(scripts: Scripts, step: str) -> Spot:
    return Spot(scripts.frame.id, scripts.frame.revision, step)
