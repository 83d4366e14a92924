"""`luwte talk`: meet the bot in a minute, on the same engine and the same encrypted store."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import io
import os
import sys
import time
from typing import TYPE_CHECKING

from adapters.incoming import BusyError
from adapters.terminal import ME, PLATFORM, TENANT, Terminal
from bot import housekeeping, settings, wiring
from bot.errors import SettingsError
from bot.organisations import organisations as settings_of
from bot.trying import try_out
from conversations.errors import StoreError
from conversations.organisation import Organisation
from storage.destruction import destroy_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from adapters.incoming import Incoming
    from conversations.script import Language
    from conversations.turn import Turn


def talk(
    env: Mapping[str, str],
    chosen: Language | None,
    track: str | None = None,
    label: str | None = None,
) -> int:
    """One conversation on standard input and output. Data and development keys lie in the data folder.

    What has expired there goes first, since nothing runs between two talks that could erase it.
    With `label` it is that of somebody in this organisation of the settings, whose coaches can be
    asked; then the keys are those of the installation, and `luwte serve` keeps house. Raises
    SettingsError where there is no such organisation.
    """
    if track is not None:
        colour = sys.stdout.isatty() and not env.get("NO_COLOR")
        return try_out(track, chosen or _locale(env) or "nl", _lines(lambda: False), colour=colour)
    data = settings.data_folder(env)
    keys = settings.keys_folder(env, data)
    language = chosen or _locale(env)
    organisations = {(PLATFORM, TENANT): _of(label, env)}
    with asyncio.Runner() as runner:
        house = wiring.house(
            database=settings.database_url(env, data),
            keys=keys,
            organisations=organisations,
            clock=time.time,
            env=env,
            development=label is None,
        )
        if house.new_key:
            print(f"A development key was made in {keys}.", file=sys.stderr)

        if label is None:
            runner.run(housekeeping.purge(house.sessions, time.time))
            with contextlib.suppress(StoreError):
                destroy_due(keys, time.time())

        async def one(incoming: Incoming) -> Turn:
            try:
                return (await house.reception.take(ME, incoming)).turn
            except BusyError:
                raise StoreError("busy") from None

        terminal = Terminal(
            take=lambda incoming: runner.run(one(incoming)),
            phrases=house.reception.scripts(PLATFORM, TENANT).phrases,
            out=sys.stdout,
            colour=sys.stdout.isatty() and not env.get("NO_COLOR"),
        )
        try:
            terminal.talk(_lines(lambda: terminal.hidden), language)
        except KeyboardInterrupt:
            terminal.bye(language)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        finally:
            runner.run(house.close())
    return 0


def _of(label: str | None, env: Mapping[str, str]) -> Organisation:
    """Nobody's, or that of the settings which has this label."""
    if label is None:
        return Organisation("terminal", "self")
    known = {each.label: each for each in settings_of(env).values()}
    if label not in known:
        raise SettingsError(
            f"--for {label}: not an organisation here; known are {', '.join(sorted(known))}"
        )
    return known[label]


def _lines(hidden: Callable[[], bool]) -> Iterator[str]:
    """Lines until the end of input; with a prompt and line editing where a person sits at a keyboard.

    A line for which `hidden` is true is read without showing it, and enters no history.
    """
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not sys.stdin.isatty():
        yield from (line.rstrip("\n") for line in sys.stdin)
        return
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  line editing while typing; its history is never written
    with contextlib.suppress(EOFError):
        while True:
            yield getpass.getpass("> ") if hidden() else input("> ")


def _locale(env: Mapping[str, str]) -> Language | None:
    """The language of the person's own locale (POSIX), where it is one of ours."""
    locale = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    if locale.startswith("nl"):
        return "nl"
    return "en" if locale.startswith("en") else None
