"""Every screen of a desk, and those of somebody who asks, with the largest things that can stand on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from conversations.caseports import Desk, Door, Listed, Registered, Request
from conversations.cases import PARTS, Card, CardLine, Coach, Coaching, Letter, News, Times
from conversations.desk import screens
from conversations.desk.places import WAYS, Place
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.turn import Turn

LINK = "<https://kwik.example|klik> <@U0BAAS> <!channel> [hier](https://kwik.example) *vet* :bell:"
"""Words that a platform would make a link, a mention or a picture of, if it were let."""

MANY, LONG_TALK = 75, 24
LONGEST = f"{LINK} " + "een heel lang verhaal " * 130
ROWS = "regel\n" * 400
COACH = Coach("a" * 32, "Anne", LANGUAGES, "keuzes", True, 2, "slack", " ".join(["ABCD"] * 8))
COACHES = tuple(replace(COACH, id=f"{n:032x}", name=f"Coach nummer {n}") for n in range(12))
COACHING = Coaching(COACHES, date(2026, 12, 1), date(2026, 11, 26))
CARD = Card(tuple(CardLine(part, LONGEST[:280]) for part in PARTS))


def letters() -> tuple[Letter, ...]:
    """A long talk, both ways, of every kind."""
    said = [
        Letter(f"{n:032x}", "coach" if n % 2 else "person", "words", n, 2970,
               words=(LONGEST if n % 5 else ROWS)[:2_900])
        for n in range(1, LONG_TALK)
    ]  # fmt: skip
    times = Times((LINK[:50], "wo 14:00", "do 9:00"), "video", LINK)
    offer = Letter("f" * 32, "coach", "times", LONG_TALK, 2970, times=times)
    named = Letter("e" * 32, "person", "name", LONG_TALK, 2970, words=LINK[:70])
    chosen = Letter("d" * 32, "person", "choice", LONG_TALK + 1, 2970, chosen=0)
    return (*said, named, offer, chosen)


def news() -> News:
    return News("answered", coach=COACH, letters=letters()[:-1], ends_week=2980, ends_soon=True)


def a_listed(number: int, *, mine: bool) -> Listed:
    state = ("received", "opened", "answered", "closed")[number % 4]
    return Listed(
        f"{number:032x}", "Rustige Hazelaar", LANGUAGES[number % 2], "de-molen-aan-de-dijk",
        2970, mine, state, ends_soon=bool(number % 2),  # type: ignore[arg-type]
    )  # fmt: skip


def desk_turns(scripts: Scripts, language: Language) -> Iterator[tuple[str, Turn]]:
    """By a name each; the ticket stands on all, as at an open desk."""
    for name, turn in _desk_turns(scripts, language):
        yield f"{language} {name}", replace(turn, ticket="t" * 220)


def _desk_turns(scripts: Scripts, language: Language) -> Iterator[tuple[str, Turn]]:
    texts = scripts.desk
    place = Place(language, "list", "b" * 32)
    yield "code", screens.code(scripts, place, (texts.no_code,))
    yield "pass", screens.passphrase(scripts, place, (texts.closed,))
    new = Registered(COACH, "7k2m9xqa0v3tf")
    yield "registered", screens.registered(scripts, place, new, ["mill", "yard"])
    yield "added", screens.registered(scripts, place, replace(new, passphrase=""), ["yard"])
    yield "renewing", screens.renewing(scripts, place, new.passphrase, (texts.not_renewed,))
    yield "protocol", screens.protocol(scripts, place)
    door = Door(COACH, ("mill",), waits=True, confirmed=True, away_until=2980)
    every = tuple(a_listed(number, mine=number < 30) for number in range(MANY))
    full = Desk(open=every[30:], mine=every[:30], gone=3)
    pages = -(-MANY // screens.MOST_LISTED)
    for page in range(1, pages + 1):
        turn = screens.listing(scripts, place, full, door, [texts.claimed.to(language)], page)
        yield f"list {page}", turn
    here = replace(door, away_until=None)
    yield "empty list", screens.listing(scripts, place, Desk((), (), 0), here)
    for mine in (True, False):
        request = Request(a_listed(1, mine=mine), CARD, LINK, letters() if mine else ())
        count, page = 2, 0
        while page < count:
            turn = screens.case(scripts, place, request, (), page + 1)
            page += 1
            assert turn.prompt is not None
            more = any(each.name == f"{screens.LEAF}{page + 1}" for each in turn.prompt.options)
            count = page + 1 if more else page
            yield f"case {mine} {page}", turn
    yield "answer", screens.answer(scripts, place, [texts.too_long.to(language)], LONGEST)
    yield "ways", screens.ways(scripts, place)
    for way in WAYS:
        yield f"offer {way}", screens.offer(scripts, replace(place, way=way), (), LINK)
    yield "help", screens.help_asked(scripts, place)
    yield "back", screens.back_asked(scripts, place)
    yield "closing", screens.closing(scripts, place)
    yield "holiday", screens.holiday(scripts, place, 2970)
