"""One turn as a function: `advance(scripts, session, reply) -> Turn`.

Pure: no clock, no chance, no input or output. The order in which a reply is looked at is the
heart of it: safety before anything else, then what was paused, then the words that steer, then
the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import (
    answering,
    asides,
    care,
    changes,
    coach,
    entering,
    erased,
    faq,
    home,
    ladder,
    locking,
    mention,
    mydata,
    surfaces,
    tokens,
)
from conversations.asking import ask, open_step
from conversations.commands import command
from conversations.going import back, move, stay
from conversations.passphrase import shown_in
from conversations.phrasing import clean, visible
from conversations.replacing import replace
from conversations.script import LANGUAGES, Close, Promise, Question, Step
from conversations.session import Answer, Session, Spot
from conversations.turn import Turn

FAQ_COACH = "coach"
"""The question to the bot that is answered by the way to a coach, where there is one."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.phrases import Command
    from conversations.scripts import Scripts
    from conversations.turn import Reply


def advance(scripts: Scripts, session: Session | None, reply: Reply) -> Turn:
    """What follows when this reply comes in; `session` is None for somebody without a row."""
    scripts = scripts.met(reply.coaching)
    if session is None:
        return _newcomer(scripts, reply)
    met = surfaces.met(scripts, replace(session, week=reply.week), reply)
    here, told = _present(scripts, met)
    turn = _said(scripts, here, reply) if reply.said is not None else _pressed(scripts, here, reply)
    if reply.pressed == "lobby":
        return turn
    turn = changes.told(scripts, here, turn)
    if told is None or turn.fate == "erase":
        return turn
    return replace(turn, says=(told, *turn.says), fate="write", session=turn.session or here)


def _newcomer(scripts: Scripts, reply: Reply) -> Turn:
    if reply.pressed in LANGUAGES:
        reply = replace(reply, language=reply.pressed, pressed=None, token=None)
    session = tokens.newcomer(scripts.frame, reply)
    if session is not None:
        session = surfaces.met(scripts, session, reply)
        if reply.said is not None:
            return _said(scripts, session, reply)
        return _pressed(scripts, session, reply)
    return _nobody(scripts, reply)


def _nobody(scripts: Scripts, reply: Reply) -> Turn:
    """Somebody of whom nothing is known, not even a language: what cannot wait, and then that."""
    if reply.pressed == "lobby":
        return home.unknown(scripts)
    phrases = scripts.phrases
    danger = care.first_words(scripts, reply.said or "")
    if danger:
        return asides.which_language(scripts, danger)
    if reply.pressed == "help" or (reply.said and command(phrases, reply.said, "en") == "help"):
        both = (asides.help_card(scripts, each) for each in LANGUAGES)
        return asides.which_language(scripts, tuple(line for card in both for line in card))
    for each in LANGUAGES if reply.said else ():
        if command(phrases, reply.said or "", each) == "desk":
            return coach.desk_of_nobody(scripts, each)
    known = faq.find(scripts.faq, reply.said or "", "nl")
    if known is not None:
        texts = scripts.faq[known[0]].texts(scripts.organisation)
        return asides.which_language(scripts, tuple(text.to(known[1]) for text in texts))
    if reply.pressed in ("forget", "forget_yes"):
        locked = (erased.behind_a_lock(scripts, reply.week, each) for each in LANGUAGES)
        both_told = (phrases.nothing_kept.nl, phrases.nothing_kept.en, *locked)
        return Turn(None, "erase", "nl", both_told)
    return asides.which_language(scripts)


def _present(scripts: Scripts, session: Session) -> tuple[Session, str | None]:
    """The session at a step that exists, and what to tell when the script was rewritten meanwhile."""
    script = scripts.script(session.at)
    if script is not None and script.step(session.at.step) is not None:
        return session, None
    frame = scripts.frame
    newest = frame if session.at.script == frame.id else scripts.tracks.get(session.at.script)
    step, spot = session.at.step, Spot(frame.id, frame.revision, frame.tracks)
    if (
        newest is not None
        and newest.step(step) is not None
        and not isinstance(newest.step(step), Close)
    ):
        spot = Spot(newest.id, newest.revision, step)
    moved = replace(session, at=spot, probes=0, joins=None)
    return moved, scripts.phrases.script_changed.to(session.language)


