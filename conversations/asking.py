"""The open question as a prompt, with everything that may be said before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from conversations import choosing, surfaces, tokens
from conversations.leadership import own_words
from conversations.replacing import replace
from conversations.script import (
    Choice,
    Close,
    Earlier,
    Edit,
    Offer,
    Open,
    OwnStep,
    Promise,
    Question,
    Scale,
    Step,
    Summary,
    Tracks,
)
from conversations.summary import finished, question_of, rows, shown
from conversations.turn import Button, Control, Prompt, Turn
from conversations.turn import Scale as ShownScale
from conversations.wording import chosen, say, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.script import Option, Said, Text
    from conversations.scripts import Scripts
    from conversations.session import Session, Spot

CONTROLS: tuple[Control, ...] = (
    "skip",
    "help",
    "mydata",
    "unlock",
    "coach",
    "back",
    "stop",
    "about",
    "language",
    "forget",
)


REMOVE = "remove_line"
"""The button that takes a line out of the summary; no option has this name."""


def ask(
    scripts: Scripts,
    session: Session,
    before: Sequence[str] = (),
    *,
    fate: Literal["leave", "write"],
    opening: bool = True,
    page: int = 0,
) -> Turn:
    """The turn that asks what is open now, after the sentences of `before`.

    `opening` adds what the step itself says before its question; `page` is that of all subjects.
    """
    if surfaces.away(session):
        return surfaces.elsewhere(scripts, session, before, fate=fate)
    step = open_step(scripts, session)
    own = says(_opening(scripts, session, step), session) if opening else ()
    if opening and isinstance(step, Question) and step.leadership and not session.probes:
        own = (*own_words(scripts, session.language), *own)
    kept = session if session.begun else None
    return Turn(
        session=kept,
        fate=fate if session.begun else "leave",
        language=session.language,
        says=(*before, *own),
        sheet=shown(scripts, session, step),
        prompt=prompt(scripts, session, step, page),
    )


def open_step(scripts: Scripts, session: Session) -> Step:
    """The step the session stands at. Its script is there: `engine.advance` sees to that first."""
    script = scripts.script(session.at)
    step = script.step(session.at.step) if script else None
    if step is None:
        raise LookupError("the session stands at no step")
    return step


def prompt(scripts: Scripts, session: Session, step: Step, page: int = 0) -> Prompt | None:
    """The question of this step, or None for a step that asks nothing."""
    if isinstance(step, Close):
        return None
    at, asked = question_of(scripts, session) or (session.at, step)
    typed = isinstance(asked, Open) or (isinstance(asked, Choice) and asked.own_words)
    options = _options(scripts, session, step, page)
    only_buttons = session.buttons and bool(options)
    return Prompt(
        token=tokens.token(session),
        kind="choice" if only_buttons and isinstance(asked, Open) else _kind(asked),
        ask=_asked(scripts, session, asked, at),
        options=options,
        scale=_scale(session, step),
        typed=typed and not only_buttons,
        controls=controls(scripts, session, step),
        left=scripts.left(session.at),
    )


def _asked(scripts: Scripts, session: Session, step: Step, at: Spot) -> str:
    """The question; that of a line of the summary is asked again as at its own step."""
    if isinstance(step, Promise) and session.here == "chat":
        return scripts.phrases.surfaces.where.to(session.language)
    question = _question(session, step)
    there = replace(session, at=at)
    return say(question, there) or chosen(question, there)


def needs_coach(step: Step) -> bool:
    """Whether this question makes sense only where a coach can be asked."""
    return isinstance(step, Choice) and any(each.do == "coach" for each in step.options.values())


def controls(scripts: Scripts, session: Session, step: Step) -> tuple[Button, ...]:
    """The small buttons of this step; those that would do nothing here are left out."""
    hidden: set[Control] = set()
    if isinstance(step, Promise | Summary | Edit | Earlier) or session.at.step == _menu(scripts):
        hidden.add("skip")
    if not session.path:
        hidden.add("back")
    if not session.begun:
        hidden |= {"forget", "stop", "mydata"}
    if session.begun or not isinstance(step, Promise):
        hidden.add("unlock")
    if session.case is None or session.here == "chat":  # the chat does not tell who asked a coach
        hidden.add("coach")
    labels = scripts.phrases.labels
    return tuple(
        Button(name, getattr(labels, name).to(session.language))
        for name in CONTROLS
        if name not in hidden
    )


def _menu(scripts: Scripts) -> str:
    """The step of the frame that asks whoever comes back what they would like to do."""
    again = scripts.frame.step(scripts.frame.again)
    return again.go if isinstance(again, OwnStep) else scripts.frame.again


def _opening(scripts: Scripts, session: Session, step: Step) -> tuple[Text | Said, ...]:
    if isinstance(step, Close):
        return (step.say,)
    if isinstance(step, Edit | Earlier | OwnStep):
        return ()
    if isinstance(step, Promise):
        return (*step.say, step.operator[scripts.organisation.operator])
    return () if session.probes else step.say


def _question(session: Session, step: Step) -> Text | Said:
    if isinstance(step, Close):
        raise TypeError("a close asks nothing")
    if isinstance(step, Open) and session.probes:
        return step.probes[session.probes - 1].ask
    return step.ask


def _kind(step: Step) -> Literal["choice", "scale", "open"]:
    if isinstance(step, Scale):
        return "scale"
    return "open" if isinstance(step, Open) else "choice"


def _options(scripts: Scripts, session: Session, step: Step, page: int) -> tuple[Button, ...]:
    match step:
        case Tracks():
            return choosing.offered(scripts, session, step, page)
        case Promise():
            return surfaces.doors(scripts, session, step)
        case Offer():
            return _labelled(session, accept=step.accept, decline=step.decline)
        case Edit():
            return _lines(scripts, session, step)
        case Earlier():
            number = len(finished(scripts, session))
            older = {"older": step.older} if session.looking < number - 1 else {}
            newer = {"newer": step.newer} if session.looking > 0 else {}
            return _labelled(session, **older, **newer, done=step.done)
        case Choice() | Summary() | OwnStep():
            return _buttons(step.options, session)
        case Open() if not session.probes:
            return _buttons(step.options, session)
        case _:
            return ()


def _buttons(options: dict[str, Option], session: Session) -> tuple[Button, ...]:
    return tuple(Button(name, o.label.to(session.language)) for name, o in options.items())


def _lines(scripts: Scripts, session: Session, step: Edit) -> tuple[Button, ...]:
    """The lines to choose from; once one is chosen its ready answers, and to take it away."""
    edited = question_of(scripts, session)
    if edited is None:
        return tuple(Button(row.slot, row.label) for row in rows(scripts, session))
    ready = {name: o for name, o in edited[1].options.items() if o.fills}
    removing = Button(REMOVE, step.remove.to(session.language))
    return (*_buttons(ready, session), removing)


def _labelled(session: Session, **texts: Text) -> tuple[Button, ...]:
    return tuple(Button(name, text.to(session.language)) for name, text in texts.items())


def _scale(session: Session, step: Step) -> ShownScale | None:
    if not isinstance(step, Scale):
        return None
    low, high = (end.to(session.language) for end in step.ends)
    return ShownScale(step.lowest, step.highest, low, high)
