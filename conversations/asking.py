"""The open question as a prompt, with everything that may be said before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from conversations import tokens
from conversations.script import (
    Choice,
    Close,
    Open,
    Promise,
    Scale,
    Step,
    Summary,
    Tracks,
)
from conversations.summary import sheet
from conversations.turn import Button, Control, Prompt, Turn
from conversations.turn import Scale as ShownScale
from conversations.wording import say, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.script import Option, Text
    from conversations.scripts import Scripts
    from conversations.session import Session

CONTROLS: tuple[Control, ...] = (
    "skip",
    "help",
    "back",
    "stop",
    "about",
    "language",
    "forget",
)


def ask(
    scripts: Scripts,
    session: Session,
    before: Sequence[str] = (),
    *,
    fate: Literal["leave", "write"],
    opening: bool = True,
) -> Turn:
    """The turn that asks what is open now, after the sentences of `before`.

    `opening` adds what the step itself says before its question.
    """
    step = open_step(scripts, session)
    shown = sheet(scripts, session) if isinstance(step, Summary) else None
    own = _opening(scripts, session, step) if opening else ()
    kept = session if session.begun else None
    return Turn(
        session=kept,
        fate=fate if session.begun else "leave",
        language=session.language,
        says=(*before, *says(own, session)),
        sheet=shown,
        prompt=prompt(scripts, session, step),
    )


def open_step(scripts: Scripts, session: Session) -> Step:
    """The step the session stands at. Its script is there: `engine.advance` sees to that first."""
    script = scripts.script(session.at)
    step = script.step(session.at.step) if script else None
    if step is None:
        raise LookupError("the session stands at no step")
    return step


def prompt(scripts: Scripts, session: Session, step: Step) -> Prompt | None:
    """The question of this step, or None for a step that asks nothing."""
    if isinstance(step, Close):
        return None
    question = _question(session, step)
    return Prompt(
        token=tokens.token(session),
        kind=_kind(step),
        ask=say(question, session) or question.to(session.language),
        options=_options(scripts, session, step),
        scale=_scale(session, step),
        typed=isinstance(step, Open) or (isinstance(step, Choice) and step.own_words),
        controls=controls(scripts, session, step),
    )


def controls(scripts: Scripts, session: Session, step: Step) -> tuple[Button, ...]:
    """The small buttons of this step; those that would do nothing here are left out."""
    hidden: set[Control] = set()
    if isinstance(step, Promise | Summary) or session.at.step == scripts.frame.again:
        hidden.add("skip")
    if not session.path:
        hidden.add("back")
    if not session.begun:
        hidden |= {"forget", "stop"}
    labels = scripts.phrases.labels
    return tuple(
        Button(name, getattr(labels, name).to(session.language))
        for name in CONTROLS
        if name not in hidden
    )


def _opening(scripts: Scripts, session: Session, step: Step) -> tuple[Text, ...]:
    if isinstance(step, Close):
        return (step.say,)
    if isinstance(step, Promise):
        return (*step.say, step.operator[scripts.organisation.operator])
    return () if session.probes else step.say


def _question(session: Session, step: Choice | Scale | Open | Promise | Tracks | Summary) -> Text:
    if isinstance(step, Open) and session.probes:
        return step.probes[session.probes - 1].ask
    return step.ask


def _kind(step: Step) -> Literal["choice", "scale", "open"]:
    if isinstance(step, Scale):
        return "scale"
    return "open" if isinstance(step, Open) else "choice"


def _options(scripts: Scripts, session: Session, step: Step) -> tuple[Button, ...]:
    language = session.language
    match step:
        case Tracks():
            return tuple(Button(t.id, t.door.to(language)) for t in scripts.tracks.values())
        case Promise():
            return (Button("start", step.start.to(language)),)
        case Choice() | Summary():
            return _buttons(step.options, session)
        case Open() if not session.probes:
            return _buttons(step.options, session)
        case _:
            return ()


def _buttons(options: dict[str, Option], session: Session) -> tuple[Button, ...]:
    return tuple(Button(name, o.label.to(session.language)) for name, o in options.items())


def _scale(session: Session, step: Step) -> ShownScale | None:
    if not isinstance(step, Scale):
        return None
    low, high = (end.to(session.language) for end in step.ends)
    return ShownScale(step.lowest, step.highest, low, high)
