"""The passphrase of a desk: made by chance, and replaced by another one while the desk is open."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from conversations.passphrase import COUNT, SYMBOLS
from storage import casekeys, coachrows
from storage.errors import SealError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.casekeys import CaseKeys

NOW, NEXT = 0, 1
"""In a desk's ticket, where a lock's has the month: what opens the desk, and what is to open it."""


def drawn() -> str:
    """13 symbols."""
    return "".join(secrets.choice(SYMBOLS) for _ in range(COUNT))


def exchanged(
    keys: CaseKeys, desk: bytes, before: bytes, after: bytes, connection: Connection
) -> tuple[bytes, bytes] | None:
    """Seal the private key anew; the coach's id and that key.

    `before` and `after` are what Argon2id made of the passphrases. None where the desk does not open
    with the first of them, or was sealed anew by somebody who was faster; then nothing is changed.
    """
    row = coachrows.by_locator(connection, keys, casekeys.desk_locator(desk))
    if row is None:
        return None
    try:
        private = casekeys.open_desk(desk, casekeys.behind_passphrase(desk, before), row.desk)
    except SealError:
        return None
    sealed = casekeys.seal_desk(desk, casekeys.behind_passphrase(desk, after), private)
    changed = coachrows.resealed(connection, row.id, row.desk, sealed)
    return (row.id, private) if changed else None
