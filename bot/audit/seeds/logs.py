"""Leaks into logs and whatever else is printed."""

from __future__ import annotations

import gzip
import hashlib
import logging
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from bot.audit.replacing import replaced
from bot.audit.seeds.planting import Seed, leaking, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.audit.canaries import Invented
    from bot.audit.stage import Stage


def of_logs() -> Iterator[Seed]:
    yield Seed("an id in a log line", "logs/.*platform id, plain",
               leaking(lambda s, p, _: write(s.logs / "app.log", f"DEBUG from {p.slack_user}")))  # fmt: skip
    yield Seed("an open log", "logs/luwte.log.*typed words, plain", _open_log)
    yield Seed("words in the text of an exception", "logs/.*typed words, plain", _traceback)
    yield Seed("an address of an answer in a log", "logs/.*address of an answer, plain",
               leaking(lambda s, p, _: write(s.logs / "http.log", f"POST {p.response_url}")))  # fmt: skip
    yield Seed("an id in an access log, as a URL", "logs/.*platform id, URL",
               leaking(lambda s, p, _: write(s.logs / "access", _percent(p.slack_user))))  # fmt: skip
    yield Seed("an old log that was compressed", "logs/.*platform id, plain, compressed",
               leaking(lambda s, p, _: _pack(s.logs / "old.gz", p.slack_channel)))  # fmt: skip
    yield Seed("words printed", "logs/printed.*typed words", leaking(lambda _s, _p, w: print(w)))
    yield Seed("a name escaped as HTML", "name or e-mail, HTML",
               leaking(lambda s, p, _: write(s.logs / "page", _entities(p.name))))  # fmt: skip
    yield Seed("a log that tells the second", "finer than the hour",
               leaking(lambda s, _p, _w: write(s.logs / "app.log", time.strftime("%H:%M:%S"))))  # fmt: skip
    yield Seed("a hash of an id without salt", "unsalted sha256", leaking(_hashed))


@contextmanager
def _open_log(stage: Stage) -> Iterator[None]:
    """The formatter lets everything through, and somebody logs what came in."""
    logger = logging.getLogger("luwte.slack")
    with ExitStack() as leaving:
        leaving.enter_context(
            replaced(
                "bot.log:ClosedFormatter.format", lambda _: lambda _, record: record.getMessage()
            )
        )
        leaving.enter_context(leaking(lambda _s, _p, words: logger.debug("got %s", words))(stage))
        yield


@contextmanager
def _traceback(stage: Stage) -> Iterator[None]:
    def fail(_stage: Stage, _person: Invented, words: str) -> None:
        try:
            int(words)
        except ValueError as error:
            (stage.logs / "error.log").write_text(repr(error), encoding="utf-8")

    def said(s: Stage, p: Invented, words: str) -> None:
        if words:
            fail(s, p, words)

    with leaking(said)(stage):
        yield


def _hashed(stage: Stage, person: Invented, _words: str) -> None:
    write(stage.data / "known", hashlib.sha256(person.slack_user.encode()).hexdigest())


def _pack(path: Any, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode() * 2))


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _entities(text: str) -> str:
    return "".join(f"&#{ord(each)};" for each in text)
