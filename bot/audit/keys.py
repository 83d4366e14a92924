"""`luwte audit keys`: the keys of the running installation, and when the next of them dies; read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import keystatus

if TYPE_CHECKING:
    from collections.abc import Mapping


def show(env: Mapping[str, str], now: float) -> int:
    """The page of `luwte keys status` and the next date of destruction; 1 when anything is wrong."""
    found = keystatus.look(env, now)
    print("\n".join(found.lines()))
    if found.epochs:
        following = min(epoch.destroyed for epoch in found.epochs)
        print(f"Next destruction of a month's secret: {following.isoformat()}")
    print("NOT OK" if found.problems else "OK")
    return 1 if found.problems else 0
