"""A case that was sent: who has it, what they opened, what came back, and every way out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations import paging
from conversations.calendar import last_day, written
from conversations.cases import NAME_BYTES, LetGo, Withdraw, Write, size_of
from conversations.handoff import card as cards
from conversations.handoff import coaches, request, thread, view
from conversations.phrasing import clean
from conversations.requestdraft import Draft
from conversations.turn import SheetLine
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conversations.cases import Case, CaseAct
    from conversations.requestdraft import Screen
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn

PAGE = "letters:"
"""How the buttons that turn the page begin; its number follows."""

TIME = "time_"
"""How the buttons that choose a time begin; its number follows."""


def case(
    scripts: Scripts, session: Session, said: Sequence[str] = (), page: int | None = None
) -> Turn:
    """Where it stands, the letters, and what can be done. What is shown counts as read.

    Of many letters the last ones are shown first, and each earlier page with a button.
    """
    now = session.case
    if now is None:
        return request.explain(scripts, session, said)
    texts, language = scripts.coach, session.language
    letters = paging.pages(list(thread.lines(scripts, session, now)))
    here = paging.at(page, len(letters))
    read = max((each.stamp for each in now.unread), default=now.read)
    seen = Draft("case", coaches=_reads(now), offer=_offer(now))
    shown_now = replace(now, read=read, told=now.standing)
    there = view.at(replace(session, case=shown_now), seen)
    told = (*said, *_stands(scripts, session, now))
    lines = letters[here]
    shown = view.sheet(scripts, session, texts.case_title, lines) if lines else None
    ask = texts.case_ask if now.open else texts.case_ask_closed
    options = (*_ways(scripts, now), *_leaves_to_turn(scripts, here, len(letters)))
    return view.screen(scripts, there, ask.to(language), options, says=told, sheet=shown)


def sent(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """The card as it was sent."""
    now = session.case
    if now is None:
        return case(scripts, session, said)
    texts, language = scripts.coach, session.language
    name = [SheetLine(texts.name_label.to(language), now.name)] if now.name else []
    lines = [
        SheetLine(texts.alias_label.to(language), now.alias),
        *name,
        *cards.shown(scripts, now.language, now.card),
    ]
    there = view.at(session, Draft("sent"))
    shown = view.sheet(scripts, session, texts.preview_title, lines)
    options = (("to_case", texts.labels.to_case),)
    ask = texts.case_ask.to(language)
    return view.screen(scripts, there, ask, options, says=said, sheet=shown)


def letter(scripts: Scripts, session: Session, said: Sequence[str] = (), refused: str = "") -> Turn:
    """A message is asked for; what was written before, or could not be taken, stands in the field."""
    texts, language = scripts.coach, session.language
    there = view.at(session, _next(session, "letter", _words(session)))
    options = (("to_case", texts.labels.to_case),)
    words = refused or _words(session)
    ask = texts.letter_ask.to(language)
    return view.screen(scripts, there, ask, options, says=said, typed=True, words=words)


def letter_preview(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """The message exactly as the coach will see it."""
    texts, language, words = scripts.coach, session.language, _words(session)
    there = view.at(session, _next(session, "letter_preview", words))
    lines = [SheetLine(_alias(session), words)]
    told = (*said, _leaves(scripts, session), *cards.warnings(scripts, language, [words]))
    options = (("send", texts.labels.send), ("change", texts.labels.change))
    shown = view.sheet(scripts, session, texts.letter_title, lines)
    ask = texts.letter_preview_ask.to(language)
    return view.screen(scripts, there, ask, options, says=told, sheet=shown)


def reveal(scripts: Scripts, session: Session, said: Sequence[str] = (), refused: str = "") -> Turn:
    """A name is asked for; final for this case, and said to be."""
    texts, language = scripts.coach, session.language
    words = refused or _words(session)
    there = view.at(session, _next(session, "reveal"))
    options = (("to_case", texts.labels.to_case),)
    told = (*said, texts.reveal_say.to(language))
    ask = texts.reveal_ask.to(language)
    return view.screen(scripts, there, ask, options, says=told, typed=True, words=words)


def reveal_preview(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """The name exactly as the coach will see it."""
    texts, language, words = scripts.coach, session.language, _words(session)
    there = view.at(session, _next(session, "reveal_preview", words))
    lines = [SheetLine(_alias(session), f"{texts.name_label.to(language)}: {words}")]
    told = (*said, texts.reveal_say.to(language), _leaves(scripts, session))
    options = (("send", texts.labels.send), ("change", texts.labels.change))
    shown = view.sheet(scripts, session, texts.letter_title, lines)
    ask = texts.letter_preview_ask.to(language)
    return view.screen(scripts, there, ask, options, says=told, sheet=shown)


def withdraw(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """What taking it back does, and whether they want that."""
    texts, language = scripts.coach, session.language
    there = view.at(session, Draft("withdraw"))
    state = session.case.state if session.case is not None else "withdrawn"
    told = (*said, texts.withdraw_say.to(language), texts.take_back[state].to(language))
    options = (("yes", texts.labels.take_back_yes), ("no", texts.labels.take_back_no))
    return view.screen(scripts, there, texts.withdraw_ask.to(language), options, says=told)


def another(scripts: Scripts, session: Session) -> Turn:
    """Not this coach: the same card, for somebody else. It is sent anew, and only then taken back."""
    now = session.case
    if now is None:
        return case(scripts, session)
    had = (now.news.coach.id,) if now.news is not None and now.news.coach is not None else ()
    draft = Draft(
        "choose",
        lines={each.part: each.words for each in now.card.lines},
        declined=tuple(dict.fromkeys((*now.declined, *had, *(now.coaches if not had else ())))),
    )
    choosing = replace(session, draft=draft)
    if not coaches.free(scripts, choosing):
        return case(scripts, session, (scripts.coach.none_now.to(session.language),))
    return request.choose(scripts, choosing)


def say_letter(scripts: Scripts, session: Session, words: str) -> Turn:
    """The message that was typed, to look at once more."""
    said, now = clean(words), session.case
    room = now.room if now is not None else 0
    if size_of(said) > room:
        told = (scripts.coach.letter_too_long.to(session.language),)
        return letter(scripts, session, told, said)
    written_down = replace(session, draft=_next(session, "letter_preview", said))
    return letter_preview(scripts, written_down)


def say_name(scripts: Scripts, session: Session, words: str) -> Turn:
    """The name that was typed, to look at once more."""
    said = " ".join(clean(words).split())
    if size_of(said) > NAME_BYTES:
        return reveal(scripts, session, (scripts.coach.too_long.to(session.language),), said)
    written_down = replace(session, draft=_next(session, "reveal_preview", said))
    return reveal_preview(scripts, written_down)


def _send_letter(scripts: Scripts, session: Session) -> Turn:
    return _acted(scripts, session, Write("words", words=_words(session)))


def _send_name(scripts: Scripts, session: Session) -> Turn:
    return _acted(scripts, session, Write("name", words=_words(session)))


def _choose_time(scripts: Scripts, session: Session, number: int) -> Turn | None:
    offer = thread.open_offer(session.case) if session.case is not None else None
    if offer is None or offer.times is None or not 0 <= number < len(offer.times.times):
        return None
    if session.draft is None or session.draft.offer != offer.id:
        return None  # Those times were not shown: the coach has offered others meanwhile.
    return _acted(scripts, session, Write("choice", chosen=number))


def _acted(scripts: Scripts, session: Session, act: CaseAct) -> Turn:
    """After something was sent in the case: when it leaves, and back to where it stands.

    Nothing goes to a coach of whom the person has not read that they have the case.
    """
    texts, language = scripts.coach, session.language
    shown = session.draft.coaches if session.draft is not None else ()
    if session.case is None or not shown or shown != _reads(session.case):
        return case(scripts, session, (texts.not_available.to(language),))
    there = view.at(session, Draft("sent"))
    options = (("to_case", texts.labels.to_case),)
    told = (texts.letter_sent.to(language), _leaves(scripts, session))
    ask = texts.case_ask.to(language)
    return view.screen(scripts, there, ask, options, says=told, act=act)


def _take_back(scripts: Scripts, session: Session) -> Turn:
    texts, language = scripts.coach, session.language
    there = view.at(replace(session, case=session.case), Draft("explain"))
    told = (texts.withdrawn.to(language),)
    ask = texts.case_ask_closed.to(language)
    return view.screen(scripts, there, ask, (), says=told, act=Withdraw())


def _let_go(scripts: Scripts, session: Session) -> Turn:
    texts, language = scripts.coach, session.language
    there = view.at(session, Draft("explain"))
    told = (texts.let_go.to(language),)
    ask = texts.case_ask_closed.to(language)
    return view.screen(scripts, there, ask, (), says=told, act=LetGo())


def _stands(scripts: Scripts, session: Session, now: Case) -> Iterator[str]:
    """Who has it, what they opened, how it is taken back, and what cannot be."""
    texts, language, news = scripts.coach, session.language, now.news
    coach = news.coach.name if news is not None and news.coach is not None else ""
    whom = coach or coaches.named(scripts, now.coaches) or texts.labels.anyone.to(language)
    yield filled(texts.states[now.state], language, coach=whom)
    yield texts.take_back[now.state].to(language)
    if _away(now):
        yield filled(texts.coach_away, language, coach=coach)
    elif news is not None and news.overdue:
        yield texts.overdue.to(language)
    if news is not None and news.ends_soon:
        yield filled(texts.ends_soon, language, date=written(last_day(news.ends_week), language))
    offer = thread.open_offer(now)
    if offer is not None and now.open:
        yield texts.calling.to(language)


def _away(now: Case) -> bool:
    """Whether something waits for a coach who is on holiday, or was not there for long."""
    news = now.news
    waits = now.state in ("received", "opened")
    return waits and news is not None and news.coach is not None and not news.coach.available


def _ways(scripts: Scripts, now: Case) -> Iterator[tuple[str, Text | str]]:
    labels = scripts.coach.labels
    has_coach = now.news is not None and now.news.coach is not None
    offer = thread.open_offer(now)
    if now.open and has_coach and offer is not None and offer.times is not None:
        yield from ((f"{TIME}{n}", each) for n, each in enumerate(offer.times.times))
    if now.open and has_coach:
        yield "write", labels.write
    yield "sent", labels.what_i_sent
    if now.open and has_coach and not now.name:
        yield "reveal", labels.reveal
    if now.open:
        yield "another", labels.another
        yield "withdraw", labels.take_back
    else:
        yield "let_go", labels.let_go


def _leaves_to_turn(scripts: Scripts, here: int, count: int) -> Iterator[tuple[str, Text | str]]:
    """The pages beside this one."""
    labels = scripts.coach.labels
    if here > 0:
        yield f"{PAGE}{here}", labels.earlier
    if here < count - 1:
        yield f"{PAGE}{here + 2}", labels.later


def _leaves(scripts: Scripts, session: Session) -> str:
    """On which day a message in this case leaves."""
    texts, language = scripts.coach, session.language
    if scripts.coaching is None:
        return texts.not_available.to(language)
    day = written(scripts.coaching.next_day, language)
    return filled(texts.letter_say, language, day=day)


def _reads(now: Case) -> tuple[str, ...]:
    """The coach who has the case, by their id; nobody where none has."""
    return () if now.news is None or now.news.coach is None else (now.news.coach.id,)


def _offer(now: Case) -> str:
    """The offer of times that is open, by its id."""
    offer = thread.open_offer(now)
    return "" if offer is None else offer.id


def _next(session: Session, screen: Screen, words: str = "") -> Draft:
    """The next screen of something that is written to the coach who was shown."""
    known = session.draft.coaches if session.draft is not None else ()
    return Draft(screen, coaches=known, words=words)


def _words(session: Session) -> str:
    return session.draft.words if session.draft is not None else ""


def _alias(session: Session) -> str:
    return session.case.alias if session.case is not None else ""


PRESSED: dict[tuple[Screen, str], Callable[[Scripts, Session], Turn]] = {
    ("case", "write"): letter,
    ("case", "sent"): sent,
    ("case", "reveal"): reveal,
    ("case", "another"): another,
    ("case", "withdraw"): withdraw,
    ("case", "let_go"): _let_go,
    ("choose", "to_case"): case,
    ("card", "to_case"): case,
    ("sent", "to_case"): case,
    ("letter", "to_case"): case,
    ("letter_preview", "send"): _send_letter,
    ("letter_preview", "change"): letter,
    ("reveal", "to_case"): case,
    ("reveal_preview", "send"): _send_name,
    ("reveal_preview", "change"): reveal,
    ("withdraw", "yes"): _take_back,
    ("withdraw", "no"): case,
}
"""What a button of a screen does."""

SHOWN: dict[Screen, Callable[[Scripts, Session], Turn]] = {
    "case": case,
    "sent": sent,
    "letter": letter,
    "letter_preview": letter_preview,
    "reveal": reveal,
    "reveal_preview": reveal_preview,
    "withdraw": withdraw,
}
"""Each screen, shown again."""


def press(scripts: Scripts, session: Session, name: str) -> Turn | None:
    """After a button of a case; None when the screen has no such button."""
    screen = session.draft.screen if session.draft is not None else "case"
    known = PRESSED.get((screen, name))
    if known is not None:
        return known(scripts, session)
    if screen == "case" and name.startswith(PAGE):
        return case(scripts, session, page=paging.number(name.removeprefix(PAGE)))
    number = name.removeprefix(TIME)
    if screen == "case" and name != number and number.isdecimal() and len(number) == 1:
        return _choose_time(scripts, session, int(number))
    return None
