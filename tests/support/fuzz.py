"""Anything that people, time and operators can do to a house, in any order, and what must hold after each."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from bot import housekeeping, wiring
from bot.audit import structure
from bot.audit.canaries import Town, mark
from bot.audit.scanner import Finding, Scanner
from bot.audit.stage import MARKED_DAY, Clock
from bot.audit.times import Moments
from conversations.organisation import Organisation
from storage import roots
from storage.errors import KeysError

if TYPE_CHECKING:
    from conversations.turn import Turn

PEOPLE = 3

RANDOM = ("column person.locator", "column person.sealed")
"""Random bytes of one or two rows hold something like a moment once in some hundred looks; the
audit judges these columns on the rows of 27 people."""

Deed = tuple[str, int, int]
"""What is done, by which person, and a number for whatever has to be chosen."""

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["say", "say", "press", "press", "press", "forget", "later", "purge", "rotate", "crash"]
        ),
        st.integers(0, PEOPLE - 1),
        st.integers(0, 30),
    ),
    min_size=3,
    max_size=25,
)


@dataclass
class Fuzzed:
    """One house, on SQLite in this folder."""

    folder: Path
    town: Town = field(default_factory=lambda: Town(mark()))
    clock: Clock = field(default_factory=Clock)
    turns: dict[int, Turn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wiring.make_root(self.keys)
        self.house = self._opened()

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'luwte.db'}"

    async def do(self, deed: Deed) -> None:
        what, who, number = deed
        match what:
            case "say":
                await self._take(who, Incoming(said=self.town.person(who).words(number, "en")))
            case "press":
                await self._press(who, number)
            case "forget":
                await self._take(who, Incoming(pressed="forget_yes"))
            case "later":
                self.clock.pass_days(number)
            case "purge":
                await housekeeping.purge(self.house.sessions, self.clock)
            case "rotate":
                self._rotate()
            case "crash":
                await self.house.close()
                self.house = self._opened()

    def findings(self) -> set[Finding]:
        """Leaks, unknown columns, precise times, values that are not sealed."""
        people = [self.town.person(number) for number in range(PEOPLE)]
        scanner = Scanner.of(self.town, people)
        moments = Moments((MARKED_DAY, self.clock.now, time.time()))
        found = structure.database(self.database, scanner, moments)
        by_chance = {each for each in found if each.where in RANDOM and "precise time" in each.what}
        return scanner.folders(self.folder) | (found - by_chance)

    async def _press(self, who: int, number: int) -> None:
        turn = self.turns.get(who)
        prompt = turn.prompt if turn else None
        if prompt is None:
            await self._take(who, Incoming(language="en"))
            return
        names = [button.name for button in (*prompt.options, *prompt.controls)]
        if prompt.scale is not None:
            names += [str(n) for n in range(prompt.scale.lowest, prompt.scale.highest + 1)]
        await self._take(who, Incoming(pressed=names[number % len(names)], token=prompt.token))

    async def _take(self, who: int, incoming: Incoming) -> None:
        person = PlatformId("slack", self.town.slack_team, self.town.person(who).slack_user)
        taken = await self.house.reception.take(person, incoming)
        self.turns[who] = taken.turn

    def _rotate(self) -> None:
        try:
            roots.rotate(self.keys)
        except KeysError as error:
            assert error.code == "root_previous"  # noqa: PT017  an earlier one is still needed

    def _opened(self) -> wiring.House:
        organisation = Organisation("town", "bureau")
        return wiring.house(
            database=self.database,
            keys=self.keys,
            organisations={("slack", self.town.slack_team): organisation},
            clock=self.clock,
            env={},
        )


def hold(deeds: list[Deed]) -> None:
    """Do all this, and look after each."""

    async def all_of_it(folder: Path) -> None:
        fuzzed = Fuzzed(folder)
        try:
            for deed in deeds:
                await fuzzed.do(deed)
                found = fuzzed.findings()
                assert found == set(), (deed, found)
        finally:
            await fuzzed.house.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(all_of_it(Path(folder)))
