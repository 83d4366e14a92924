"""What a window carries along while a lock is open: sealed here, held by nobody here.

A ticket is `01 ‖ nonce 12 ‖ AES-256-GCM(…)` under `HKDF(root, "luwte/ticket/v1")`, in base64url; a
note is the same under a label of its own. Both are bound to the person, since their identifiers are
associated data, and good for a quarter of an hour; a ticket is renewed at each use, for an hour.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import struct
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from conversations.passphrase import COUNT
from storage.keys import FORMAT, NONCE, SECRET, joined, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Who = tuple[str, str, str]

TICKET, PROPOSAL = b"luwte/ticket/v1", b"luwte/proposal/v1"
DESK = b"luwte/desk-ticket/v1"
"""The label of a coach's tickets: they open a desk, and nobody's notes."""

IDLE = 900
"""Seconds that a ticket or a note is good for."""

LONGEST = 3600
"""Seconds after entering the passphrase in which a ticket may be renewed."""

_TIMES = struct.Struct(">QQ")
_EPOCH = struct.Struct(f">H{SECRET}s")
CHARACTERS = 400


class Tickets:
    """`derive` gives the key of a label; `clock` seconds since the Unix epoch; `label` that of the
    tickets.
    """

    def __init__(
        self, derive: Callable[[bytes], bytes], clock: Callable[[], float], label: bytes = TICKET
    ) -> None:
        self._derive, self._clock, self._label = derive, clock, label

    def first(self, who: Who, held: Mapping[int, bytes]) -> str:
        """A ticket for what a passphrase has just unlocked: 32 bytes for each epoch."""
        now = int(self._clock())
        return self._ticket(who, now, held)

    def renewed(self, who: Who, ticket: str) -> tuple[dict[int, bytes], str] | None:
        """What it holds, and the ticket for the next time; None when it is not good any more."""
        known = self._held(who, ticket)
        return None if known is None else (known[1], self._ticket(who, *known))

    def extended(self, who: Who, ticket: str, more: Mapping[int, bytes]) -> str | None:
        """The ticket for the next time, which holds these as well; None when it is not good any more."""
        known = self._held(who, ticket)
        return None if known is None else self._ticket(who, known[0], {**known[1], **more})

    def note(self, who: Who, passphrase: str) -> str:
        """A note of a passphrase that is being set."""
        now = int(self._clock())
        return self._seal(PROPOSAL, who, _TIMES.pack(now, now + IDLE) + passphrase.encode())

    def noted(self, who: Who, note: str) -> str | None:
        """The passphrase of a note; None when it is not good any more."""
        known = self._open(PROPOSAL, who, note)
        if known is None or len(known) != _TIMES.size + COUNT:
            return None
        _, until = _TIMES.unpack_from(known)
        return None if self._clock() >= until else known[_TIMES.size :].decode()

    def _held(self, who: Who, ticket: str) -> tuple[int, dict[int, bytes]] | None:
        """When the passphrase was entered, and what it unlocked."""
        known = self._open(self._label, who, ticket)
        if known is None or (len(known) - _TIMES.size) % _EPOCH.size:
            return None
        began, until = _TIMES.unpack_from(known)
        if not began <= self._clock() + IDLE or self._clock() >= until:
            return None
        return began, dict(_EPOCH.iter_unpack(known[_TIMES.size :]))

    def _ticket(self, who: Who, began: int, held: Mapping[int, bytes]) -> str:
        until = min(int(self._clock()) + IDLE, began + LONGEST)
        parts = (_EPOCH.pack(epoch, key) for epoch, key in held.items())
        return self._seal(self._label, who, _TIMES.pack(began, until) + b"".join(parts))

    def _seal(self, label: bytes, who: Who, content: bytes) -> str:
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(self._derive(label)).encrypt(nonce, content, _bound(label, who))
        return base64.urlsafe_b64encode(FORMAT + nonce + sealed).decode().rstrip("=")

    def _open(self, label: bytes, who: Who, written: str) -> bytes | None:
        if len(written) > CHARACTERS:
            return None
        try:
            data = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
            nonce, sealed = data[1 : 1 + NONCE], data[1 + NONCE :]
            if data[:1] != FORMAT:
                return None
            return AESGCM(self._derive(label)).decrypt(nonce, sealed, _bound(label, who))
        except (InvalidTag, binascii.Error, ValueError):
            return None


def _bound(label: bytes, who: Who) -> bytes:
    return label + joined(*(text(part) for part in who))
