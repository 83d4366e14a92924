"""When an answer leaves the bot with too little, or too much: one question more, no reproach.

Too much: "Which part shall we take?", with what was heard as buttons. Nothing recognised: the first
time nothing is said; from the second in a row four themes are offered, where the way on depends on
one; after that, to go on with buttons only. An answer such as "mwah" gets one light question more.
Each of these comes once a session. The session stays at the step that was answered, `paused` says
which question stands there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from conversations import tokens
from conversations.going import move
from conversations.phrasing import authored, normal
from conversations.replacing import replace
from conversations.replying import LONG, noted
from conversations.script import ByTheme, Open, Question
from conversations.session import Answer
from conversations.turn import Button, Prompt, Turn

if TYPE_CHECKING:
    from conversations.ear import Heard
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session

Rung = Literal["more", "part", "about", "buttons"]
RUNGS: Final[frozenset[str]] = frozenset({"more", "part", "about", "buttons"})

SECOND: Final = 2
"""Answers in a row without anything recognised, before it is asked what they are about.

Only at a step that branches by a theme that can be offered: elsewhere nothing depends on it, and in
written-out conversations the question interrupted ordinary answers in 17 of 29.
"""

OTHER: Final = "something_else"
YES, NO = "buttons_only", "keep_typing"
OFFERED: Final = 4


def counted(session: Session, step: Question, heard: Heard) -> Session:
    """The session after one more typed answer: what was recognised ends a row of misses."""
    recognised = bool(heard.themes or heard.feelings)
    asked = isinstance(step, Open) and step.listen and not session.probes
    unclear = asked and not heard.filler and heard.length > 0
    misses = 0 if recognised else session.misses + unclear
    return replace(session, typed=session.typed + 1, misses=misses, heavy=heard.heavy)


def held(scripts: Scripts, session: Session, step: Question, heard: Heard) -> Turn | None:
    """The question that comes between this answer and the next step; None when there is none."""
    if not isinstance(step, Open) or not step.listen:
        return None
    named = tuple(t for t in heard.themes if not scripts.lexicon.themes[t].quiet)[:OFFERED]
    if heard.length > LONG:
        return _hold(scripts, session, "part", named) if len(named) > 1 else None
    if heard.filler and not session.probes:
        return None if "more" in session.replies else _hold(scripts, session, "more")
    if session.misses >= SECOND and "about" not in session.replies and _parts(scripts, step):
        return _hold(scripts, session, "about", _themes(scripts, step))
    if session.misses > SECOND and "about" in session.replies and "buttons" not in session.replies:
        return _hold(scripts, session, "buttons")
    return None


def again(scripts: Scripts, session: Session, said: tuple[str, ...] = ()) -> Turn:
    """The question that stands open, once more."""
    return Turn(session, "leave", session.language, said, prompt=_prompt(scripts, session))


def press(scripts: Scripts, session: Session, step: Question, name: str) -> Turn | None:
    """The turn after one of the buttons; None when it is none of them."""
    if name in session.offers and session.paused in ("part", "about"):
        return _picked(scripts, session, step, name)
    if name == OTHER and session.paused in ("part", "about"):
        return _on(scripts, session, step)
    if name in (YES, NO) and session.paused == "buttons":
        return _on(scripts, replace(session, buttons=name == YES), step)
    return None


def write(scripts: Scripts, session: Session, step: Question, words: str) -> Turn:
    """Typed words: the label of a button, or something more, which joins the answer before it."""
    said = normal(words)
    for button in _prompt(scripts, session).options:
        if said == authored(button.label):
            return press(scripts, session, step, button.name) or again(scripts, session)
    heard = scripts.lexicon.understand(words, session.language)
    joined = _joined(replace(session, misses=0 if heard.themes else session.misses), words)
    themes = tuple(dict.fromkeys((*joined.themes, *heard.themes)))
    return _on(scripts, replace(joined, themes=themes), step)


def _hold(scripts: Scripts, session: Session, rung: Rung, offers: tuple[str, ...] = ()) -> Turn:
    held_here = replace(session, paused=rung, offers=offers, turn=session.turn + 1)
    if rung != "part":
        held_here = noted(held_here, rung)
    said = {
        "about": (scripts.phrases.replies.not_all,),
        "part": (scripts.phrases.replies.at_once,),
        "buttons": (scripts.phrases.replies.no_need,),
    }.get(rung, ())
    texts = tuple(text.to(session.language) for text in said)
    return replace(again(scripts, held_here, texts), fate="write")


def _prompt(scripts: Scripts, session: Session) -> Prompt:
    replies, language = scripts.phrases.replies, session.language
    asked: dict[str, Text] = {
        "more": replies.more,
        "part": replies.part,
        "about": replies.about,
        "buttons": replies.buttons,
    }
    themes = scripts.lexicon.themes
    options = [Button(t, themes[t].name.to(language)) for t in session.offers if t in themes]
    if session.paused == "buttons":
        options = [
            Button(YES, replies.buttons_only.to(language)),
            Button(NO, replies.keep_typing.to(language)),
        ]
    elif session.paused != "more":
        options.append(Button(OTHER, replies.something_else.to(language)))
    labels = scripts.phrases.labels
    names = ("skip", "help", "stop")
    return Prompt(
        token=tokens.token(session),
        kind="open" if session.paused == "more" else "choice",
        ask=asked[session.paused or "more"].to(language),
        options=tuple(options),
        typed=session.paused == "more",
        controls=tuple(Button(name, getattr(labels, name).to(language)) for name in names),
    )


def _picked(scripts: Scripts, session: Session, step: Question, theme: str) -> Turn:
    """On, by the way of the chosen theme; what else was heard stays heard."""
    everything = tuple(dict.fromkeys((*session.themes, theme)))
    talked = tuple(dict.fromkeys((*session.talked, theme)))
    only = replace(session, themes=(theme,), talked=talked, misses=0)
    turn = _on(scripts, only, step)
    there = turn.session
    if there is None or there.themes != (theme,):
        return turn
    return replace(turn, session=replace(there, themes=everything))


def _on(scripts: Scripts, session: Session, step: Question) -> Turn:
    return move(scripts, replace(session, paused=None, offers=()), step.go)


def _joined(session: Session, words: str) -> Session:
    answer = session.slots.get(session.joins) if session.joins else None
    if session.joins is None or answer is None or answer.words is None:
        return session
    together = Answer(words=f"{answer.words}\n{words}")
    return replace(session, slots={**session.slots, session.joins: together})


def _parts(scripts: Scripts, step: Open) -> bool:
    """Whether the way on depends on a theme that may be a button; a quiet one never is."""
    parting = step.go.by_theme if isinstance(step.go, ByTheme) else ()
    return not all(scripts.lexicon.themes[name].quiet for name in parting)


def _themes(scripts: Scripts, step: Question) -> tuple[str, ...]:
    """Four themes to choose from: those that this step listens for first."""
    wanted: list[str] = []
    if isinstance(step.go, ByTheme):
        wanted += step.go.by_theme
    if isinstance(step, Open):
        wanted += [*step.heard, *(theme for probe in step.probes for theme in probe.themes)]
    wanted += scripts.lexicon.offered
    themes = scripts.lexicon.themes
    known = (name for name in dict.fromkeys(wanted) if name in themes and not themes[name].quiet)
    return tuple(known)[:OFFERED]
