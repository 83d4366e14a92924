"""What was written in a case, as lines on a sheet: whose each is, and what still waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.turn import SheetLine
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.cases import Case, Letter
    from conversations.scripts import Scripts
    from conversations.session import Session


def lines(scripts: Scripts, session: Session, case: Case) -> Iterator[SheetLine]:
    """Every letter in its order; those that nobody will read come last and are said to."""
    news = case.news
    if news is None:
        return
    coach = (
        news.coach.name
        if news.coach is not None
        else scripts.coach.labels.anyone.to(session.language)
    )
    offered: Letter | None = None
    for letter in news.letters:
        offered = letter if letter.kind == "times" else offered
        yield SheetLine(
            _whose(scripts, session, letter, coach), _words(scripts, session, letter, offered)
        )
    for letter in news.undelivered:
        label = scripts.coach.not_read.to(session.language)
        yield SheetLine(label, _words(scripts, session, letter, None))


def open_offer(case: Case) -> Letter | None:
    """The last offer of times, if nothing was chosen since."""
    offer: Letter | None = None
    for letter in case.news.letters if case.news is not None else ():
        if letter.kind == "times":
            offer = letter
        elif letter.kind == "choice":
            offer = None
    return offer


def _whose(scripts: Scripts, session: Session, letter: Letter, coach: str) -> str:
    texts, language = scripts.coach, session.language
    whose = texts.you.to(language) if letter.by == "person" else coach
    return f"{whose} · {texts.waits_label.to(language)}" if letter.waits else whose


def _words(scripts: Scripts, session: Session, letter: Letter, offered: Letter | None) -> str:
    texts, language = scripts.coach, session.language
    if letter.kind == "times" and letter.times is not None:
        listed = "\n".join(f"{n}. {each}" for n, each in enumerate(letter.times.times, 1))
        way = texts.ways[letter.times.way].to(language)
        return f"{texts.times_label.to(language)}\n{listed}\n{way}: {letter.times.where}"
    if letter.kind == "choice":
        times = offered.times.times if offered is not None and offered.times is not None else ()
        number = letter.chosen if letter.chosen is not None else -1
        chosen = times[number] if 0 <= number < len(times) else str(number + 1)
        return filled(texts.chosen_label, language, time=chosen)
    if letter.kind == "closing":
        note = next((text for name, text in texts.notes.items() if name == letter.words), None)
        return note.to(language) if note is not None else texts.states["closed"].to(language)
    if letter.kind == "name":
        return f"{texts.name_label.to(language)}: {letter.words}"
    return letter.words
