r"""The lock: a passphrase beside the identity, so that keys and staff list together open nothing.

`P` is what a person's place in an epoch follows from (`keys.person`). Behind a lock it is
`HMAC(P, "lock\0" ‖ Argon2id(passphrase, salt of P))`, so the locator too depends on the passphrase
and nothing in the database tells that this person has notes. Argon2id (RFC 9106) runs in a thread
and lets the others go on meanwhile; two at a time, 64 MiB each.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from conversations.passphrase import COUNT, SYMBOLS, tidy
from conversations.person import Person
from conversations.ports import NOTE, Opened
from storage.keys import place_of
from storage.tickets import Tickets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storage.identities import Identities

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1
"""About 160 ms on one core; a guesser needs as long for each of 2^65 passphrases."""

SALT = b"luwte/lock-salt/v1"
LOCK = b"lock\0"
TOGETHER = 2


class Locks:
    """Implements `conversations.ports.Locks`; keeps nothing between two calls.

    `clock` gives seconds since the Unix epoch. For one event loop.
    """

    def __init__(self, identities: Identities, clock: Callable[[], float]) -> None:
        self._identities = identities
        self._tickets = Tickets(identities.derive, clock)
        self._pool = ThreadPoolExecutor(TOGETHER, thread_name_prefix="luwte-lock")

    def propose(self, platform: str, tenant: str, user: str) -> tuple[str, str]:
        """See `conversations.ports.Locks.propose`."""
        passphrase = "".join(secrets.choice(SYMBOLS) for _ in range(COUNT))
        return passphrase, NOTE + self._tickets.note((platform, tenant, user), passphrase)

    def proposed(self, platform: str, tenant: str, user: str, note: str) -> str | None:
        """See `conversations.ports.Locks.proposed`."""
        return self._tickets.noted((platform, tenant, user), note.removeprefix(NOTE))

    async def unlock(self, platform: str, tenant: str, user: str, passphrase: str) -> Opened | None:
        """See `conversations.ports.Locks.unlock`."""
        code = tidy(passphrase)
        if code is None:
            return None
        persons = self._identities.persons(platform, tenant, user)
        loop = asyncio.get_running_loop()
        stretching = (
            loop.run_in_executor(self._pool, stretched, each, code) for _, each in persons
        )
        found = await asyncio.gather(*stretching)
        held = {epoch: key for (epoch, _), key in zip(persons, found, strict=True)}
        ticket = self._tickets.first((platform, tenant, user), held)
        return Opened(_person(persons, held), ticket)

    def opened(self, platform: str, tenant: str, user: str, ticket: str) -> Opened | None:
        """See `conversations.ports.Locks.opened`."""
        known = self._tickets.renewed((platform, tenant, user), ticket)
        if known is None:
            return None
        held, renewed = known
        persons = self._identities.persons(platform, tenant, user)
        if not any(epoch in held for epoch, _ in persons):
            return None
        return Opened(_person(persons, held), renewed)

    def close(self) -> None:
        """Let the threads go; what they were at is of no use to anybody any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def stretched(person: bytes, code: str) -> bytes:
    """32 bytes of a passphrase for one person in one epoch; slow, and in any thread."""
    salt = HKDFExpand(hashes.SHA256(), 16, SALT).derive(person)
    kdf = Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return kdf.derive(code.encode())


def behind(person: bytes, key: bytes) -> bytes:
    """What the place behind the lock follows from."""
    return hmac.digest(person, LOCK + key, "sha256")


def _person(persons: list[tuple[int, bytes]], held: Mapping[int, bytes]) -> Person:
    """The places behind the lock; those before it are beside, and go when everything is erased."""
    places = tuple(
        place_of(behind(each, held[epoch]), epoch) for epoch, each in persons if epoch in held
    )
    beside = tuple(place_of(each, epoch) for epoch, each in persons)
    return Person(home=places[0], places=places, beside=beside)
