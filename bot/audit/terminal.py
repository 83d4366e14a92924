"""Somebody at the keyboard of `luwte talk`, on the audit's own store."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from adapters.terminal import ME, PLATFORM, TENANT, Terminal
from bot.audit.plan import VISITS, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.reception import Incoming
    from bot.audit.plan import Deed, Plan
    from bot.wiring import House
    from conversations.turn import Turn


async def talk(house: House, plan: Plan) -> str:
    """From hello to the end of the plan, as `luwte talk` runs it; what stood on the screen."""
    loop = asyncio.get_running_loop()
    screen = io.StringIO()
    last: list[Turn] = []

    async def one(incoming: Incoming) -> Turn:
        return (await house.reception.take(ME, incoming)).turn

    def take(incoming: Incoming) -> Turn:
        last[:] = [asyncio.run_coroutine_threadsafe(one(incoming), loop).result()]
        return last[0]

    terminal = Terminal(
        take=take,
        phrases=house.reception.scripts(PLATFORM, TENANT).phrases,
        out=screen,
        colour=False,
    )
    await asyncio.to_thread(terminal.talk, _lines(plan, last), plan.language)
    return screen.getvalue()


def _lines(plan: Plan, last: list[Turn]) -> Iterator[str]:
    for _ in range(VISITS * len(plan.tracks)):
        while (deed := plan.next(_shown(last[0]))) is not None:
            yield _line(last[0], deed)
        if plan.done:
            return
        yield "hallo" if plan.language == "nl" else "hello"


def _line(turn: Turn, deed: Deed) -> str:
    """An option by its number."""
    names = [option.name for option in turn.prompt.options] if turn.prompt else []
    if deed.kind == "press" and deed.what in names:
        return str(names.index(deed.what) + 1)
    return _label(turn, deed.what)


def _label(turn: Turn, name: str) -> str:
    """A control is typed as it is written on the screen."""
    controls = turn.prompt.controls if turn.prompt else ()
    return next((button.label for button in controls if button.name == name), name)


def _shown(turn: Turn) -> Shown | None:
    if turn.prompt is None:
        return None
    scale = turn.prompt.scale
    numbers = [str(n) for n in range(scale.lowest, scale.highest + 1)] if scale else []
    buttons = [button.name for button in (*turn.prompt.options, *turn.prompt.controls)]
    return Shown((*numbers, *buttons), typed=turn.prompt.typed)
