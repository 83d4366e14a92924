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
    commands.add_parser("serve", help="answer Slack and Teams")
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
    bench = commands.add_parser("bench", help="what things cost on this machine")
    bench.add_argument("what", choices=("crypto", "understand"))
    bench.add_argument("--json", action="store_true", help="one JSON object")
    _add_keys(commands.add_parser("keys", help="make, show, rotate or destroy keys"))
    _add_audit(commands.add_parser("audit", help="look for leaks, and show what is kept"))
    return whole


def _add_audit(audit: argparse.ArgumentParser) -> None:
    actions = audit.add_subparsers(dest="action", required=True, metavar="ACTION")
    run = actions.add_parser("run", help="invented people, then a search for all they left behind")
    selftest = actions.add_parser(
        "selftest", help="plant leaks, and see that the search finds them"
    )
    for each in (run, selftest):
        each.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    run.add_argument("--people", type=int, default=27, choices=range(8, 91), metavar="8..90")
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
