"""People who ask a coach, and coaches who answer, each with words that may stand in one window only."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from adapters.terminal import PLATFORM, TENANT
from bot import wiring
from bot.audit.locks import Choosing, whose
from bot.audit.replacing import replaced
from conversations import library
from conversations.caseports import Invitation
from conversations.organisation import Organisation
from conversations.passphrase import grouped
from storage.rounds import NOTICES_EVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bot.audit.canaries import Invented
    from bot.audit.sent import Sent
    from bot.audit.slack_person import SlackPerson
    from bot.audit.stage import House, Stage
    from bot.audit.teams_person import TeamsPerson

ASKERS, COACHES = 3, 2
TOGETHER = ASKERS + COACHES

ORGANISATION = "default"
"""The label of the one organisation of a stage."""

HOUR = 3_600.0
BATCH, ROUND = 15, 16
"""Hours (UTC in winter) by which the daily batch, and the last round, have passed."""

NOON, NEXT_MORNING = 12, 8
AGAIN = 4
"""Times that somebody waits for a notice which did not come."""

DESK = {"nl": "ik ben coach", "en": "i am a coach"}
ASK = {"nl": "ik wil een coach", "en": "i want a coach"}
SENT_FROM = 70
"""The count from which words are those that go to the other side."""

WANTED = frozenset({"registered", "asked", "read", "answered", "told", "written", "withdrawn"})


@dataclass
class Coaching:
    """One run of it. `done` names what came about; `aliases` are those that people were given."""

    house: House
    askers: Sequence[Invented]
    coaches: Sequence[Invented]
    done: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    _may: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _seen: dict[int, int] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        return self.house.stage

    async def live(self) -> None:
        """From the invitation to the last word; everybody's window holds what may stand in it."""
        await self.stage.looked()
        with spelled(self.stage):
            for coach in self.coaches:
                await self._register(coach)
        for asker in self.askers:
            await self._ask(asker)
        await self._to_hour(BATCH)
        await self._answer(self.coaches[0], 1)
        await self._answer(self.coaches[1], ASKERS - 1)
        await self._to_hour(ROUND)
        await self._write(self.askers[0])
        await self._withdraw(self.askers[-1])
        await self._to_hour(NEXT_MORNING)
        await self._to_hour(NOON)
        for coach in self.coaches:
            await self._read_letters(coach)
        self._allow()

    async def _register(self, coach: Invented) -> None:
        talker, language = self._talker(coach), "nl" if coach.number % 2 else "en"
        code = await invite(self.stage, coach)
        passphrase = grouped(coach.desk_code)
        self._may[coach.number] = (passphrase,)
        await talker.say(DESK[language])
        await self._press(talker, "desk")
        await self._fill(talker, code)
        shown = passphrase in str(talker.screen)
        self._allow()
        self._may[coach.number] = self._words_to(coach)
        await self._fill(talker, passphrase)
        await self._press(talker, "dk_confirm")
        self._did("registered", shown and "dk_holiday" in self._names(talker))
        talker.leave()
        self.stage.clock.now += 61

    async def _ask(self, asker: Invented) -> None:
        """To whoever is free, with a notice when an answer comes."""
        talker, language = self._talker(asker), "nl" if asker.number % 2 else "en"
        self._may[asker.number] = self._words_to(asker)
        await talker.open(language)  # type: ignore[arg-type]
        await self._press(talker, language)
        await talker.say(ASK[language])
        for name in ("coach", "go", "anyone"):
            await self._press(talker, name)
        await self._fill(talker, asker.words(SENT_FROM, language))  # type: ignore[arg-type]
        for name in ("leave_out", "leave_out", "leave_out", "ready", "under_alias", "notify"):
            await self._press(talker, name)
        self.aliases |= {each for each in self._possible_aliases() if each in str(talker.screen)}
        await self._press(talker, "send")
        self._did("asked", "to_case" in self._names(talker))
        talker.leave()

    async def _answer(self, coach: Invented, count: int) -> None:
        """So many open cases on the desk; whose they are, nobody here knows but the audit."""
        talker = await self._at_the_desk(coach)
        for case in self._cases(talker)[:count]:
            await self._press(talker, case)
            self._did("read", f"{self.stage.town.mark}tt" in str(talker.screen))
            await self._press(talker, "dk_claim")
            await self._press(talker, "dk_answer")
            await self._fill(talker, coach.words(SENT_FROM, "nl"))
            self._did("answered", "dk_answer" in self._names(talker))
            await self._press(talker, "dk_look")
        talker.leave()

    async def _write(self, asker: Invented) -> None:
        talker = self._talker(asker)
        told = await self._notified(talker, "coach")
        await self._press(talker, "coach")
        self._did("told", told and f"x{SENT_FROM}" in str(talker.screen))
        await self._press(talker, "write")
        await self._fill(talker, asker.words(SENT_FROM + 1, "en"))
        await self._press(talker, "send")
        talker.leave()

    async def _withdraw(self, asker: Invented) -> None:
        talker = self._talker(asker)
        await talker.say(ASK["nl"])
        for name in ("coach", "withdraw", "yes"):
            await self._press(talker, name)
        self._did("withdrawn", "coach_leave" in self._names(talker))
        talker.leave()

    async def _read_letters(self, coach: Invented) -> None:
        talker = await self._at_the_desk(coach)
        for case in self._cases(talker):
            await self._press(talker, case)
            self._did("written", f"x{SENT_FROM + 1}" in str(talker.screen))
            await self._press(talker, "dk_look")
        talker.leave()

    async def _at_the_desk(self, coach: Invented) -> SlackPerson | TeamsPerson:
        """By the notice that lies in their chat."""
        talker = self._talker(coach)
        await self._notified(talker, "desk")
        await self._press(talker, "desk")
        await self._fill(talker, grouped(coach.desk_code))
        return talker

    async def _notified(self, talker: SlackPerson | TeamsPerson, name: str) -> bool:
        """Whether the notice with this button came; one that a busy platform refused comes again."""
        for _ in range(AGAIN):
            if name in self._names(talker):
                break
            self.stage.clock.now += NOTICES_EVERY + 1
            await self.stage.looked()
        return name in self._names(talker)

    def _talker(self, person: Invented) -> SlackPerson | TeamsPerson:
        in_teams = person.number % 2
        return self.house.in_teams(person) if in_teams else self.house.in_slack(person)

    async def _press(self, talker: SlackPerson | TeamsPerson, name: str) -> None:
        """Where it is there; what did not come about is told at the end."""
        if name in self._names(talker):
            await talker.press(name)

    async def _fill(self, talker: SlackPerson | TeamsPerson, words: str) -> None:
        if talker.shown is not None and talker.shown.window:
            await talker.fill(words)

    def _names(self, talker: SlackPerson | TeamsPerson) -> tuple[str, ...]:
        return talker.shown.names if talker.shown is not None else ()

    def _cases(self, talker: SlackPerson | TeamsPerson) -> list[str]:
        """On the desk; one that is none, where nothing is there."""
        return [name for name in self._names(talker) if name.startswith("dk_open:")] or [""]

    async def _to_hour(self, hour: int) -> None:
        """On to this hour of the next working day, as the process sees it."""
        clock = self.stage.clock
        clock.now += HOUR
        while not at(clock.now, hour):
            clock.now += HOUR
        await self.stage.looked()

    def _words_to(self, person: Invented) -> tuple[str, ...]:
        """What may stand in the window of this person beside their own words: what was sent to them."""
        others = self.coaches if person in self.askers else self.askers
        counts = (SENT_FROM, SENT_FROM + 1)
        return tuple(
            each.words(count, language)
            for each in others
            for count in counts
            for language in ("nl", "en")
        )

    def _allow(self) -> None:
        """Note on every window since the last time what may stand in it."""
        for who, sent in enumerate((self.stage.slack.sent, self.stage.teams.sent)):
            for index in range(self._seen.get(who, 0), len(sent)):
                sent[index] = allowed(sent[index], self._may)
            self._seen[who] = len(sent)

    def _possible_aliases(self) -> Iterator[str]:
        texts = library.load().coach
        for language in ("nl", "en"):
            firsts, lasts = texts.alias_first[language], texts.alias_last[language]
            yield from (f"{first} {last}" for first in firsts for last in lasts)

    def _did(self, what: str, good: object) -> None:
        if good:
            self.done.add(what)


