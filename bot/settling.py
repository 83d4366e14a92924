"""What is built once is ready before the first message comes, and costs nothing after it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conversations.scripts import Scripts

LOOKS_AFTER = 50_000
"""Objects made and not let go after which Python looks for rings of them; its own number is 700."""


def listening(scripts: Scripts) -> None:
    """Build what listens, half a second's work, which the first person would wait for otherwise."""
    scripts.safety.level("")
    scripts.lexicon.understand("", "nl")


def settled() -> None:
    """For a process that has all it needs: the conversations are never looked through for garbage again.

    A server's own garbage is let go by counting; looking for rings in it cost a fifth of each message.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(LOOKS_AFTER, 20, 20)
