"""Somebody at the keyboard of `luwte talk`, on the audit's own store."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from adapters.terminal import ME, PLATFORM, TENANT, Terminal
from bot.audit.lockers import FORGET, LOCK, NEVER, slip
from bot.audit.plan import VISITS, Shown
from storage.tickets import IDLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from adapters.incoming import Incoming
    from bot.audit.plan import Deed, Plan
    from bot.audit.stage import Clock
    from bot.wiring import House
    from conversations.script import Language
    from conversations.turn import Turn

    Lines = Callable[[list[Turn]], Iterator[str]]

YES: dict[Language, str] = {"nl": "ja", "en": "yes"}
HELP: dict[Language, str] = {"nl": "hulp", "en": "help"}
MY_DATA: dict[Language, str] = {"nl": "mijn gegevens", "en": "my data"}
HELLO: dict[Language, str] = {"nl": "hallo", "en": "hello"}

UNTIL_KEPT = 12
"""Things somebody does at most until they have typed something that could be locked."""


async def talk(house: House, plan: Plan) -> str:
    """From hello to the end of the plan, as `luwte talk` runs it; what stood on the screen."""
    return await _at_the_keyboard(house, plan.language, lambda last: _lines(plan, last))


async def lock(house: House, plan: Plan, clock: Clock) -> frozenset[str]:
    """The life of a lock, to the end; what of it did not come about."""
    missed = {"locked", "slipped", "talked", "late", "opened", "erased"}
    await _at_the_keyboard(
        house, plan.language, lambda last: _locking(plan, last, clock, missed.discard)
    )
    return frozenset(missed)


async def _at_the_keyboard(house: House, language: Language, lines: Lines) -> str:
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
    await asyncio.to_thread(terminal.talk, lines(last), language)
    return screen.getvalue()


def _lines(plan: Plan, last: list[Turn]) -> Iterator[str]:
    for _ in range(VISITS * len(plan.tracks)):
        while (deed := plan.next(_shown(last[0]))) is not None:
            yield _line(last[0], deed)
        if plan.done:
            return
        yield HELLO[plan.language]


def _locking(
    plan: Plan, last: list[Turn], clock: Clock, did: Callable[[str], None]
) -> Iterator[str]:
    language = plan.language
    yield from _typing(plan, last)
    yield from (LOCK[language], YES[language])
    sheet = last[0].sheet
    code = sheet.lines[0].words if sheet is not None else plan.person.code(NEVER)
    yield slip(code)
    if sheet is not None and last[0].sheet is not None:
        did("slipped")
    yield code
    if _open(last[0]):
        did("locked")
    yield from _typing(plan, last)
    if _open(last[0]):
        did("talked")
    clock.now += IDLE
    yield HELP[language]
    if last[0].prompt is not None and last[0].prompt.kind == "secret":
        did("late")
    yield from (slip(code), code)
    if _open(last[0]):
        did("opened")
    yield from (MY_DATA[language], FORGET[language], YES[language])
    if last[0].fate == "erase" and last[0].ticket is None:
        did("erased")


def _typing(plan: Plan, last: list[Turn]) -> Iterator[str]:
    """On with the conversation, until something was typed."""
    typed = plan.typed
    for _ in range(UNTIL_KEPT):
        deed = plan.next(_shown(last[0]))
        yield HELLO[plan.language] if deed is None else _line(last[0], deed)
        if plan.typed > typed:
            return


def _open(turn: Turn) -> bool:
    """Whether a lock is open: a ticket is carried, and no code is asked."""
    return turn.ticket is not None and turn.prompt is not None and turn.prompt.kind != "secret"


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
