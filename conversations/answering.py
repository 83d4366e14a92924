"""A reply taken as an answer to the open question: what it fills, what is said to it, where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import choosing, entering, ladder, looking, mention, replying
from conversations.asking import ask, prompt
from conversations.commands import number
from conversations.erased import afterwards
from conversations.going import move, start_track, stay
from conversations.handoff import entry as coming
from conversations.phrasing import authored, normal
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
from conversations.session import Answer
from conversations.turn import Turn
from conversations.wording import says

if TYPE_CHECKING:
    from conversations.ear import Heard
    from conversations.script import Option, Said
    from conversations.scripts import Scripts
    from conversations.session import Session

LONGEST_CHARACTERS = 1000
LONGEST_BYTES = 1200
"""One answer; a session has room for some six of these, and drops older summaries after that."""

START = "start"
"""The one button of the promise; understood in every language when typed."""

LONGEST_LABEL = 100
"""Characters; no button has a label half as long (`checks/style.py`)."""

SHORT = 3
"""An answer of at most so many words is short, and may be asked about once more."""


def press(scripts: Scripts, session: Session, step: Step, name: str) -> Turn | None:
    """The turn after a button; None when this question has no such button."""
    match step:
        case Promise():
            return entering.begin(scripts, session) if name == START else None
        case Tracks():
            return _subject(scripts, session, name)
        case Scale():
            numbers = {str(value): value for value in range(step.lowest, step.highest + 1)}
            return _number(scripts, session, step, numbers[name]) if name in numbers else None
        case Choice() | Summary() | Open():
            option = step.options.get(name)
            return None if option is None else _option(scripts, session, step, name, option)
        case Edit() | Earlier() | OwnStep() | Offer():
            return looking.press(scripts, session, step, name)
        case Close():
            return None


def _subject(scripts: Scripts, session: Session, name: str) -> Turn | None:
    page = choosing.PAGE.fullmatch(name)
    if page:
        return ask(scripts, session, fate="leave", opening=False, page=int(page[1]))
    begun = replace(session, begun=True)
    if name not in scripts.tracks:
        return None
    return _first(scripts, session, start_track(scripts, begun, name))


def write(scripts: Scripts, session: Session, step: Step, words: str) -> Turn:
    """The turn after typed words."""
    phrases = scripts.phrases
    if isinstance(step, Scale):
        value = number(words, session.language)
        turn = None if value is None else _number(scripts, session, step, value)
        return turn or stay(scripts, session, (phrases.use_a_number.to(session.language),))
    named = _named(scripts, session, step, words)
    if named is not None:
        return named
    if isinstance(step, Open) or (isinstance(step, Choice) and step.own_words):
        if isinstance(step, Choice) and normal(words).isdecimal():
            return stay(scripts, session, (phrases.use_a_button.to(session.language),))
        return _words(scripts, session, step, words)
    if isinstance(step, Edit):
        if _too_long(words):
            return stay(scripts, session, (phrases.too_long.to(session.language),))
        changed = looking.write(scripts, session, step, words)
        if changed is not None:
            return changed
    return stay(scripts, session, (phrases.use_a_button.to(session.language),))


def _named(scripts: Scripts, session: Session, step: Step, words: str) -> Turn | None:
    """The button whose label was typed; nothing that long is one."""
    if len(words) > LONGEST_LABEL:
        return None
    asked = prompt(scripts, session, step)
    if asked is None:
        return None
    labels = {button.name: button.label for button in asked.options}
    if isinstance(step, Tracks):
        doors = {track.id: track.door.to(session.language) for track in scripts.tracks.values()}
        labels = {**doors, **labels}
    said = normal(words)
    for name, label in labels.items():
        if said and (said == authored(label) or said == name == START):
            return press(scripts, session, step, name)
    return None


def _too_long(words: str) -> bool:
    return len(words) > LONGEST_CHARACTERS or len(words.encode("utf-8", "replace")) > LONGEST_BYTES


def _option(
    scripts: Scripts,
    session: Session,
    step: Choice | Open | Summary,
    name: str,
    option: Option,
) -> Turn:
    if option.do == "wipe":
        last = option.say or scripts.phrases.forgotten
        told = (*says((last,), session), *afterwards(scripts, session))
        return Turn(None, "erase", session.language, told)
    if option.do == "coach":
        entered = coming.enter(scripts, replace(session, begun=True))
        return entered or move(scripts, session, step.go)
    heard = (option.theme,) if option.theme else ()
    slot = step.slot if isinstance(step, Question) else None
    filled = _fill(session, slot, Answer(option=name) if option.fills else None, heard)
    filled = replace(filled, joins=None, kept=session.kept or option.do == "keep")
    turn = move(scripts, filled, option.go or step.go, says((option.say,), filled))
    return _first(scripts, session, turn)


def _number(scripts: Scripts, session: Session, step: Scale, value: int) -> Turn | None:
    if not step.lowest <= value <= step.highest:
        return None
    filled = replace(_fill(session, step.slot, Answer(number=value)), joins=None)
    band = next((band for band in step.bands if value <= band.up_to), None)
    go = band.go if band and band.go else step.go
    turn = move(scripts, filled, go, says((band.say if band else None,), filled))
    return _first(scripts, session, turn)


def _words(scripts: Scripts, session: Session, step: Open | Choice, words: str) -> Turn:
    if _too_long(words):
        return stay(scripts, session, (scripts.phrases.too_long.to(session.language),))
    heard = scripts.lexicon.understand(words, session.language)
    key = f"{session.at.script}.{step.slot}" if step.slot else None
    earlier = session.slots.get(key) if key and session.probes else None
    together = f"{earlier.words}\n{words}" if earlier and earlier.words else words
    filled = replace(_fill(session, step.slot, Answer(words=together), heard.themes), joins=key)
    filled = mention.listened(scripts, filled, words)
    if session.at.script == scripts.frame.id:
        return _first(scripts, session, move(scripts, filled, step.go))
    filled = ladder.counted(filled, step, heard)
    turn = _answered(scripts, session, filled, step, heard, words)
    return _first(scripts, session, replying.switch(scripts, session, turn, heard))


def _answered(
    scripts: Scripts,
    before: Session,
    filled: Session,
    step: Open | Choice,
    heard: Heard,
    words: str,
) -> Turn:
    """On to a probe, to a question of `ladder.py`, or to the next step; with a reply where one fits."""
    said: tuple[str, ...] = ()
    asked = 0
    if isinstance(step, Open):
        asked = _probe(step, before.probes, heard.themes, words)
        said = says(_reflection(step, heard), filled) if replying.authored(filled, heard) else ()
    if said:
        filled = replying.noted(filled, f"R1.{before.at.script}.{before.at.step}")
    if not asked and (held := ladder.held(scripts, filled, step, heard)):
        return held
    if asked:
        again = replace(filled, probes=asked, turn=before.turn + 1)
        turn = replace(stay(scripts, again, said), fate="write")
    else:
        turn = move(scripts, filled, step.go, said)
    listens = not isinstance(step, Open) or step.listen
    return replying.answered(scripts, before, turn, heard) if listens else turn


def _reflection(step: Open, heard: Heard) -> tuple[Said, ...]:
    names = (*heard.themes, *heard.feelings)
    return tuple(text for name, text in step.heard.items() if name in names)[:1]


def _probe(step: Open, asked: int, heard: tuple[str, ...], words: str) -> int:
    """The number of the next probe that applies, counted from 1; 0 when there is none."""
    probes = step.probes[asked:]
    short = bool(probes) and len(normal(words).split()) <= SHORT
    for index, probe in enumerate(probes, start=asked + 1):
        if (probe.when_short and short) or any(theme in heard for theme in probe.themes):
            return index
    return 0


def _fill(
    session: Session, slot: str | None, answer: Answer | None, heard: tuple[str, ...] = ()
) -> Session:
    themes = tuple(dict.fromkeys((*session.themes, *heard)))
    slots = session.slots
    if slot is not None:
        key = f"{session.at.script}.{slot}"
        slots = {k: a for k, a in slots.items() if k != key} | ({key: answer} if answer else {})
    talked = tuple(dict.fromkeys((*session.talked, *heard)))
    return replace(session, slots=slots, themes=themes, talked=talked, heard=heard, begun=True)


def _first(scripts: Scripts, before: Session, turn: Turn) -> Turn:
    """The very first answer is the moment from which something is kept, and the person is told."""
    if before.begun:
        return turn
    told = scripts.phrases.first_kept.to(before.language)
    return replace(turn, says=(told, *turn.says))
