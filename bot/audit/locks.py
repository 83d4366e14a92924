"""Codes and tickets of locks that carry a mark, like everything about an invented person.

A code is made of symbols by chance, and a ticket begins with random bytes: here both spell the mark
of their town, so that they are found in every disguise. What cannot carry one, the key that a code
leads to and the end of each ticket, is noted to be searched for as it is.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.audit.encodings import RAW, TEXT
from bot.audit.replacing import replaced
from storage.tickets import DESK, TICKET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.audit.canaries import Invented, Town

    Who = tuple[str, str, str]

KEYBOARD = 99
"""The number of whoever sits at the terminal, since `luwte talk` asks nobody for an id."""

TIMES, MONTH, KEY = 16, 2, 32
"""Bytes of what a ticket holds: when it began and ends, then for each month its number and a key."""

BEFORE = 2
"""Bytes of a nonce before the mark, so that base64 spells it behind the format."""

FEW = 6
"""Keys and ends of tickets that are looked for in large files: what is wrong in the code strikes all."""

QUICK = {"storage.lock:MEMORY_KIB": 64, "storage.lock:PASSES": 1}
"""Argon2id as small as it goes: what it costs tells nothing about what is left behind."""


@dataclass
class Noted:
    """What was made in this house: to be searched for, and to open the locked rows with."""

    keys: dict[Who, set[tuple[int, bytes]]] = field(default_factory=dict)
    ends: list[bytes] = field(default_factory=list)

    def needles(self, most: int | None = None) -> dict[bytes, str]:
        """Beginnings of keys and ends of tickets, so many of each or all, and what each would mean."""
        keys = sorted({key for held in self.keys.values() for _, key in held})[:most]
        found = dict.fromkeys(self.ends[-most:] if most else self.ends, "the end of a ticket")
        for key in keys:
            found[key[:RAW]] = "the key behind a code"
            found[key.hex()[:TEXT].encode()] = "the key behind a code, hexadecimal"
            found[base64.b64encode(key)[:TEXT]] = "the key behind a code, base64"
        return found

    def note(self, who: Who, content: bytes, ticket: str) -> None:
        """One ticket: what was sealed in it, and how it was written."""
        self.ends.append(ticket[-TEXT:].encode())
        held = content[TIMES:]
        for at in range(0, len(held), MONTH + KEY):
            month, key = held[at : at + MONTH], held[at + MONTH : at + MONTH + KEY]
            self.keys.setdefault(who, set()).add((int.from_bytes(month, "big"), key))


@contextmanager
def marked(town: Town, noted: Noted) -> Iterator[None]:
    """As long as this lasts, every code and every ticket carries the mark of this town."""
    codes: Counter[int] = Counter()
    numbers: Counter[int] = Counter()

    def propose(original: Callable[..., Any]) -> Callable[..., Any]:
        def spelled(self: object, platform: str, tenant: str, user: str) -> Any:
            person = whose(town, user)
            code = iter(person.code(codes[person.number]))
            codes[person.number] += 1
            with replaced("storage.lock:secrets", lambda _: Choosing(lambda: next(code))):
                return original(self, platform, tenant, user)

        return spelled

    def seal(original: Callable[..., Any]) -> Callable[..., Any]:
        def spelled(self: object, label: bytes, who: Who, content: bytes) -> str:
            person = whose(town, who[2])
            numbers[0] += 1
            nonce = _nonce(person, numbers[0])
            with replaced("storage.tickets:secrets", lambda _: Choosing(lambda: nonce)):
                ticket: str = original(self, label, who, content)
            noted.note(who, content if label in (TICKET, DESK) else b"", ticket)
            return ticket

        return spelled

    with ExitStack() as leaving:
        leaving.enter_context(replaced("storage.lock:Locks.propose", propose))
        leaving.enter_context(replaced("storage.tickets:Tickets._seal", seal))
        for where, value in QUICK.items():
            leaving.enter_context(replaced(where, lambda _, value=value: value))  # type: ignore[misc]
        yield


def whose(town: Town, user: str) -> Invented:
    """The invented person with this id on a platform."""
    found = re.search(rf"{town.mark}ii(\d\d)", user, re.IGNORECASE)
    return town.person(int(found[1]) if found else KEYBOARD)


class Choosing:
    """In place of chance; `bytes_` where those are not to be made the same way."""

    def __init__(
        self, made: Callable[[], Any], bytes_: Callable[[int], bytes] | None = None
    ) -> None:
        self._made, self._bytes = made, bytes_

    def choice(self, _symbols: str) -> Any:
        return self._made()

    def token_bytes(self, count: int) -> Any:
        return self._made() if self._bytes is None else self._bytes(count)


def _nonce(person: Invented, number: int) -> bytes:
    """Twelve bytes that come once, and whose base64 behind the format spells the mark."""
    count = number.to_bytes(BEFORE + 1, "big")
    spelled = base64.urlsafe_b64decode(person.ticket_mark)
    return count[:BEFORE] + spelled + count[BEFORE:]
