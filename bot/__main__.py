"""`luwte`: the one command of this program, and its sub-commands."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from conversations.errors import ContentError, LuwteError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def main(arguments: Sequence[str] | None = None, env: Mapping[str, str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 problems found, 2 cannot run as it is set up."""
    given = _parser().parse_args(arguments)
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
    match given.command:
        case "talk":
            from bot.talk import talk

            return talk(env, given.lang)
        case "serve":
            from bot.serve import serve

            return serve(env)
        case "check":
            from bot.check import check

            return check(given.files)
        case "purge":
            from bot.upkeep import purge

            return purge(env)
        case _:
            from bot.upkeep import init_keys

            return init_keys(env)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="luwte", description="An anonymous career conversation in Slack and Teams."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    talk = commands.add_parser(
        "talk", help="talk to the bot here, in the terminal or through a pipe"
    )
    talk.add_argument("--lang", choices=("nl", "en"), help="the language; else that of your locale")
    commands.add_parser("serve", help="answer Slack and Teams")
    check = commands.add_parser("check", help="check the conversations, or the files you name")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    commands.add_parser("purge", help="erase what has expired, now")
    keys = commands.add_parser("keys", help="make the root key")
    keys.add_argument("action", choices=("init",))
    return parser


if __name__ == "__main__":
    sys.exit(main())