def of(house: House, first: int) -> Coaching:
    """The people of the numbers from `first` on: those who ask, then the coaches."""
    everybody = [house.stage.town.person(first + number) for number in range(TOGETHER)]
    return Coaching(house, everybody[:ASKERS], everybody[ASKERS:])


def allowed(sent: Sent, may: Mapping[int, tuple[str, ...]]) -> Sent:
    """A window that may hold this of others; anything else that was sent may not."""
    if not sent.window or sent.to is None or sent.to not in may:
        return sent
    return replace(sent, may=may[sent.to])


def at(now: float, hour: int) -> bool:
    """Whether it is this hour of a working day, UTC."""
    day, seconds = divmod(now, 24 * HOUR)
    return int(seconds // HOUR) == hour and (int(day) + 3) % 7 < 5  # noqa: PLR2004  Saturday


async def invite(stage: Stage, coach: Invented) -> str:
    """As `luwte coach invite` does it, beside the running process."""
    beside = wiring.house(
        database=stage.database,
        keys=stage.keys,
        organisations={(PLATFORM, TENANT): Organisation(ORGANISATION, "bureau")},
        clock=stage.clock,
        env=stage.settings(),
    )
    platform: Any = "teams" if coach.number % 2 else "slack"
    invitation = Invitation(
        name=f"Coach {coach.number}",
        languages=("nl", "en"),
        knows="werk",
        external=True,
        answers_within=2,
        organisations=(ORGANISATION,),
        desk=platform,
        route=platform,
    )
    try:
        return await beside.coaches.invite(invitation)
    finally:
        await beside.close()


@contextmanager
def spelled(stage: Stage) -> Iterator[None]:
    """As long as this lasts, a coach who registers gets a passphrase that carries their mark."""

    def register(original: Callable[..., Any]) -> Callable[..., Any]:
        async def marked(self: object, platform: str, tenant: str, user: str, *given: Any) -> Any:
            code = iter(whose(stage.town, user).desk_code)
            choosing = Choosing(lambda: next(code), secrets.token_bytes)
            with replaced("storage.deskcode:secrets", lambda _: choosing):
                return await original(self, platform, tenant, user, *given)

        return marked

    with replaced("storage.deskdoor:DeskDoor.register", register):
        yield