def _said(scripts: Scripts, session: Session, reply: Reply) -> Turn:
    words = clean(reply.said or "")
    phrases, language = scripts.phrases, session.language
    danger = care.listen(scripts, session, words)
    if danger is not None:
        return danger
    session = replace(session, checked=False)
    code = shown_in(words)
    aside = locking.in_the_open(scripts, session) if code else _aside(scripts, session, words)
    if aside is not None:
        return aside
    if not visible(words):
        return stay(scripts, session, (phrases.empty.to(language),))
    if surfaces.away(session):
        return stay(scripts, session, (phrases.surfaces.not_read.to(language),))
    if reply.late and session.begun:
        return _late(scripts, session, words)
    if reply.token is not None and reply.token != tokens.token(session):
        return stay(scripts, session, (phrases.old_button.to(language),))
    step = open_step(scripts, session)
    return answering.write(scripts, session, step, words)


def _paused(scripts: Scripts, session: Session, steer: Command | None, words: str) -> Turn:
    """Typed words while something else than the open question stands on the screen."""
    match session.paused, steer:
        case _, "help":
            return asides.help_now(scripts, session)
        case "forget", "yes" | "forget":
            return asides.forget(scripts, session)
        case _, "forget":
            return asides.forget_ask(scripts, session)
        case _, "stop":
            return asides.stop(scripts, session)
        case "crisis", _:
            return care.answered(scripts, session, words, agreed=steer == "yes")
        case "forget", "no":
            return asides.forget_no(scripts, session)
        case "forget", _:
            return asides.forget_ask(scripts, session)
        case _:
            return asides.welcome_back(scripts, session)


def _aside(scripts: Scripts, session: Session, words: str) -> Turn | None:
    """Typed words that are no answer; None when they are one."""
    steer = command(scripts.phrases, words, session.language)
    asked = coach.typing(session) or steer is not None
    known = None if asked else faq.find(scripts.faq, words, session.language)
    if known is not None:
        return _asked(scripts, session, known[0], words)
    own = _own(scripts, session, steer)
    if own is not None:
        return own
    if session.paused == "coach" and steer in coach.WORDS:
        return coach.write(scripts, session, words, steer)
    step = open_step(scripts, session) if session.paused in ladder.RUNGS else None
    if isinstance(step, Question) and steer in (None, "yes", "no") and visible(words):
        return ladder.write(scripts, session, step, words)
    if session.paused is not None:
        return _paused(scripts, session, steer, words)
    if steer is not None and steer not in ("yes", "no"):
        return _steer(scripts, session, steer)
    return None


def _asked(scripts: Scripts, session: Session, name: str, words: str) -> Turn:
    """A question to the bot: its answer, and for a coach the way there or why there is none."""
    if name != FAQ_COACH:
        return asides.answer(scripts, session, name, words)
    if coach.reachable(scripts, session):
        return coach.enter(scripts, mention.listened(scripts, session, words))
    turn = asides.answer(scripts, session, name, words)
    return replace(turn, says=(coach.nobody(scripts).to(session.language), *turn.says))


def _own(scripts: Scripts, session: Session, steer: Command | None) -> Turn | None:
    """Typed words about a person's own data, or about the lock that they were offered."""
    match session.paused, steer:
        case _, "mydata" | "save":
            return mydata.shown(scripts, session)
        case _, "unlock":
            return locking.ask_code(scripts, session)
        case "lock", "yes":
            return locking.propose(scripts, session)
        case "lock", "no":
            return locking.decline(scripts, session)
        case _, "lock":
            return locking.offer(scripts, session)
        case "lock", None:
            return locking.offer(scripts, session)
        case _:
            return None


