"""The field that asks for the code of a lock, for whoever is known or not, with help always in reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from conversations import asides, locking, tokens
from conversations.commands import command
from conversations.passphrase import tidy
from conversations.replacing import replace
from conversations.script import LANGUAGES
from conversations.session import Session, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conversations.script import Language, Text
    from conversations.scripts import Scripts
    from conversations.turn import Button, Reply, Turn

Aside = Literal["help", "about", "forget"]
ASIDES: tuple[Aside, ...] = ("help", "about", "forget")


def aside(scripts: Scripts, reply: Reply) -> Aside | None:
    """What somebody asks for in place of a code: a button, or words that can be no code."""
    words = "" if reply.said is None or tidy(reply.said) else reply.said
    meant = {command(scripts.phrases, words, each) for each in LANGUAGES}
    return next((each for each in ASIDES if each == reply.pressed or each in meant), None)


def ask(scripts: Scripts, session: Session | None, reply: Reply, told: Text) -> Turn:
    """This word and the field, below the card or the answer that was asked for; nothing is written.

    `session` is that of a row outside the lock, where there is one. Where no language is known, all
    is said in each, and the buttons go on knowing none.
    """
    known = None if session is None or session.expires < reply.week else session
    whoever = known or tokens.newcomer(scripts.frame, reply)
    asked = aside(scripts, reply)
    if whoever is not None:
        return _one(scripts, whoever, told, asked)
    return _in_each([_one(scripts, each, told, asked) for each in _anybody(scripts, reply)])


def beside(scripts: Scripts, session: Session, asked: Aside | None) -> tuple[str, ...]:
    """What was asked for, to be read above the field."""
    match asked:
        case "help":
            return asides.help_card(scripts, session.language)
        case "about":
            return asides.about_texts(scripts, session)
        case _:
            return ()


def somebody(scripts: Scripts, reply: Reply) -> Session:
    """Somebody without a row, in the language that their button or their platform tells."""
    newcomer = tokens.newcomer(scripts.frame, reply)
    return newcomer or next(_anybody(scripts, reply))


def _anybody(scripts: Scripts, reply: Reply) -> Iterator[Session]:
    start = Spot(scripts.frame.id, scripts.frame.revision, scripts.frame.start)
    languages: tuple[Language, ...] = LANGUAGES if reply.language is None else (reply.language,)
    for each in languages:
        yield Session(reply.seed, each, start, week=reply.week)


def _one(scripts: Scripts, session: Session, told: Text, asked: Aside | None) -> Turn:
    turn = locking.code_again(scripts, session, told)
    return replace(turn, says=(*beside(scripts, session, asked), *turn.says))


def _in_each(turns: Sequence[Turn]) -> Turn:
    """The same turn in every language, as one; its button still tells none."""
    first, prompts = turns[0], [turn.prompt for turn in turns if turn.prompt is not None]
    prompt = replace(
        prompts[0],
        token=tokens.UNKNOWN,
        ask=" · ".join(each.ask for each in prompts),
        options=_labelled([each.options for each in prompts]),
        controls=_labelled([each.controls for each in prompts]),
    )
    says = tuple(line for turn in turns for line in turn.says)
    return replace(first, says=says, prompt=prompt)


def _labelled(rows: Sequence[Sequence[Button]]) -> tuple[Button, ...]:
    return tuple(
        replace(same[0], label=" · ".join(dict.fromkeys(each.label for each in same)))
        for same in zip(*rows, strict=True)
    )
