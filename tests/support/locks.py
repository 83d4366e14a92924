"""A lock whose passphrase leads at once to a place, for whoever tests what stands before it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from conversations.passphrase import tidy
from conversations.person import Person, Place
from conversations.ports import NOTE, Opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.ports import Identities

CODE = "7k2m9xqa0v3tf"
"""What is proposed, every time."""

WRONG = "7k2m9xqa0v3tg"
QUARTER = 900


class QuickLocks:
    """Implements the port; its tickets say in clear who they are for, and until when."""

    def __init__(self, identities: Identities, clock: Callable[[], float]) -> None:
        self._identities, self._clock = identities, clock
        self.derived = 0

    def propose(self, platform: str, tenant: str, user: str) -> tuple[str, str]:
        return CODE, f"{NOTE}{self._until()}.{_digest(platform, tenant, user)}.{CODE}"

    def proposed(self, platform: str, tenant: str, user: str, note: str) -> str | None:
        until, whose, code = note.removeprefix(NOTE).split(".")
        good = float(until) > self._clock() and whose == _digest(platform, tenant, user)
        return code if good else None

    async def unlock(self, platform: str, tenant: str, user: str, passphrase: str) -> Opened | None:
        self.derived += 1
        code = tidy(passphrase)
        return None if code is None else self._open((platform, tenant, user), code)

    def opened(self, platform: str, tenant: str, user: str, ticket: str) -> Opened | None:
        until, whose, code = ticket.split(".")
        good = float(until) > self._clock() and whose == _digest(platform, tenant, user)
        return self._open((platform, tenant, user), code) if good else None

    def _open(self, who: tuple[str, str, str], code: str) -> Opened:
        before = self._identities.identify(*who)
        material = hashlib.sha512(f"{who}{code}".encode()).digest()
        place = Place(before.home.epoch, material[:16], material[16:48])
        person = Person(home=place, places=(place,), beside=before.places)
        return Opened(person, f"{self._until()}.{_digest(*who)}.{code}")

    def _until(self) -> int:
        return int(self._clock()) + QUARTER


def _digest(*who: str) -> str:
    return hashlib.sha256("/".join(who).encode()).hexdigest()[:8]
