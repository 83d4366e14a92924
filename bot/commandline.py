"""What can be typed after `luwte`: every command and its options."""

from __future__ import annotations

import argparse
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """`command` and, where there is one, `action` say what to run."""
    whole = argparse.ArgumentParser(
        prog="luwte", description="An anonymous career conversation in Slack and Teams."
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    talk = commands.add_parser(
        "talk", help="talk to the bot here, in the terminal or through a pipe"
    )
    talk.add_argument("--lang", choices=("nl", "en"), help="the language; else that of your locale")
    talk.add_argument(
        "--track", metavar="T4", help="straight into one conversation, keeping nothing"
    )
    talk.add_argument(
        "--for",
        dest="label",
        metavar="LABEL",
        help="as somebody of this organisation of the settings, whose coaches can be asked",
    )
    commands.add_parser("serve", help="answer Slack and Teams")
    doctor = commands.add_parser(
        "doctor", help="whether this installation can work, and what to mend"
    )
    doctor.add_argument("action", nargs="?", choices=("explain",), help="what a code means")
    doctor.add_argument("code", nargs="?", metavar="CODE", help="such as S2, as people saw it")
    check = commands.add_parser("check", help="check the conversations, or the files you name")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    draw = commands.add_parser("draw", help="one conversation as a flowchart (Mermaid or SVG)")
    draw.add_argument("track", metavar="TRACK", help="such as t4")
    draw.add_argument("--svg", type=Path, metavar="FILE", help="write a picture for the browser")
    draw.add_argument("--lang", choices=("nl", "en"), default="nl", help="the language; else Dutch")
    commands.add_parser("purge", help="erase what has expired, now")
    understand = commands.add_parser(
        "understand", help="what is heard in each line of standard input, as JSON"
    )
    understand.add_argument("--lang", choices=("nl", "en"), required=True, help="the language")
    _add_bench(commands.add_parser("bench", help="what things cost on this machine"))
    _add_manifest(commands.add_parser("manifest", help="the file that adds the bot to a platform"))
    _add_setup(commands.add_parser("setup", help="every step to a platform, with its values"))
    _add_keys(commands.add_parser("keys", help="make, show, rotate or destroy keys"))
    _add_coach(commands.add_parser("coach", help="invite, list and remove coaches"))
    _add_audit(commands.add_parser("audit", help="look for leaks, and show what is kept"))
    return whole


RATES: dict[str, tuple[float, ...]] = {"slack": (100.0, 500.0)}
"""Messages a second at which a bench runs its open loops, unless others are asked for."""


def _add_bench(bench: argparse.ArgumentParser) -> None:
    """`bot/bench/README.md` says what each of them is for."""
    actions = bench.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, about in (
        ("crypto", "deriving, sealing and opening, in one turn"),
        ("understand", "listening to one text"),
        ("turn", "a durable turn, without HTTP"),
        ("slack", "a durable message in Slack, beside bare Bolt and the ordinary way"),
        ("teams", "a durable message in Teams, beside stock botbuilder"),
        ("store", "a durable turn with more and more stored sessions"),
    ):
        one = actions.add_parser(name, help=about)
        one.add_argument("--json", action="store_true", help="one JSON object")
        if name not in ("crypto", "understand"):
            one.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
            one.add_argument("--rounds", type=_count, default=5, metavar="N", help="5")
        if name == "store":
            sizes = [1_000, 100_000, 1_000_000]
            one.add_argument("--sizes", type=_count, nargs="+", default=sizes, metavar="SESSIONS")
        if name in ("turn", "slack", "teams"):
            one.add_argument("--people", type=_count, default=1_000, metavar="N", help="1000, new")
            one.add_argument("--at-once", type=_count, default=32, metavar="N", help="32")
        if name in ("slack", "teams"):
            _add_load(one, RATES.get(name, ()))
        if name == "slack":
            one.add_argument("--processes", type=_count, default=1, metavar="N", help="PostgreSQL")
            one.add_argument(
                "--slow-commit-ms", type=float, metavar="MS", help="added to every commit of ours"
            )


def _add_load(one: argparse.ArgumentParser, rates: tuple[float, ...]) -> None:
    usual = " ".join(f"{rate:g}" for rate in rates) or "none"
    one.add_argument(
        "--rate", type=float, nargs="*", default=rates, metavar="N",
        help=f"messages a second, open loop, as well: {usual}",
    )  # fmt: skip
    one.add_argument(
        "--seconds", type=float, default=20.0, metavar="S", help="of each open loop: 20"
    )
    one.add_argument(
        "--reply-ms", type=float, default=0.0, metavar="MS", help="how slow the platform is: 0"
    )


def _count(given: str) -> int:
    number = int(given)
    if number < 1:
        raise ValueError
    return number


def _add_manifest(manifest: argparse.ArgumentParser) -> None:
    platforms = manifest.add_subparsers(dest="platform", required=True, metavar="PLATFORM")
    slack = platforms.add_parser("slack", help="the manifest of the app for Slack, as YAML")
    _add_slack(slack)
    teams = platforms.add_parser("teams", help="the app package for Microsoft Teams")
    teams.add_argument("--app-id", required=True, metavar="GUID", help="of the registration")
    teams.add_argument("--out", type=Path, required=True, metavar="FILE", help="such as luwte.zip")
    teams.add_argument("--release", default="1.0.0", help="three numbers; raise it for each upload")
    teams.add_argument("--developer", default="Luwte", help="who runs the bot, as people see it")
    teams.add_argument("--website", metavar="URL", help="where to read about it")
    teams.add_argument("--privacy", metavar="URL", help="the privacy notice; else the website")
    teams.add_argument("--terms", metavar="URL", help="the terms of use; else the website")


def _add_setup(setup: argparse.ArgumentParser) -> None:
    platforms = setup.add_subparsers(dest="platform", required=True, metavar="PLATFORM")
    _add_slack(platforms.add_parser("slack", help="Slack, from the app to everybody"))
    platforms.add_parser("teams", help="Microsoft Teams, from registration to everybody")


def _add_slack(slack: argparse.ArgumentParser) -> None:
    slack.add_argument(
        "--surface",
        choices=("choose", "private"),
        default="choose",
        help="window or chat, or nothing in the chat",
    )
    slack.add_argument("--socket", action="store_true", help="Socket Mode, without inbound traffic")
    slack.add_argument("--install", action="store_true", help="workspaces install it themselves")
    slack.add_argument("--url", metavar="https://HOST", help="where Slack reaches this server")


def _add_coach(coach: argparse.ArgumentParser) -> None:
    actions = coach.add_subparsers(dest="action", required=True, metavar="ACTION")
    invite = actions.add_parser("invite", help="a one-time code, which the coach enters in the bot")
    invite.add_argument(
        "--for", dest="organisations", required=True, metavar="LABEL,…", help="whom they serve"
    )
    invite.add_argument("--name", required=True, help="as people read it")
    invite.add_argument("--knows", required=True, metavar="TEXT", help="what about, in one line")
    invite.add_argument("--languages", default="nl,en", metavar="nl,en", help="that they speak")
    invite.add_argument(
        "--internal", action="store_true", help="employed by the organisation itself"
    )
    invite.add_argument(
        "--answers-within", type=int, default=3, metavar="DAYS", help="working days, usually"
    )
    invite.add_argument("--desk", choices=("slack", "teams"), help="where they read and answer")
    invite.add_argument(
        "--notices",
        required=True,
        metavar="WHERE",
        help="slack, slack-channel:C0123ABCD (or T0123ABCD/C0123ABCD), teams or email:NAME@EXAMPLE.ORG",
    )
    actions.add_parser("list", help="every coach and invitation; 1 when a notice does not arrive")
    remove = actions.add_parser("remove", help="close a desk; open cases go back")
    remove.add_argument("id", metavar="ID", help="as `luwte coach list` shows it")


def _add_audit(audit: argparse.ArgumentParser) -> None:
    actions = audit.add_subparsers(dest="action", required=True, metavar="ACTION")
    run = actions.add_parser("run", help="invented people, then a search for all they left behind")
    selftest = actions.add_parser(
        "selftest", help="plant leaks, and see that the search finds them"
    )
    for each in (run, selftest):
        each.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    run.add_argument("--people", type=int, default=27, choices=range(8, 86), metavar="8..85")
    actions.add_parser("map", help="every column and file that is kept, and who can read it")
    actions.add_parser("keys", help="fingerprints, months, the next destruction, modes")
    live = actions.add_parser("live", help="search the running installation for real ids and names")
    live.add_argument("--ids", type=Path, required=True, metavar="FILE", help="one a line")
    live.add_argument("--logs", type=Path, nargs="*", default=[], metavar="PATH")
    actions.add_parser("attest", help="the hash of code, lock and settings, also under 'About'")
    actions.add_parser("changes", help="what changed in what people were told, and when")


def _add_keys(keys: argparse.ArgumentParser) -> None:
    actions = keys.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("init", help="make the root key, once")
    actions.add_parser("status", help="one page about all keys; exit status 1 when one is wrong")
    actions.add_parser("rotate-root", help="make a new root key beside the old one")
    destroy = actions.add_parser(
        "destroy-epoch", help="destroy a month's secrets, and with them all that was kept in it"
    )
    destroy.add_argument("month", metavar="MONTH", help="such as 2026-11")
    destroy.add_argument("--organisation", metavar="LABEL", help="only this organisation's")
    destroy.add_argument("--yes", action="store_true", help="do not ask first")
