"""A row is there and does not open: the person is told so, and may have it erased and begin anew.

Nothing is known of them then, not even their language; the question is the same at every visit,
and only their own yes erases anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import asides, departure
from conversations.commands import command
from conversations.engine import advance
from conversations.replacing import replace
from conversations.script import LANGUAGES
from conversations.session import Session, Spot
from conversations.turn import Button, Prompt, Turn

if TYPE_CHECKING:
    from conversations.script import Language, Text
    from conversations.scripts import Scripts
    from conversations.turn import Reply

TOKEN = "shut"  # noqa: S105  of the question, so that a typed yes is known to belong to it


def asked(turn: Turn) -> bool:
    """Whether this turn asks about a row that does not open."""
    return turn.prompt is not None and turn.prompt.token == TOKEN


def answer(scripts: Scripts, reply: Reply) -> Turn:
    """What follows when somebody with such a row says or presses something."""
    if reply.gone:
        return departure.taken(None, reply)
    words = reply.said or ""
    nobody = replace(reply, token=None)
    if scripts.safety.crisis(words):
        return advance(scripts, None, nobody)
    meant = {command(scripts.phrases, words, each) for each in LANGUAGES}
    answered = reply.token == TOKEN
    if reply.pressed == "forget_yes" or (answered and "yes" in meant):
        return _begin_anew(scripts, nobody)
    if reply.pressed == "help" or "help" in meant:
        card = advance(scripts, None, replace(nobody, said=None, pressed="help"))
        return _ask(scripts, reply, card.says)
    if reply.pressed == "about" or "about" in meant:
        return _ask(scripts, reply, _about(scripts, reply))
    if reply.pressed == "forget_no" or (answered and "no" in meant):
        return _turn(reply, _each(reply, scripts.phrases.left_shut))
    return _ask(scripts, reply, _each(reply, scripts.phrases.shut))


def _begin_anew(scripts: Scripts, reply: Reply) -> Turn:
    """Every row of this person goes, they are told what "erased" means, and all begins."""
    begun = (
        Session(reply.seed, each, Spot(scripts.frame.id, 0, ""), begun=True, week=reply.week)
        for each in _languages(reply)
    )
    told = (line for session in begun for line in asides.forget(scripts, session).says)
    first = advance(scripts, None, replace(reply, said=None, pressed=None))
    return replace(first, fate="erase", session=None, says=(*told, *first.says))


def _about(scripts: Scripts, reply: Reply) -> tuple[str, ...]:
    at = Spot(scripts.frame.id, 0, "")
    readers = (Session(reply.seed, each, at) for each in _languages(reply))
    return tuple(line for each in readers for line in asides.about_texts(scripts, each))


def _ask(scripts: Scripts, reply: Reply, before: tuple[str, ...]) -> Turn:
    phrases = scripts.phrases
    labels = phrases.labels
    asked = Prompt(
        token=TOKEN,
        kind="choice",
        ask=" · ".join(_each(reply, phrases.shut_ask)),
        options=(
            Button("forget_yes", " · ".join(_each(reply, labels.forget_yes))),
            Button("forget_no", " · ".join(_each(reply, labels.forget_no))),
        ),
        controls=(
            Button("help", " · ".join(_each(reply, labels.help))),
            Button("about", " · ".join(_each(reply, labels.about))),
        ),
    )
    return _turn(reply, before, asked)


def _turn(reply: Reply, says: tuple[str, ...], prompt: Prompt | None = None) -> Turn:
    return Turn(None, "leave", _languages(reply)[0], says, prompt=prompt)


def _each(reply: Reply, text: Text) -> tuple[str, ...]:
    return tuple(text.to(each) for each in _languages(reply))


def _languages(reply: Reply) -> tuple[Language, ...]:
    """The one that the platform tells, else all."""
    return LANGUAGES if reply.language is None else (reply.language,)
