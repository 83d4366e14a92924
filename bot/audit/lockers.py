"""People who put a lock on their notes: set it, talk behind it, come back late, mistype, and erase."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.audit.plan import Deed, Talker
from conversations.passphrase import grouped
from storage.tickets import IDLE

if TYPE_CHECKING:
    from bot.audit.plan import Plan
    from bot.audit.stage import Clock
    from conversations.script import Language

LOCK: dict[Language, str] = {"nl": "slot erop", "en": "lock my notes"}
UNLOCK: dict[Language, str] = {"nl": "open mijn slot", "en": "open my lock"}
FORGET: dict[Language, str] = {"nl": "wis alles", "en": "erase everything"}

ENOUGH = 25
"""Things somebody does at most until they have typed something."""

BEHIND = 12
"""Things somebody does at most in the window of an open lock, until they have typed something."""

NEVER = 12
"""The count of a code that nobody is given."""

TRIES = 3
"""How often somebody types their code when nothing comes of it."""


class Windowed(Talker, Protocol):
    """Somebody on a surface with private windows."""

    @property
    def screen(self) -> dict[str, object]: ...

    @property
    def asks_code(self) -> bool: ...

    def leave(self) -> None: ...


@dataclass
class Locker:
    """One of them. `done` names what came about; nothing that fails stops them."""

    talker: Windowed
    plan: Plan
    clock: Clock
    done: set[str] = field(default_factory=set)
    _read: str | None = field(default=None, init=False)

    async def with_the_code(self) -> None:
        """To the end, in one window."""
        await self._begin()
        await self._lock()
        await self._talk()
        await self._come_late()
        await self._look()
        await self._erase()

    async def half_way(self) -> None:
        """A code is shown to them, and they close the window on it."""
        await self._begin()
        await self._say(LOCK[self.plan.language])
        await self._press("lock_yes")
        self._did("proposed", self._copied() == self._read and self.talker.asks_code)
        self.talker.leave()

    async def without_the_code(self) -> None:
        """The first code runs out; they leave, come back by the chat, and lose the second one."""
        await self._begin()
        await self._lock(late=True)
        await self._talk()
        code = self._code
        await self._return()
        await self._enter(code)
        await self._look()
        await self._come_late(code)
        await self._begin()
        await self._say(code)
        await self._erase_outside()

    @property
    def _code(self) -> str:
        """The code that was read last, or one of nobody."""
        return self._read or grouped(self.plan.person.code(NEVER))

    @property
    def _text(self) -> str:
        return str(self.talker.screen)

    @property
    def _open(self) -> bool:
        """Whether the window carries a ticket, and no note."""
        mark = re.escape(self.plan.person.ticket_mark)
        return re.search(rf"(?<!n\.).{{4}}{mark}", self._text) is not None

    def _names(self) -> tuple[str, ...]:
        return self.talker.shown.names if self.talker.shown else ()

    async def _say(self, words: str) -> None:
        await self.talker.do(Deed("say", words))

    async def _press(self, name: str) -> bool:
        if name not in self._names():
            return False
        await self.talker.do(Deed("press", name))
        return True

    async def _begin(self) -> None:
        """In the chat, until something of theirs is kept."""
        self.talker.leave()
        await self.talker.open(self.plan.language)
        typed = self.plan.typed
        for _ in range(ENOUGH):
            deed = self.plan.next(self.talker.shown)
            if deed is None:
                await self.talker.open(self.plan.language)
            else:
                await self.talker.do(deed)
            if self.plan.typed > typed and not self._in_window:
                return

    @property
    def _in_window(self) -> bool:
        return self.talker.shown is not None and self.talker.shown.window

    async def _lock(self, *, late: bool = False) -> None:
        await self._say(LOCK[self.plan.language])
        await self._press("lock_yes")
        if late:
            first = self._copied()
            self._pass(IDLE)
            await self._enter(first, 1)
            self._did("renewed", self._copied() != first)
        code = self._copied()
        await self._enter(slip(code), 1)
        self._did("slipped", self._copied() == code == self._read and not self._open)
        await self._enter(code)
        self._did("locked", self._open)

    def _copied(self) -> str:
        """The code that stands in the window, as somebody writes it down."""
        town = self.plan.person.town
        found = re.search(rf"{re.escape(town.grouped)}s-s\w\d\d", self._text)
        self._read = found[0] if found else None
        return self._code

    async def _enter(self, code: str, tries: int = TRIES) -> None:
        """Into the field for it, and again as long as it is asked."""
        for _ in range(tries):
            if not self.talker.asks_code:
                return
            await self.talker.do(Deed("fill", code))

    async def _talk(self) -> None:
        """In the window of the open lock."""
        typed = self.plan.typed
        for _ in range(BEHIND):
            deed = self.plan.next(self.talker.shown) if self._in_window else None
            if deed is None or self.plan.typed > typed + 1:
                break
            await self.talker.do(deed)
        self._did("talked", self._open and self.plan.typed > typed)

    async def _look(self) -> None:
        """My data, behind the lock."""
        before = self._text
        pressed = await self._press("mydata")
        self._did("looked", pressed and self._open and self._text != before)

    async def _come_late(self, code: str | None = None) -> None:
        """What is sent then is not kept; the code leads back, and one with a slip does not."""
        code = code or self._code
        self._pass(IDLE)
        await self._press("help")
        self._did("late", self.talker.asks_code and not self._open)
        await self._enter(slip(code), 1)
        shut = not self._open
        await self._enter(code)
        self._did("opened", shut and self._open)

    async def _return(self) -> None:
        """By the chat, where nobody knows them."""
        self.talker.leave()
        await self.talker.open(self.plan.language)
        await self._press(self.plan.language)
        if not await self._press("unlock"):
            await self._say(UNLOCK[self.plan.language])
            await self._press("unlock")

    async def _erase(self) -> None:
        opened = self._open
        await self._press("forget")
        self._did("erased", await self._press("forget_yes") and opened and not self._open)

    async def _erase_outside(self) -> None:
        await self._say(FORGET[self.plan.language])
        self._did("told", await self._press("forget_yes"))

    def _pass(self, seconds: float) -> None:
        self.clock.now += seconds

    def _did(self, what: str, good: object) -> None:
        if good:
            self.done.add(what)


def slip(code: str) -> str:
    """The same code with another last symbol."""
    return code[:-1] + ("3" if code[-1] != "3" else "4")
