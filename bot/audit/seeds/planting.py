"""How a leak is planted: around everything that arrives, while invented people talk."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.audit.replacing import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from bot.audit.canaries import Invented
    from bot.audit.stage import Stage

    Plant = Callable[[Stage], AbstractContextManager[None]]
    Leak = Callable[[Stage, Invented, str], None]


@dataclass(frozen=True, slots=True)
class Seed:
    """A leak and the finding that must name it, a regular expression. `plant` lasts while people talk.

    With `locks` they put a lock on their notes as well, and rows are opened to look inside; with
    `coaches` some of them ask a coach.
    """

    name: str
    expects: str
    plant: Plant
    locks: bool = False
    coaches: bool = False


def leaking(leak: Leak) -> Plant:
    """Leaks once for everything that arrives, where the raw id and the words are known."""

    @contextmanager
    def plant(stage: Stage) -> Iterator[None]:
        def make(take: Any) -> Any:
            async def leaky(self: object, who: Any, incoming: Any) -> Any:
                taken = await take(self, who, incoming)
                digits = "".join(each for each in who.user[-5:] if each.isdecimal())[-2:]
                leak(stage, stage.town.person(int(digits or 0)), incoming.said or "")
                return taken

            return leaky

        with replaced("adapters.reception:Reception.take", make):
            yield

    return plant


def write(path: Any, text: str, encoding: str = "utf-8") -> None:
    path.write_bytes(
        path.read_bytes() + text.encode(encoding) if path.exists() else text.encode(encoding)
    )
