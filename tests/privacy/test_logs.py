"""Whatever any library writes, in whatever way Python has to write a log, no word of it comes out."""

from __future__ import annotations

import ast
import asyncio
import gc
import importlib
import io
import json
import logging
import sys
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot import log
from bot.web import application, listen

if TYPE_CHECKING:
    from collections.abc import Iterator

CANARY = "Quokka-Quokka7"

LEVELS = (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)

LIBRARIES = ("aiohttp", "alembic", "asyncio", "botbuilder", "botframework", "msal", "msrest",
             "psycopg", "slack_bolt", "slack_sdk", "sqlalchemy", "urllib3")  # fmt: skip


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """The log of a process with every platform loaded, as it would be written at DEBUG."""
    for module in ("adapters.slack.app", "adapters.teams.app", "storage.sessions"):
        importlib.import_module(module)
    for name in LIBRARIES:
        logging.getLogger(name)
    root, own = logging.getLogger(), logging.getLogger(log.OWN)
    before = (list(root.handlers), root.level, logging.raiseExceptions, own.level)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    written = io.StringIO()
    log.set_up("DEBUG", written)
    yield written
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    logging.raiseExceptions = before[2]
    own.setLevel(before[3])
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(capture=False)


def unwatched() -> None:
    """Without pytest's own handlers, which come back for every test."""
    root = logging.getLogger()
    root.handlers[:] = [
        each for each in root.handlers if isinstance(each.formatter, log.ClosedFormatter)
    ]


def loggers() -> list[logging.Logger]:
    known = logging.root.manager.loggerDict
    return [logging.getLogger(name) for name in sorted(known)]


METHODS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
ROOT = Path(__file__).parents[2]


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of a logger in the program, and where it stands."""
    for package in ("adapters", "bot", "conversations", "storage"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Attribute(ast.Name(holder), method)) if (
                        holder.strip("_") in ("log", "logger") and method in METHODS
                    ):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_our_own_code_logs_listed_events_and_fields_and_nothing_else() -> None:
    """What the formatter lets through are constant words, so a name must not get as far as there."""
    found = [(where, call) for where, call in calls() if "bot/audit/seeds" not in where]
    assert len(found) > 20

    for where, call in found:
        (event,) = call.args
        assert isinstance(event, ast.Constant), where
        assert event.value in log.EVENTS, where
        extra = {keyword.arg: keyword.value for keyword in call.keywords}
        assert extra.keys() <= {"extra"}, where
        for fields in extra.values():
            assert isinstance(fields, ast.Dict), where
            keys = {key.value for key in fields.keys if isinstance(key, ast.Constant)}
            assert keys <= set(log.FIELDS), where


class Talkative:
    """Its every form is the canary."""

    def __str__(self) -> str:
        return CANARY

    __repr__ = __str__

    def __del__(self) -> None:
        raise ValueError(CANARY)


def test_no_logger_of_any_library_lets_a_word_through(out: io.StringIO) -> None:
    unwatched()
    names = {logger.name.split(".")[0] for logger in loggers()}
    assert names >= set(LIBRARIES)

    for logger in loggers():
        for level in LEVELS:
            try:
                raise ValueError(CANARY)  # noqa: TRY301  the traceback quotes it
            except ValueError as error:
                error.add_note(CANARY)
                logger.log(level, CANARY, exc_info=True)
                logger.log(level, "%s %(x)s", {"x": CANARY}, stack_info=True)
                logger.log(level, "%d", CANARY, extra={"code": CANARY, "who": CANARY})
                logger.log(level, error)

    lines = out.getvalue().splitlines()
    assert len(lines) > len(LIBRARIES) * len(LEVELS)
    assert CANARY not in out.getvalue()
    allowed = {"hour", "level", "event", "from", "third_party", "error", "code"}
    assert {key for line in lines for key in json.loads(line)} <= allowed


def test_no_logger_has_a_way_out_of_its_own(out: io.StringIO) -> None:
    """Else it would write past the one handler that is closed."""
    unwatched()
    assert out.getvalue() == ""
    for logger in loggers():
        ways = [each for each in logger.handlers if not isinstance(each, logging.NullHandler)]
        assert ways == [], logger.name
    assert len(logging.getLogger().handlers) == 1


def test_a_warning_an_uncaught_error_and_a_failing_destructor_quote_nothing(
    out: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(CANARY, stacklevel=1)
    thread = threading.Thread(target=lambda: int(CANARY))
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(CANARY), None)
    Talkative()
    gc.collect()

    assert len(out.getvalue().splitlines()) >= 4
    assert CANARY not in out.getvalue()
    assert CANARY not in "".join(capfd.readouterr())


async def test_a_task_that_nobody_waited_for_quotes_nothing(out: io.StringIO) -> None:
    async def fail() -> None:
        raise ValueError(CANARY)

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    del task
    gc.collect()

    assert CANARY not in out.getvalue()


@pytest.mark.parametrize(
    "request_bytes",
    [
        f"GET /{CANARY} HTTP/9.{CANARY}\r\n\r\n",
        f"{CANARY}\r\n\r\n",
        f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{CANARY} : {CANARY}\r\n\r\n",
        f"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: {CANARY}\r\n\r\n",
        f"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}\r\n",
        f"POST /slack/events HTTP/1.1\r\nHost: x\r\nExpect: {CANARY}\r\nContent-Length: 1\r\n\r\nx",
        f"GET /{'x' * 9_000}{CANARY} HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
async def test_a_broken_request_is_neither_logged_nor_shown(
    out: io.StringIO, request_bytes: str
) -> None:
    async def read(request: aiohttp.web.Request) -> aiohttp.web.Response:
        await request.read()
        return aiohttp.web.Response()

    runner, port = await listen(application({"/slack/events": read}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request_bytes.encode())
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    await runner.cleanup()

    assert CANARY not in out.getvalue()
    assert CANARY.encode() not in answer
