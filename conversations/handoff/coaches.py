"""Who can be asked: in which order they are shown, how many at once, and who is meant by "whoever is free"."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from conversations.cases import MOST_COACHES
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from conversations.cases import Coach
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session

MOST_SHOWN = 6
"""Coaches on one page: each takes a line and a button, and a window of Slack shows ten of those."""

PAGE = "coaches:"
"""How the buttons that turn the page begin; its number follows."""


def available(scripts: Scripts) -> tuple[Coach, ...]:
    """Everybody who gets new requests at this moment."""
    return scripts.coaching.available if scripts.coaching is not None else ()


def free(scripts: Scripts, session: Session) -> list[Coach]:
    """Whom this person can ask, those who speak their language first; nobody to whom it must not go."""
    declined = session.draft.declined if session.draft is not None else ()
    left = [each for each in available(scripts) if each.id not in declined]
    return sorted(left, key=lambda each: session.language not in each.languages)


def whoever(scripts: Scripts, session: Session) -> tuple[str, ...]:
    """The ids of those who are asked together: of their language if there are any, drawn by chance.

    A card is sealed to eight at most; without the draw the first eight would get every request.
    """
    left = free(scripts, session)
    speak = [each.id for each in left if session.language in each.languages]
    drawn = sorted(speak or [each.id for each in left], key=lambda id_: _drawn(session, id_))
    return tuple(drawn[:MOST_COACHES])


def page(every: Sequence[Coach], number: int | None) -> tuple[Sequence[Coach], int, int]:
    """The coaches on this page, which one it is, from 0, and how many there are."""
    count = max(1, -(-len(every) // MOST_SHOWN))
    here = min(max((number or 1) - 1, 0), count - 1)
    return every[here * MOST_SHOWN : (here + 1) * MOST_SHOWN], here, count


def beside(scripts: Scripts, here: int, count: int) -> Iterator[tuple[str, Text]]:
    """The buttons to the pages beside this one."""
    labels = scripts.coach.labels
    if here > 0:
        yield f"{PAGE}{here}", labels.coaches_before
    if here < count - 1:
        yield f"{PAGE}{here + 2}", labels.more_coaches


def about(scripts: Scripts, session: Session, coach: Coach) -> str:
    """A coach in one line: what somebody needs to choose."""
    texts, language = scripts.coach, session.language
    return filled(
        texts.coach_line,
        language,
        name=coach.name,
        knows=coach.knows.rstrip("."),
        languages=", ".join(texts.language_names[each].to(language) for each in coach.languages),
        whose=(texts.external if coach.external else texts.internal).to(language),
        days=coach.answers_within,
        where=texts.reads_at[coach.reads_at].to(language),
        fingerprint=coach.fingerprint,
    )


def named(scripts: Scripts, ids: Sequence[str]) -> str:
    """The names of these coaches, for a sentence; empty for none that is known."""
    known = scripts.coaching.coaches if scripts.coaching is not None else ()
    return ", ".join(each.name for each in known if each.id in ids)


def _drawn(session: Session, id_: str) -> str:
    return hashlib.sha256(f"coach {session.id}.{session.turn} {id_}".encode()).hexdigest()
