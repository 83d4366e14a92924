"""A request to a coach: what a person sends, what comes back, and what of it lies in their session.

Everything here is a plain value. What is sealed, and for whom, is the store's part
(`storage/README.md`, "A case"); the conversation says what shall happen with a `CaseAct`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from datetime import date

    from conversations.script import Language

CARD_BYTES = 3_000
"""Of a card, all lines together as `size_of` counts them: it stays in the person's session while the case is open."""

LETTER_BYTES = 1_200
"""Of one message of a person as `size_of` counts them."""

PENDING_BYTES = 1_400
"""Of all that a person has written and that has not left yet: it lies in their session until then."""

MOST_PENDING = 8
"""Messages of a person that wait at once."""

ANSWER_BYTES = 3_000
"""Of one message of a coach as `size_of` counts them."""

NAME_BYTES = 80
"""Of a name that the person gives."""

MOST_COACHES = 8
"""Coaches to whom one case can be sealed."""

LONGEST_DAYS, SILENT_DAYS = 80, 60
"""A case ends so long after the person's own last message, and after the last one of either side."""

Part = Literal[
    "question",
    "why_now",
    "tried",
    "after",
    "energy",
    "scores",
    "reach",
    "earlier_help",
    "not_for_employer",
    "ask_coach",
]
PARTS: tuple[Part, ...] = get_args(Part)
"""The lines of a card, in their order; each can be left out, except that one must be there."""


def size_of(words: str) -> int:
    """Bytes that words take in a session or under a seal: those of JSON without its quotes."""
    return len(json.dumps(words, ensure_ascii=False).encode("utf-8", "replace")) - 2


@dataclass(frozen=True, slots=True, repr=False)
class CardLine:
    """One line of the card, in the person's own words."""

    part: Part
    words: str

    def __repr__(self) -> str:
        return "<card line>"


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """What a person wants a coach to read."""

    lines: tuple[CardLine, ...]

    def __repr__(self) -> str:
        return "<card>"

    @property
    def size(self) -> int:
        """Bytes of all words, to be held against `CARD_BYTES`."""
        return sum(size_of(line.words) for line in self.lines)

    @property
    def fits(self) -> bool:
        """Whether it can be sent: something is in it, each part once, and it is not too long."""
        parts = [line.part for line in self.lines]
        filled = bool(parts) and all(line.words.strip() for line in self.lines)
        return filled and len(set(parts)) == len(parts) and self.size <= CARD_BYTES


CaseState = Literal[
    "waiting", "received", "opened", "answered", "closed", "returned", "withdrawn", "ended"
]
"""What a person is told of their case.

waiting    it has not left: taken back now, nobody has seen anything of it
received   it lies with a coach, or with several; nobody has opened it (or the last message) yet
opened     a coach has opened it
answered   the last word is the coach's
closed     the coach has closed it; what was written can be read until it ends
returned   no coach has it any more: handed back, or removed. Another one can be chosen
withdrawn  taken back; the content is erased with the next round at the latest
ended      its time is over, or it is gone
"""

LetterKind = Literal["words", "name", "times", "choice", "closing"]
"""words: a message; name: the person tells who they are; times: the coach offers up to three times
and a way to meet; choice: the person's choice of them; closing: the coach's last, authored note."""

Way = Literal["number", "video", "place"]
"""How two people can meet: a number to call, a video link, a place."""

TIME_BYTES, WHERE_BYTES, MOST_TIMES = 60, 300, 3


@dataclass(frozen=True, slots=True, repr=False)
class Times:
    """Up to three times, as the coach writes them (60 bytes each), and one way to meet (300 bytes)."""

    times: tuple[str, ...]
    way: Way
    where: str

    def __repr__(self) -> str:
        return "<times>"

    @property
    def fits(self) -> bool:
        texts = all(_within(each, TIME_BYTES) for each in self.times)
        return texts and 0 < len(self.times) <= MOST_TIMES and _within(self.where, WHERE_BYTES)


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """One message of the relay, opened. `waits`: it has not left yet.

    `stamp` orders the letters of a case: each is one more than the highest its writer had seen;
    of two that are equal the person's comes first. `week` is that of writing. `times` is there for
    the kind `times`, `chosen` (an index into the last offered ones) for `choice`; for `closing` the
    words are the name of an authored note.
    """

    id: str
    by: Literal["person", "coach"]
    kind: LetterKind
    stamp: int
    week: int
    words: str = ""
    times: Times | None = None
    chosen: int | None = None
    waits: bool = False

    def __repr__(self) -> str:
        return "<letter>"


@dataclass(frozen=True, slots=True)
class Coach:
    """A coach as people choose one. Names of coaches are not secret; `id` is 32 hexadecimal characters.

    `knows` is one line about what they know about, in their own words. `answers_within` counts
    working days. `reads_at` is where they read. `fingerprint` is that of their key: eight groups of
    four characters. `available`: not on holiday, and seen at the desk in the last nine weeks.
    """

    id: str
    name: str
    languages: tuple[Language, ...]
    knows: str
    external: bool
    answers_within: int
    reads_at: Literal["slack", "teams"]
    fingerprint: str
    available: bool = True


