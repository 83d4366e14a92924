"""A folder for one run of a command that makes everything it needs, and leaves nothing behind."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot import settings
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextmanager
def own_folder(env: Mapping[str, str], name: str) -> Iterator[Path]:
    """A new folder that is gone afterwards. Raises SettingsError where it would lie in the real one."""
    folder = Path(tempfile.mkdtemp(prefix=f"luwte-{name}-"))
    try:
        real = settings.data_folder(env)
        for configured in (real, settings.keys_folder(env, real)):
            if folder.is_relative_to(configured):
                raise SettingsError(
                    f"the folder for temporary files lies in {configured}, where the real data is; "
                    "set TMPDIR to another one"
                )
        folder.chmod(0o711)  # PostgreSQL runs as somebody else and must get through
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def tidy_when_stopped() -> Iterator[None]:
    """SIGTERM ends it as Ctrl-C does: what was made goes as well."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
