"""What stands behind `luwte audit`: one function for each of its actions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot import attest, facts, settings
from bot.organisations import organisations

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping


def audit(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Run one action; the exit status: 0 all is well, 1 something is not, 2 cannot run."""
    match given.action:
        case "run":
            from bot.audit.run import run

            return run(env, given.database, given.people)
        case "selftest":
            from bot.audit.selftest import selftest

            return selftest(env, given.database)
        case "map":
            from bot.audit.datamap import show as show_map

            return show_map()
        case "keys":
            from bot.audit.keys import show

            return show(env, time.time())
        case "live":
            from bot.audit.live import live

            return live(env, given.ids, given.logs)
        case "attest":
            return _attest(env)
        case _:
            return _changes(env)


def _attest(env: Mapping[str, str]) -> int:
    database = settings.database_url(env, settings.data_folder(env))
    found = attest.of_this_installation(organisations(env), database, env)
    print(f"{found.short}   what people see under 'About'\n")
    print(f"all       {found.whole}")
    print(f"code      {found.code}")
    print(f"lock      {found.lock}")
    print(f"settings  {found.settings}   without secrets")
    return 0


def _changes(env: Mapping[str, str]) -> int:
    noted = facts.changes(settings.data_folder(env))
    for each in noted:
        told = each.now if each.before is None else f"{each.before} -> {each.now}"
        print(f"{each.day}  {each.organisation}  {each.fact}: {told}")
    if not noted:
        print("Nothing is noted yet; `luwte serve` notes it at its start.")
    return 0
