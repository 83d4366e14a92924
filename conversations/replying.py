"""What is said to an answer before the next question: nothing, most of the time.

R0 nothing · R1 the theme, in an authored sentence · R2 an explicit feeling, about the situation ·
R3 two themes that pull apart · R4 a shift since the first number · R5 a person's own words, in
summaries only (`summary.py`) · R6 that one is not alone in it. The first that is allowed is said.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal, NamedTuple

from conversations.replacing import replace
from conversations.script import Scale, Script
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.ear import Heard
    from conversations.lexicon import Lexicon
    from conversations.script import Language, Text
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn

Kind = Literal["R0", "R1", "R2", "R3", "R4", "R5", "R6"]

LONG = 60
"""An answer of more words than this is never reflected: it would leave out most of it."""

LOW = 5
"""A first number up to and including this one leaves room for a shift."""

MEMORY = 32
"""How many replies a session remembers, so that none comes twice."""


class Reply(NamedTuple):
    """A reply that fits what was heard. `key` tells it from all others; `light` is a cheerful one."""

    kind: Kind
    key: str
    texts: tuple[Text, ...]
    light: bool = False


NOTHING = Reply("R0", "R0", ())


def fitting(lexicon: Lexicon, heard: Heard, shift: Text | None = None) -> Iterator[Reply]:
    """The replies that fit, in the order in which they are tried.

    `shift` is the sentence for a session that began low, or None. The key of a feeling does not name
    it: which feeling somebody had is kept nowhere.
    """
    if heard.length > LONG or heard.foreign:
        return
    themes = [name for name in heard.themes if not lexicon.themes[name].quiet]
    if len(themes) == 1 and lexicon.themes[themes[0]].reflect:
        yield Reply("R1", f"R1.{themes[0]}", lexicon.themes[themes[0]].reflect)
    felt = _felt(lexicon, heard)
    if felt is not None:
        yield felt
    for pair in lexicon.pairs:
        if {*pair.between} == {*themes}:
            yield Reply("R3", f"R3.{'.'.join(pair.between)}", (pair.say,))
    if shift is not None and "hopeful" in heard.feelings and not heard.heavy:
        yield Reply("R4", "R4", (shift,), light=True)
    normal = next((text for name in themes if (text := lexicon.themes[name].normal)), None)
    if normal is not None:
        yield Reply("R6", "R6", (normal,))


def _felt(lexicon: Lexicon, heard: Heard) -> Reply | None:
    """The sentence for the one feeling that was named; nothing cheerful where something hard is near."""
    if len(heard.feelings) != 1:
        return None
    feeling = lexicon.feelings[heard.feelings[0]]
    light = feeling.weight == "light"
    if light and heard.heavy:
        return None
    return Reply("R2", "R2", (feeling.soft if heard.intensity < 0 else feeling.firm,), light)


def first(lexicon: Lexicon, heard: Heard) -> Reply:
    """The reply to a first answer, when nothing was said before."""
    return next(fitting(lexicon, heard), NOTHING)


def answered(scripts: Scripts, before: Session, turn: Turn, heard: Heard) -> Turn:
    """The turn with a reply in it, where one is allowed and the script says nothing of its own.

    `before` is the session as it stood at the question that was answered.
    """
    session = turn.session
    if session is None or turn.says or turn.sheet is not None or turn.prompt is None:
        return turn
    shift = _shift(scripts, before)
    subject = _subject(scripts, before)
    for reply in fitting(scripts.lexicon, heard, scripts.phrases.replies.shift if shift else None):
        if reply.key not in subject and _allowed(before, session, reply):
            text = reply.texts[_place(before) % len(reply.texts)]
            said = filled(text, session.language, start=shift)
            return replace(turn, session=noted(session, reply.key), says=(said,))
    return turn


def switch(scripts: Scripts, before: Session, turn: Turn, heard: Heard) -> Turn:
    """The turn with an offer to go on in the other language, once, for somebody who writes in it."""
    session = turn.session
    if not heard.foreign or session is None or "language" in before.replies:
        return turn
    other: Language = "en" if before.language == "nl" else "nl"
    told = scripts.phrases.replies.language.to(other)
    kept = replace(session, replies=(*session.replies, "language")[-MEMORY:])
    return replace(turn, session=kept, says=(told, *turn.says))


def noted(session: Session, key: str) -> Session:
    """The session, remembering that this was said."""
    return replace(session, replies=(*session.replies, key)[-MEMORY:], replied=session.typed)


def authored(session: Session, heard: Heard) -> bool:
    """Whether a reflection that a script holds may be said: not after a long answer, nor twice running."""
    last = session.replies[-1:] if session.replied == session.typed - 1 else ()
    return heard.length <= LONG and not any(key.startswith("R1") for key in last)


def _allowed(before: Session, session: Session, reply: Reply) -> bool:
    said = session.replies
    reflections = sum(key[0] == "R" for key in said)
    kinds = [key[:2] for key in said if key[0] == "R"]
    return (
        reply.key not in said
        and kinds[-1:] != [reply.kind]
        and 2 * (reflections + 1) <= session.typed + 1
        and not (reply.light and before.heavy)
    )


def _subject(scripts: Scripts, session: Session) -> frozenset[str]:
    """What this conversation is about anyway: to hear that in an answer tells nobody anything."""
    script = scripts.script(session.at)
    themes = script.themes if isinstance(script, Script) else ()
    return frozenset(f"R1.{name}" for name in themes)


def _shift(scripts: Scripts, session: Session) -> int | None:
    """The first number of the session, when it was a low one."""
    steps = scripts.frame.steps.values()
    slot = next((step.slot for step in steps if isinstance(step, Scale) and step.slot), None)
    answer = session.slots.get(f"{scripts.frame.id}.{slot}")
    number = answer.number if answer else None
    return number if number is not None and number <= LOW else None


def _place(session: Session) -> int:
    where = f"{session.id}.{session.at.script}.{session.at.step}.{len(session.replies)}"
    return hashlib.sha256(where.encode()).digest()[0]
