"""Every question that can be asked and everything that can be said aside, for whoever shows turns.

Each step of each script is visited in each language, with each of its probes, then all that can be
asked for beside it, on either surface.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations import asides, care, dialogue, locking, mydata, surfaces
from conversations.asking import ask
from conversations.rehearsal import WEEK, walk
from conversations.script import LANGUAGES, Close, Open, Scale
from conversations.session import Answer, Session, Spot, Surface
from conversations.turn import Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conversations.script import Frame, Language, Script
    from conversations.scripts import Scripts
    from conversations.turn import Turn

SURFACES: tuple[Surface, ...] = ("chat", "private")
WORDS = "woorden * van _iemand_ [zelf](https://example.org) & zo <b>verder</b>\nen nog een regel "
DANGER = {"nl": "ik wil niet meer leven", "en": "i want to end my life"}
CODE = "7k2m-9xqa-0v3t"


def every_turn(scripts: Scripts) -> Iterator[tuple[str, Turn]]:
    """A name that is used once, and the turn."""
    for language in LANGUAGES:
        for surface in SURFACES:
            for name, turn in _of(scripts, language, surface):
                yield f"{name} · {surface} · {language}", turn


def _of(scripts: Scripts, language: Language, surface: Surface) -> Iterator[tuple[str, Turn]]:
    every: tuple[Script | Frame, ...] = (scripts.frame, *scripts.tracks.values())
    for script in every:
        for step in script.steps:
            somebody = _somebody(script, step, language, surface)
            yield from _step(scripts, script, step, replace(somebody, slots=_numbers(every)))
    yield from _beside(scripts, language, surface)


def _step(
    scripts: Scripts, script: Script | Frame, name: str, session: Session
) -> Iterator[tuple[str, Turn]]:
    step = script.steps[name]
    if isinstance(step, Close):
        return
    yield f"{script.id} {name}", ask(scripts, session, fate="write")
    for number, _ in enumerate(step.probes if isinstance(step, Open) else (), start=1):
        probed = replace(session, probes=number)
        yield f"{script.id} {name} probe {number}", ask(scripts, probed, fate="write")


def _beside(scripts: Scripts, language: Language, surface: Surface) -> Iterator[tuple[str, Turn]]:
    """What is said outside the scripts, and a whole summary of somebody who answers at length."""
    seed = "0a1b2c3d"
    first = Reply(week=WEEK, seed=seed, language=language, surface=surface)
    yield "hello", dialogue.take(scripts, None, first)
    yield "lobby", dialogue.take(scripts, None, replace(first, pressed="lobby"))
    yield "which language", dialogue.take(scripts, None, replace(first, language=None))
    taken = walk(scripts, next(iter(scripts.tracks)), seed, language)
    for number, (session, turn) in enumerate(zip(taken.sessions, taken.turns, strict=True)):
        here = replace(session, here=surface, surface=surface)
        yield f"walk {number}", replace(turn, session=here)
    slots = {key: Answer(words=WORDS * 4) for key in taken.session.slots}
    at = Spot(scripts.frame.id, scripts.frame.revision, scripts.frame.summary)
    full = replace(
        taken.sessions[-2], slots=slots, at=at, here=surface, surface=surface, language=language
    )
    yield "a long summary", ask(scripts, full, fate="write")
    yield from _asides(scripts, full)


def _asides(scripts: Scripts, session: Session) -> Iterator[tuple[str, Turn]]:
    language = session.language
    yield "help", asides.help_now(scripts, session)
    yield "about", asides.about(scripts, session)
    yield "forget", asides.forget_ask(scripts, session)
    yield "forgotten", asides.forget(scripts, session)
    yield "stopped", asides.stop(scripts, session)
    yield "back again", asides.welcome_back(scripts, session)
    for name in scripts.faq:
        yield f"question {name}", asides.answer(scripts, session, name, "")
    for page in range(1, 6):
        yield f"my data {page}", mydata.shown(scripts, session, page)
    for level in ("L1", "L2", "L3", "burnout", "harassment"):
        held = replace(session, paused="crisis", level=level, about="self")
        yield f"danger {level}", care.show(scripts, held)
        for button in care.ANSWERS:
            yield f"danger {level} {button}", care.ANSWERS[button](scripts, held)
    yield (
        "danger typed",
        dialogue.take(scripts, session, Reply(session.week, session.id, said=DANGER[language])),
    )
    yield "lock", locking.offer(scripts, session)
    offered = replace(session, paused="lock")
    proposed = locking.proposal(scripts, offered, scripts.phrases.lock.copy_it)
    yield "code", locking.with_code(scripts, proposed, CODE)
    yield "enter code", locking.ask_code(scripts, session)
    private = replace(scripts, organisation=replace(scripts.organisation, surface="private"))
    away = replace(session, here="chat", surface="private")
    yield "elsewhere", surfaces.elsewhere(scripts, away, (), fate="leave")
    yield "launcher", surfaces.elsewhere(private, away, (), fate="leave")


def _numbers(every: Iterable[Script | Frame]) -> dict[str, Answer]:
    """An answer to every scale, since later questions name it."""
    scales = ((script.id, step) for script in every for step in script.steps.values())
    return {
        f"{script}.{step.slot}": Answer(number=4)
        for script, step in scales
        if isinstance(step, Scale) and step.slot is not None
    }


def _somebody(script: Script | Frame, step: str, language: Language, surface: Surface) -> Session:
    return Session(
        id="0a1b2c3d",
        language=language,
        at=Spot(script.id, script.revision, step),
        begun=True,
        week=WEEK,
        expires=WEEK + 1,
        turn=7,
        path=(Spot(script.id, script.revision, step),),
        surface=surface,
        here=surface,
    )
