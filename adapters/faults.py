"""Classes of faults: the code that a person sees beside a kind line, and an operator looks up.

A code tells what kind of thing went wrong and nothing about whom it happened to. What to do about
each stands in `bot/doctor/explain.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from adapters.delivery import UndeliveredError
from adapters.incoming import BusyError
from adapters.limits import LimitedError
from conversations.errors import StoreError
from conversations.script import Text

if TYPE_CHECKING:
    import logging

    from conversations.errors import Cause

    Fault = Cause | Literal["busy", "limited", "platform", "unexpected"]
    """The word of a fault, as it stands in the log."""

CODES: dict[Fault, str] = {
    "unreachable": "S1",
    "locked": "S2",
    "disk": "S3",
    "damaged": "S4",
    "unknown": "S5",
    "keys": "K1",
    "crowded": "B1",
    "busy": "B2",
    "limited": "B3",
    "platform": "P1",
    "unexpected": "X1",
}
"""S: the store. K: keys. B: too much at once. P: Slack or Teams. X: an error of ours."""


def fault(error: Exception) -> Fault:
    """Of which class an error is."""
    match error:
        case StoreError():
            return error.cause
        case BusyError():
            return "busy"
        case LimitedError():
            return "limited"
        case UndeliveredError():
            return "platform"
        case _:
            return "unexpected"


def coded(line: Text, what: Fault) -> Text:
    """A kind line with the code behind it; the code reads alike in every language."""
    mark = f" (code {CODES[what]})"
    return Text(nl=line.nl + mark, en=line.en + mark)


def noted(log: logging.Logger, error: Exception) -> Fault:
    """The class of this error, with one line about it; a class of errors that we do not know is named."""
    what = fault(error)
    match what:
        case "busy":
            log.info("turn_busy")
        case "limited":
            log.info("turn_limited")
        case "platform":
            log.warning("window_not_shown")
        case "unexpected":
            log.error("turn_failed", extra={"code": named(error)})
        case _:
            log.error("turn_not_kept", extra={"code": what})
    return what


def named(error: Exception) -> str:
    """The class of an error as a word for the log: `ValueError` is `value_error`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()
