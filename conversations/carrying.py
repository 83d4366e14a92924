"""What an act makes of a person's case, as far as that is known without keys and chance."""

from __future__ import annotations

from conversations.cases import MOST_COACHES, Case, CaseAct, LetGo, Pending, Send, Withdraw, Write
from conversations.replacing import replace

BLANK, BLANK_KEY = "0" * 32, "0" * 64
"""Where an id or a key will stand once the store has made it."""


def carried(case: Case | None, act: CaseAct | None, week: int) -> Case | None:
    """The case after this act, with blanks of the right size for what the store will make.

    A letter without a coach to read it changes nothing.
    """
    match act:
        case Send():
            return Case(
                id=BLANK,
                inbox=BLANK_KEY,
                alias=act.alias,
                card=act.card,
                language=act.language,
                week=week,
                where=BLANK,
                coaches=act.coaches or (BLANK,) * MOST_COACHES,
                declined=act.declined,
                name=act.name,
                notify=act.notify,
            )
        case Write():
            if case is None or case.news is None or case.news.coach is None:
                return case
            pending = Pending(
                id=BLANK,
                kind=act.kind,
                stamp=_next(case),
                week=week,
                to=case.news.coach.id,
                words=act.words,
                chosen=act.chosen,
            )
            return replace(case, pending=(*case.pending, pending))
        case Withdraw() | LetGo():
            return None
        case _:
            return case


def _next(case: Case) -> int:
    """One more than the highest stamp that this person has seen or given."""
    stamps = [each.stamp for each in case.pending]
    if case.news is not None:
        stamps += [each.stamp for each in case.news.letters]
    return max(stamps, default=0) + 1
