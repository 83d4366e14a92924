"""`luwte keys`: making, showing, rotating and destroying what opens everything."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot import destroying, keystatus, settings, wiring
from bot.errors import SettingsError
from storage import roots

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping


def run(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """One of the actions; the exit status."""
    match given.action:
        case "init":
            return init(env)
        case "status":
            return status(env, time.time)
        case "rotate-root":
            return rotate_root(env)
        case _:
            ask = None if given.yes else input
            return destroying.destroy_epoch(env, given.month, given.organisation, ask=ask)


def init(env: Mapping[str, str]) -> int:
    """Make the root key. Raises KeysError when there is or was one: it is never overwritten."""
    path = wiring.make_root(settings.keys_folder(env, settings.data_folder(env)))
    print(f"The root key is made: {path}")
    print("Without it no conversation can be opened, by anybody. Keep it apart from the database.")
    return 0


def status(env: Mapping[str, str], clock: Callable[[], float]) -> int:
    """One page about all keys; 1 when something is wrong with them."""
    found = keystatus.look(env, clock())
    print("\n".join(found.lines()))
    return 1 if found.problems else 0


def rotate_root(env: Mapping[str, str]) -> int:
    """A new root key beside the old one. Raises KeysError when an older one is still needed."""
    folder = settings.keys_folder(env, settings.data_folder(env))
    if wiring.by_systemd(folder, env):
        raise SettingsError(
            "the root key is a credential of systemd, which only systemd-creds can replace: "
            "bot/README.md, under Keys, has the steps"
        )
    roots.rotate(folder)
    print(f"The new root key is {folder / roots.PRESENT}.")
    print(f"The old one is {folder / roots.PREVIOUS}: it stays until the last month that was begun")
    print("under it is destroyed, and then goes by itself. Running processes need no restart.")
    print("`luwte keys status` shows which month lies under which key, and its date.")
    return 0
