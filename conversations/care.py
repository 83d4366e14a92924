"""What happens when words point to danger: a card or one direct question, and only the person leads back.

The words that led here are in no slot and nowhere else. The session holds no more than the level,
until the person goes on; then that is wiped as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conversations import carebuttons, tokens
from conversations.asking import ask
from conversations.going import move
from conversations.replacing import replace
from conversations.safety import helplines
from conversations.safety.levels import CARDS, Heard, graver
from conversations.script import LANGUAGES, Tracks
from conversations.turn import CARE, Button, Prompt, Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conversations.safety import About, Country, Level
    from conversations.script import Language, Text
    from conversations.scripts import Scripts
    from conversations.session import Session

OFFERED: Final = ("stuck", "message", "quiet")
OBSTACLES: Final = ("bother", "cost", "known", "chat", "menu")
QUESTION: Final[Level] = "L1"


def listen(scripts: Scripts, session: Session, words: str) -> Turn | None:
    """The turn that answers danger in these words; None when there is none that was not answered yet.

    The same danger does not bring a second card, a graver one always does. Right after a false alarm
    nothing is asked again.
    """
    earlier = _earlier(session)
    heard = scripts.safety.hear(words, earlier)
    if session.level == "L2" and heard.level in ("none", "L1") and scripts.safety.soon(words):
        heard = Heard("L3", session.about or "self")
    if heard.level == "none" or (session.level and not graver(heard.level, session.level)):
        return None
    if heard.level == QUESTION and session.checked:
        return None
    if earlier and graver(heard.level, scripts.safety.level(words)):
        session = _without_last_words(session)
    flagged = replace(session, paused="crisis", level=heard.level, about=heard.about, checked=False)
    return show(scripts, flagged)


def show(scripts: Scripts, session: Session) -> Turn:
    """The card of this level with its buttons, or the question that is asked first."""
    if session.level == QUESTION:
        return wait(scripts, session)
    return wait(scripts, session, _card(scripts, _heard(session), session.language))


def wait(scripts: Scripts, session: Session, before: Sequence[str] = ()) -> Turn:
    """What stands below a card until the person chooses; the card stays where it is."""
    care, language = scripts.safety.care, session.language
    if session.level == QUESTION:
        question, options = carebuttons.question(care, session)
    elif _heard(session).level in CARDS:
        question = scripts.phrases.crisis_ask
        options = carebuttons.named(care, OFFERED, language) + carebuttons.ways_on(scripts, session)
    else:
        question, options = care.ask_further, carebuttons.further(scripts, session)
    return _held(scripts, session, before, question, options)


def answered(scripts: Scripts, session: Session, words: str, *, agreed: bool) -> Turn:
    """Words typed below a card: a button by its label, or what stands in the way of talking."""
    turn = wait(scripts, session)
    said = words.casefold().strip(" .!")
    for button in turn.prompt.options if turn.prompt else ():
        if said == button.label.casefold():
            return ANSWERS.get(button.name, go_on)(scripts, session)
    if session.level == QUESTION:
        return yes(scripts, session) if agreed else turn
    return stuck(scripts, session) if _heard(session).level in CARDS else turn


def go_on(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """The person says so: what was open is open again, and nothing is left of why it was not."""
    return ask(scripts, wiped(session), said, fate="write")


def wiped(session: Session) -> Session:
    """The session without a trace of a card."""
    return replace(session, paused=None, level=None, about=None, checked=False)


def work(scripts: Scripts, session: Session) -> Turn:
    """After "just work": a kind line, the open question, and no second check in the next turn."""
    if session.begun and session.level != QUESTION:
        return _as_it_is(scripts, session)
    clear = replace(wiped(session), checked=True)
    said = scripts.safety.care.false_alarm.to(session.language)
    return ask(scripts, clear, (said,), fate="write", opening=False)


def yes(scripts: Scripts, session: Session) -> Turn:
    """After "yes, that too" or "not sure": the card."""
    if session.begun and session.level != QUESTION:
        return _as_it_is(scripts, session)
    about: About = "other" if session.about == "other" else "self"
    return show(scripts, replace(session, paused="crisis", level="L2", about=about))


def stuck(scripts: Scripts, session: Session) -> Turn:
    """What keeps somebody from calling, one honest line for each."""
    care = scripts.safety.care
    options = carebuttons.named(care, OBSTACLES, session.language)
    return _held(scripts, session, (), care.ask_stuck, options)


def menu(scripts: Scripts, session: Session) -> Turn:
    """Back to what can be done now."""
    return wait(scripts, session)


def light(scripts: Scripts, session: Session) -> Turn:
    """A light ending: past the questions, to the choice of keeping this or wiping it."""
    frame = scripts.frame
    doors = frame.step(frame.tracks)
    clear = wiped(session)
    if not session.begun or not isinstance(doors, Tracks):
        return ask(scripts, clear, fate="write")
    there = replace(clear, at=replace(session.at, script=frame.id, revision=frame.revision))
    return move(scripts, there, doors.go)


def first_words(scripts: Scripts, words: str) -> tuple[str, ...]:
    """The card in every language, for somebody of whom no language is known; empty without danger."""
    heard = scripts.safety.hear(words)
    if heard.level == "none":
        return ()
    shown = Heard("L2", heard.about) if heard.level == QUESTION else heard
    return tuple(line for each in LANGUAGES for line in _card(scripts, shown, each))


def _said(name: str) -> Callable[[Scripts, Session], Turn]:
    """A button that is answered by a text of its own, above the same choices."""

    def answer(scripts: Scripts, session: Session) -> Turn:
        care, language = scripts.safety.care, session.language
        authored = getattr(care, name)
        texts = authored if isinstance(authored, tuple) else (authored,)
        said = tuple(text.to(language) for text in texts)
        if name == "chat":
            said = care.web(_countries(scripts), language)
        return wait(scripts, session, said)

    return answer


ANSWERS: Final[dict[str, Callable[[Scripts, Session], Turn]]] = {
    f"{CARE}work": work,
    f"{CARE}yes": yes,
    f"{CARE}unsure": yes,
    f"{CARE}stuck": stuck,
    f"{CARE}menu": menu,
    f"{CARE}light": light,
    **{f"{CARE}{name}": _said(name) for name in ("bother", "cost", "known", "chat")},
    **{f"{CARE}{name}": _said(name) for name in ("message", "quiet", "later")},
}
"""What each button of a card does, wherever and whenever it is pressed."""


def _card(scripts: Scripts, heard: Heard, language: Language) -> tuple[str, ...]:
    care, organisation = scripts.safety.care, scripts.organisation
    phrases = scripts.phrases
    shown = care.card(
        heard,
        _countries(scripts),
        language,
        danger=phrases.help_danger.to(language),
        intro=[text.to(language) for text in phrases.crisis_intro],
    )
    own = () if heard.level in CARDS else care.own(organisation.contacts, language)
    return (*shown, *own)


def _countries(scripts: Scripts) -> tuple[Country, ...]:
    return helplines.of(scripts.safety.countries, scripts.organisation.country)


def _heard(session: Session) -> Heard:
    """The level of the card that is open; a card from before levels were kept is one of danger."""
    return Heard(session.level or "L2", session.about or "self")


def _held(
    scripts: Scripts,
    session: Session,
    before: Sequence[str],
    question: Text,
    options: tuple[Button, ...],
) -> Turn:
    language = session.language
    asked = Prompt(
        token=tokens.token(session),
        kind="choice",
        ask=question.to(language),
        options=options,
        controls=carebuttons.controls(scripts, session, options),
    )
    kept = session if session.begun else None
    return Turn(kept, "write" if kept else "leave", language, tuple(before), prompt=asked)


def _as_it_is(scripts: Scripts, session: Session) -> Turn:
    """A button of a card that is no longer open."""
    if session.paused == "crisis":
        return wait(scripts, session)
    return ask(scripts, session, fate="leave", opening=False)


def _earlier(session: Session) -> str:
    """The last thing that was typed before this, since people split a sentence over two messages."""
    answer = session.slots.get(session.joins) if session.joins else None
    return (answer.words or "").rpartition("\n")[2] if answer else ""


def _without_last_words(session: Session) -> Session:
    """The session without the answer that was the first half of it."""
    slots = {key: answer for key, answer in session.slots.items() if key != session.joins}
    return replace(session, slots=slots, joins=None)
