"""No picture of this process's memory, where words and keys pass, ever lies on a disk."""

from __future__ import annotations

import ctypes
import logging
import resource
import sys

PR_SET_DUMPABLE = 4
"""From linux/prctl.h; see prctl(2)."""

_log = logging.getLogger("luwte.serve")


def harden() -> None:
    """No core files, and no other process of this user may look into this one (Linux).

    What the system refuses is logged and stops nothing: it protects against another attacker than
    the rest does.
    """
    if not (_without_core_files() and _closed_to_others()):
        _log.warning("not_hardened")


def _without_core_files() -> bool:
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _closed_to_others() -> bool:
    """Without a system call of that kind (other than Linux) there is nothing to do."""
    if sys.platform != "linux":
        return True
    done: int = ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    return done == 0
