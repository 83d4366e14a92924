"""The whole program, wired as `luwte serve` wires it, between a recorded platform and a real database."""

from __future__ import annotations

import io
import logging
import sys
import threading
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import log, settings, wiring
from bot.serve import start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Installation:
    """Where it listens, what it wrote, and where it keeps its files."""

    url: str
    folder: Path
    log: io.StringIO


def logged(house: Installation) -> bytes:
    """All that it logged, which must not be nothing: then the search would prove nothing."""
    written = house.log.getvalue().encode()
    assert b"third_party" in written
    return written


@asynccontextmanager
async def installed(
    folder: Path, env: Mapping[str, str], clock: Callable[[], float] = time.time
) -> AsyncIterator[Installation]:
    """Serve on a free port with these settings, logging everything at DEBUG as production would."""
    complete = {
        "LUWTE_DATA": str(folder),
        "LUWTE_PORT": "0",
        "LUWTE_ADMIN_PORT": "0",
        "LUWTE_OPERATOR": "bureau",
        "LUWTE_LOG_LEVEL": "DEBUG",
        **env,
    }
    read = settings.read(complete)
    if not wiring.root_path(read.keys).exists():
        wiring.make_root(read.keys)
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.raiseExceptions, sys.excepthook)
    thread_hook, own = threading.excepthook, logging.getLogger(log.OWN).level
    destructor_hook = sys.unraisablehook
    written = io.StringIO()
    log.set_up(read.log_level, written)
    try:
        async with AsyncExitStack() as leaving:
            port = await start(read, complete, clock, leaving)
            yield Installation(f"http://127.0.0.1:{port}", folder, written)
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        logging.getLogger(log.OWN).setLevel(own)
        logging.raiseExceptions, sys.excepthook = before[2], before[3]
        threading.excepthook, sys.unraisablehook = thread_hook, destructor_hook
        logging.captureWarnings(capture=False)
