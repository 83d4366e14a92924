"""`luwte`: the one command of this program, and its sub-commands."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bot.commandline import parser
from bot.errors import SettingsError
from conversations.errors import ContentError, LuwteError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence


def main(arguments: Sequence[str] | None = None, env: Mapping[str, str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 problems found, 2 cannot run as it is set up."""
    given = parser().parse_args(arguments)
    try:
        return _run(given, os.environ if env is None else env)
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    except SettingsError as error:
        print(f"luwte: {error}", file=sys.stderr)
        return 2
    except LuwteError as error:
        print(f"luwte: {type(error).__name__}: {error}", file=sys.stderr)
        return 2


def _run(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Each command imports what it needs, so that `check` never waits for a platform's SDK."""
    return COMMANDS[given.command](given, env)


def _talk(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot.talk import talk

    return talk(env, given.lang, given.track, given.label)


def _serve(_: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot.serve import serve

    return serve(env)


def _check(given: argparse.Namespace, _: Mapping[str, str]) -> int:
    from bot.check import check

    return check(given.files)


def _draw(given: argparse.Namespace, _: Mapping[str, str]) -> int:
    from bot.draw import draw

    return draw(given.track, given.svg, given.lang)


def _purge(_: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot.upkeep import purge

    return purge(env)


def _understand(given: argparse.Namespace, _: Mapping[str, str]) -> int:
    from bot.understand import understand

    return understand(given.lang)


def _bench(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot import bench

    return bench.run(given, env)


def _audit(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot.audit.command import audit

    return audit(given, env)


def _doctor(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot.doctor.command import doctor

    return doctor(given, env)


def _manifest(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot import manifest

    return {"slack": manifest.slack, "teams": manifest.teams}[given.platform](given, env)


def _setup(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot import setupslack, setupteams

    return setupslack.slack(given, env) if given.platform == "slack" else setupteams.teams(env)


def _keys(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot.keys import run

    return run(given, env)


def _coach(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    from bot.coach import run

    return run(given, env)


COMMANDS = {
    "talk": _talk,
    "serve": _serve,
    "check": _check,
    "draw": _draw,
    "purge": _purge,
    "understand": _understand,
    "bench": _bench,
    "audit": _audit,
    "keys": _keys,
    "coach": _coach,
    "manifest": _manifest,
    "setup": _setup,
    "doctor": _doctor,
}


if __name__ == "__main__":
    sys.exit(main())
