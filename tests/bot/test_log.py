"""Logs fail closed: whatever a library writes, only its place in the code comes out."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from bot import log

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "U0CANARY geheim"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """The log as it would be written; everything is put back afterwards."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.raiseExceptions)
    own = logging.getLogger(log.OWN).level
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    written = io.StringIO()
    log.set_up("DEBUG", written)
    yield written
    root.handlers[:], level, logging.raiseExceptions = before[0], before[1], before[2]
    root.setLevel(level)
    logging.getLogger(log.OWN).setLevel(own)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(capture=False)


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.CRITICAL])
def test_a_third_party_line_keeps_only_its_place(out: io.StringIO, level: int) -> None:
    logging.getLogger("slack_bolt.app").log(level, "body: %s", CANARY)

    line = json.loads(out.getvalue())
    assert CANARY not in out.getvalue()
    assert line["third_party"].startswith("test_log:")


def test_a_library_is_heard_from_warning_up_unless_everything_is(out: io.StringIO) -> None:
    log.set_up("INFO", out)
    logging.getLogger("alembic.runtime").info("running")
    logging.getLogger("luwte.web").info("started")
    logging.getLogger("slack_bolt").warning("careful")

    kinds = [
        json.loads(line).keys() & {"event", "third_party"} for line in out.getvalue().splitlines()
    ]
    assert kinds == [{"event"}, {"third_party"}]


def test_an_exception_keeps_only_its_class(out: io.StringIO) -> None:
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger("aiohttp.server").exception("failed for %s", CANARY)

    assert CANARY not in out.getvalue()
    assert json.loads(out.getvalue())["error"] == "ValueError"


def test_our_own_loggers_may_say_only_what_is_listed(out: io.StringIO) -> None:
    own = logging.getLogger("luwte.web")
    own.info("started")
    own.info(CANARY)
    own.info("purged %s", CANARY)

    events = [json.loads(line)["event"] for line in out.getvalue().splitlines()]
    assert events == ["started", "unlisted", "unlisted"]
    assert CANARY not in out.getvalue()


def test_a_field_is_a_constant_word_or_a_number(out: io.StringIO) -> None:
    own = logging.getLogger("luwte.web")
    own.info("request_failed", extra={"code": "value_error", "status": 500, "count": 3})
    own.info("request_failed", extra={"code": "U0CANARY", "status": CANARY, "who": CANARY})

    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["code"], first["status"], first["count"]) == ("value_error", 500, 3)
    assert not {"code", "status", "who"} & second.keys()


def test_an_error_that_nobody_caught_leaves_its_class_and_no_values(out: io.StringIO) -> None:
    sys.excepthook(ValueError, ValueError(CANARY), None)
    thread = threading.Thread(target=lambda: int(CANARY))
    thread.start()
    thread.join()

    assert CANARY not in out.getvalue()
    assert [json.loads(row)["code"] for row in out.getvalue().splitlines()] == ["value_error"] * 2


def test_no_line_tells_a_time_finer_than_the_hour(out: io.StringIO) -> None:
    logging.getLogger("luwte").info("started")

    assert len(json.loads(out.getvalue())["hour"]) == len("2026-11-24T09")
