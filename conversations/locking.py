"""What is said about a lock: before it is set, while its code is asked, and when it is open or not.

Authored turns only. The code itself is made, shown and checked by the reception, outside the
engine; "final" is said before anything is set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import tokens
from conversations.asides import as_it_stands, crisis_wait
from conversations.asking import ask
from conversations.going import stay
from conversations.passphrase import grouped
from conversations.replacing import replace
from conversations.turn import Button, Control, Prompt, Sheet, SheetLine, Turn

if TYPE_CHECKING:
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session


def offer(scripts: Scripts, session: Session) -> Turn:
    """What a lock does and costs, and whether they want one."""
    lock, language = scripts.phrases.lock, session.language
    if session.paused == "crisis":
        return crisis_wait(scripts, session)
    if not session.begun or session.locked:
        told = lock.already if session.locked else lock.nothing_to_lock
        return stay(scripts, session, (told.to(language),))
    asked = Prompt(
        token=tokens.token(session),
        kind="choice",
        ask=lock.ask.to(language),
        options=_buttons(scripts, session, "lock_yes", "lock_no"),
    )
    said = tuple(text.to(language) for text in lock.offer)
    waiting = replace(session, paused="lock")
    return Turn(waiting, "write", language, said, prompt=asked)


def propose(scripts: Scripts, session: Session) -> Turn:
    """They want one: the reception makes a code and shows it; typed back, it closes the lock."""
    if session.paused != "lock" or session.locked:
        return offer(scripts, session)
    return proposal(scripts, session, scripts.phrases.lock.copy_it)


def proposal(scripts: Scripts, session: Session, told: Text) -> Turn:
    """The same again, with another word before it: after a slip, or when it took too long."""
    lock, language = scripts.phrases.lock, session.language
    asked = Prompt(
        token=tokens.token(session),
        kind="secret",
        ask=lock.type_back.to(language),
        options=(_opener(scripts, session, "lock_yes"),),
        controls=_buttons(scripts, session, "lock_no", "help"),
    )
    said = (told.to(language),)
    return Turn(session, "leave", language, said, prompt=asked, wish="passphrase")


def with_code(scripts: Scripts, turn: Turn, code: str) -> Turn:
    """The turn that wished for a code, and this one on a sheet."""
    lock, language = scripts.phrases.lock, turn.language
    sheet = Sheet(
        title=lock.title.to(language),
        lines=(SheetLine(lock.your_code.to(language), grouped(code)),),
        open_label=scripts.phrases.labels.open_window.to(language),
        in_chat=lock.in_chat.to(language),
        opens="lock_yes",
    )
    return replace(turn, sheet=sheet, wish=None)


def decline(scripts: Scripts, session: Session) -> Turn:
    """Not now: what was open is open again."""
    if session.paused != "lock":
        return as_it_stands(scripts, session)
    return ask(scripts, replace(session, paused=None), fate="write")


def closed_behind(scripts: Scripts, session: Session) -> Turn:
    """The session as it is to lie behind the lock, with the open question."""
    told = (scripts.phrases.lock.locked.to(session.language),)
    locked = replace(session, locked=True, paused=None)
    return ask(scripts, locked, told, fate="write", opening=False)


def ask_code(scripts: Scripts, session: Session) -> Turn:
    """They say that they have a lock: its code is asked."""
    if session.paused == "crisis":
        return crisis_wait(scripts, session)
    if session.locked:
        return stay(scripts, session, (scripts.phrases.lock.already.to(session.language),))
    return code_again(scripts, session, scripts.phrases.lock.where_to_type)


def in_the_open(scripts: Scripts, session: Session) -> Turn:
    """A code was typed among words, where it does not belong: it is not kept, and that is said."""
    return as_it_stands(
        scripts, session, (scripts.phrases.lock.where_to_type.to(session.language),)
    )


def code_again(scripts: Scripts, session: Session, told: Text) -> Turn:
    """The code is asked, after this word; nothing is written."""
    asked = Prompt(
        token=tokens.token(session),
        kind="secret",
        ask=scripts.phrases.lock.ask_code.to(session.language),
        options=(_opener(scripts, session, "unlock"),),
        controls=_buttons(scripts, session, "lock_no", "help", "about"),
    )
    kept = session if session.begun else None
    said = (told.to(session.language),)
    return Turn(kept, "leave", session.language, said, prompt=asked)


def _buttons(scripts: Scripts, session: Session, *names: Control) -> tuple[Button, ...]:
    labels = scripts.phrases.labels
    return tuple(Button(name, getattr(labels, name).to(session.language)) for name in names)


def _opener(scripts: Scripts, session: Session, name: Control) -> Button:
    return Button(name, scripts.phrases.labels.open_window.to(session.language))
