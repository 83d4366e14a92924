"""`luwte bench`: what things cost on this machine. `README.md` beside this file says how to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping


def run(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Print the figures of one bench; the exit status. Raises SettingsError where it cannot measure."""
    match given.what:
        case "crypto":
            from bot.bench.crypto import crypto

            return crypto(as_json=given.json)
        case "understand":
            from bot.bench.understand import understand

            return understand(as_json=given.json)
        case "store":
            from bot.bench.store import store

            return store(env, given.database, given.sizes, given.rounds, as_json=given.json)
        case _:
            return _talk(given, env)


def _talk(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """The benches in which people hold a conversation."""
    from bot.bench import slack, teams, turn
    from bot.bench.options import Options

    options = Options(
        database=given.database,
        people=given.people,
        at_once=given.at_once,
        rounds=given.rounds,
        rates=tuple(getattr(given, "rate", ())),
        seconds=getattr(given, "seconds", 0.0),
        reply=getattr(given, "reply_ms", 0.0) / 1_000,
        processes=getattr(given, "processes", 1),
        slow_commit=getattr(given, "slow_commit_ms", None),
    )
    benches = {"turn": turn.turn, "slack": slack.slack, "teams": teams.teams}
    return benches[given.what](env, options, as_json=given.json)
