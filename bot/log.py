"""Logs that fail closed: our own event names and fields pass, everything else is reduced to its place.

Bolt, botbuilder, aiohttp, SQLAlchemy, msrest and urllib3 write names, ids, texts and addresses at
one level or another, and a list of the lines that do never stays complete. So no third-party text
passes at any level: only which module, which line, and the class of an exception.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from typing import TextIO

from bot.damping import Damped

OWN = "luwte"

EVENTS = frozenset(
    {
        "admin_started",
        "admin_port_taken",
        "authentication_off",
        "chore_failed",
        "clock_jumped",
        "crashed",
        "facts_not_noted",
        "epochs_destroyed",
        "started",
        "stopping",
        "stopped",
        "purged",
        "keys_not_destroyed",
        "keys_unreadable",
        "not_hardened",
        "purge_failed",
        "round_failed",
        "notice_undelivered",
        "mail_undelivered",
        "answer_undelivered",
        "reorder_put_off",
        "reply_refused",
        "root_key_retired",
        "request_failed",
        "request_refused",
        "install_refused",
        "installed_again",
        "organisation_destroyed",
        "signature_refused",
        "signing_keys_not_loaded",
        "slack_installed",
        "slack_refused",
        "slack_token_unread",
        "socket_connected",
        "socket_unreachable",
        "slack_unreachable",
        "stranger_refused",
        "token_not_loaded",
        "token_refused",
        "turn_busy",
        "turn_limited",
        "turn_failed",
        "turn_not_kept",
        "window_not_shown",
    }
)
"""What our own loggers may say; a name that is not here is written as `unlisted`."""

FIELDS = ("code", "status", "count")
"""What may stand beside it: a constant word, an HTTP status, a number of rows."""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyz_")
LONGEST_WORD = 40


class ClosedFormatter(logging.Formatter):
    """One JSON object a line, built only from what is allowed. Times are whole hours, UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, str | int] = {
            "hour": time.strftime("%Y-%m-%dT%H", time.gmtime(record.created)),
            "level": record.levelname,
        }
        if record.name == OWN or record.name.startswith(f"{OWN}."):
            line["event"] = record.msg if record.msg in EVENTS else "unlisted"
            line["from"] = record.name
            line |= _fields(record)
        else:
            line["third_party"] = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


def _fields(record: logging.LogRecord) -> dict[str, str | int]:
    found = {name: record.__dict__.get(name) for name in FIELDS}
    return {name: value for name, value in found.items() if _allowed(value)}  # type: ignore[misc]


def _allowed(value: object) -> bool:
    if isinstance(value, int):
        return True
    return isinstance(value, str) and len(value) <= LONGEST_WORD and set(value) <= _WORD


def set_up(level: str, out: TextIO | None = None) -> logging.Handler:
    """Make this the only handler of the process; returns it so that a test can take it away.

    `level` is that of our own events. A library is heard from WARNING up, and below that only
    when `level` is DEBUG: where its lines come from is all that is left of them.
    """
    handler = Damped(out or sys.stderr)
    handler.setFormatter(ClosedFormatter())
    handler.setLevel(level)
    root = logging.getLogger()
    for other in list(root.handlers):
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(level if level == "DEBUG" else "WARNING")
    own = level if level == "DEBUG" else "INFO"  # what is not written is still counted
    logging.getLogger(OWN).setLevel(own)
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, None)
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, args.exc_value, None)
    return handler


def _uncaught(kind: type[BaseException], _error: BaseException | None, _trace: object) -> None:
    """An error that nobody caught: its class is written, its text and its values are not."""
    logging.getLogger(OWN).critical("crashed", extra={"code": snake(kind.__name__)})


def snake(name: str) -> str:
    """The name of a class as a constant word: `ValueError` is `value_error`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name if c.isalpha()).strip("_")
