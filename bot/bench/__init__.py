"""`luwte bench`: what things cost on this machine."""

from __future__ import annotations


def run(what: str, *, as_json: bool) -> int:
    """Print the figures of `crypto` or `understand`."""
    if what == "understand":
        from bot.bench.understand import understand

        return understand(as_json=as_json)
    from bot.bench.crypto import crypto

    return crypto(as_json=as_json)