def _steer(scripts: Scripts, session: Session, steer: Command) -> Turn:
    if steer == "hello":
        return asides.greet(scripts, session)
    return _control(scripts, session, steer)


def _pressed(scripts: Scripts, session: Session, reply: Reply) -> Turn:
    name = reply.pressed
    if name is None:
        return asides.greet(scripts, session)
    if name in care.ANSWERS:
        return care.ANSWERS[name](scripts, session)
    page = mydata.page_of(name)
    if page is not None:
        return mydata.shown(scripts, session, page)
    if name in ANSWERS and name not in ("skip", "back", "go_on"):
        return _control(scripts, session, name)
    if reply.token is not None and reply.token != tokens.token(session):
        return _old(scripts, session)
    if session.paused == "crisis" and name != "go_on":
        return asides.crisis_wait(scripts, session)
    if session.paused == "coach":
        return coach.press(scripts, session, name) or _old(scripts, session)
    return _chosen(scripts, session, name)


def _chosen(scripts: Scripts, session: Session, name: str) -> Turn:
    """A button of the question that is open, or of what stands before it."""
    picked = _rung(scripts, session, name)
    session = replace(session, paused=None, offers=())
    if name in ANSWERS:
        return _control(scripts, session, name)
    turn = picked or answering.press(scripts, session, open_step(scripts, session), name)
    return turn or _old(scripts, session)


def _rung(scripts: Scripts, session: Session, name: str) -> Turn | None:
    step = open_step(scripts, session) if session.paused in ladder.RUNGS else None
    return ladder.press(scripts, session, step, name) if isinstance(step, Question) else None


def _old(scripts: Scripts, session: Session) -> Turn:
    """A button that does not belong to what is open now: a kind word, and the present question."""
    if session.paused == "crisis":
        return asides.crisis_wait(scripts, session)
    if session.paused == "coach":
        once_more = (scripts.phrases.old_button.to(session.language),)
        return asides.as_it_stands(scripts, session, once_more)
    told = (scripts.phrases.old_button.to(session.language),)
    return ask(
        scripts,
        replace(session, paused=None),
        told,
        fate="write" if session.paused else "leave",
    )


def _control(scripts: Scripts, session: Session, name: str) -> Turn:
    return ANSWERS[name](scripts, session)


def _skip(scripts: Scripts, session: Session) -> Turn:
    step: Step = open_step(scripts, session)
    if isinstance(step, Promise | Close):
        return stay(scripts, session)
    skipped = replace(session, joins=None, heard=())
    return move(scripts, skipped, step.go)


def _late(scripts: Scripts, session: Session, words: str) -> Turn:
    """Words sent before the open question was asked: they belong to the answer before it."""
    earlier = session.slots.get(session.joins) if session.joins else None
    if session.joins is None or earlier is None or earlier.words is None:
        return stay(scripts, session)
    together = f"{earlier.words}\n{words}"
    if len(together.encode("utf-8", "replace")) > 2 * answering.LONGEST_BYTES:
        return stay(scripts, session, (scripts.phrases.too_long.to(session.language),))
    slots = {**session.slots, session.joins: Answer(words=together)}
    told = (scripts.phrases.joined.to(session.language),)
    return Turn(replace(session, slots=slots), "write", session.language, told)


ANSWERS: dict[str, Callable[[Scripts, Session], Turn]] = {
    "skip": _skip,
    "back": back,
    "stop": asides.stop,
    "help": asides.help_now,
    "about": asides.about,
    "language": asides.other_language,
    "forget": asides.forget_ask,
    "forget_yes": asides.forget,
    "forget_no": asides.forget_no,
    "go_on": care.go_on,
    "window": asides.as_it_stands,
    "mydata": mydata.shown,
    "lock": locking.offer,
    "lock_yes": locking.propose,
    "lock_no": locking.decline,
    "unlock": locking.ask_code,
    "private": entering.into_window,
    "chat": entering.into_chat,
    "lobby": home.shown,
    "coach": coach.enter,
    "desk": coach.desk,
}
"""What each control does; a test holds it against `turn.Control`."""