@dataclass(frozen=True, slots=True)
class Coaching:
    """What an organisation has to offer at this moment, the same for everybody.

    `coaches` are those who serve it, the available ones first. A request that is sent now leaves on
    `latest_day` at the latest, a message in an open case on `next_day`; both are days where the
    organisation is. None available: nobody can be asked now.
    """

    coaches: tuple[Coach, ...]
    latest_day: date
    next_day: date

    @property
    def available(self) -> tuple[Coach, ...]:
        return tuple(each for each in self.coaches if each.available)


@dataclass(frozen=True, slots=True, repr=False)
class Pending:
    """Something of the person's that the batch has not taken yet; posted again if it got lost.

    `to` is the id of the coach who had the case when it was written.
    """

    id: str
    kind: LetterKind
    stamp: int
    week: int
    to: str
    words: str = ""
    chosen: int | None = None

    def __repr__(self) -> str:
        return "<pending>"


@dataclass(frozen=True, slots=True, repr=False)
class News:
    """What the store found about a case when the session was opened; never written down.

    `coach` is who has the case. `letters` are all there are, in order, those that wait included.
    `undelivered` are letters of the person that nobody will read, since that coach had the case no
    more. `ends_week` is the last week of the case as it stands; `ends_soon` that it is to be said.
    `overdue`: nobody has answered for longer than is usual, and another coach can be chosen.
    """

    state: CaseState
    coach: Coach | None = None
    letters: tuple[Letter, ...] = ()
    undelivered: tuple[Letter, ...] = ()
    ends_week: int = 0
    ends_soon: bool = False
    overdue: bool = False

    def __repr__(self) -> str:
        return f"<news {self.state}>"


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """The person's part of a case, inside their sealed session; at most about 4.5 KB.

    `id`, `inbox` (the private half of the case's inbox key), `where` (the organisation, for the
    store) and the ids in `pending` are made by the store, in hexadecimal; the conversation keeps
    them as they are.
    `coaches` are those to whom it was sealed, `declined` those to whom this request must not go
    again. `taken`: the case has left. `read` is the stamp of the last letter of the coach that was
    shown, and `told` how it stood besides (`Case.standing`); the conversation sets them. `notify`:
    they asked to be told of an answer. `news` is set at
    each visit and not kept.
    """

    id: str
    inbox: str
    alias: str
    card: Card
    language: Language
    week: int
    where: str = ""
    coaches: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    name: str | None = None
    notify: bool = False
    taken: bool = False
    read: int = 0
    told: str = ""
    pending: tuple[Pending, ...] = ()
    news: News | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return "<case>"

    @property
    def state(self) -> CaseState:
        """What the person is told; of a case that was sent in this very turn: it waits."""
        return "waiting" if self.news is None else self.news.state

    @property
    def open(self) -> bool:
        """Whether anything can still be sent in it."""
        return self.state not in ("closed", "withdrawn", "ended")

    @property
    def unread(self) -> tuple[Letter, ...]:
        """Letters of the coach that were not shown yet."""
        letters = () if self.news is None else self.news.letters
        return tuple(each for each in letters if each.by == "coach" and each.stamp > self.read)

    @property
    def standing(self) -> str:
        """What has become of it without a letter, and is to be said once; empty where nothing has."""
        if self.news is None:
            return ""
        if self.state in ("returned", "ended"):
            return self.state
        if self.news.overdue:
            return "overdue"
        return "ends_soon" if self.news.ends_soon and self.open else ""

    @property
    def room(self) -> int:
        """Bytes that can be written before something has left; 0 when too much waits already."""
        if len(self.pending) >= MOST_PENDING:
            return 0
        waiting = sum(size_of(each.words) for each in self.pending)
        return max(0, min(LETTER_BYTES, PENDING_BYTES - waiting))


@dataclass(frozen=True, slots=True, repr=False)
class Send:
    """Send this card, to the coaches of these ids, or to whoever is free.

    A case that is open is taken back first and goes on as a new one (`declined` says to whom it must
    not go again): so "not this coach", and choosing another one. `name` is the person's own, where
    they want it to stand there. `alias` was shown to them and is new for this case.
    """

    card: Card
    alias: str
    language: Language
    coaches: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    name: str | None = None
    notify: bool = False

    def __repr__(self) -> str:
        return "<send>"


@dataclass(frozen=True, slots=True, repr=False)
class Write:
    """Send a letter to the coach who has the case. Only while `News.coach` is there.

    Of kind `words`, `name` (`words` is the name; final for this case) or `choice` (`chosen`).
    """

    kind: Literal["words", "name", "choice"]
    words: str = ""
    chosen: int | None = None

    def __repr__(self) -> str:
        return "<write>"


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take the case back, in whatever state it is, or end it: nothing is shown of it from now on.

    After this turn `Session.case` is None. The coach is told that a conversation has ended, no more.
    """


@dataclass(frozen=True, slots=True)
class LetGo:
    """Put an ended, closed or withdrawn case out of the session, without telling anybody anything."""


CaseAct = Send | Write | Withdraw | LetGo
"""What a turn asks of the store (`Turn.act`); carried out only with a turn whose fate is "write"."""


def _within(text: str, most: int) -> bool:
    return bool(text.strip()) and size_of(text) <= most
