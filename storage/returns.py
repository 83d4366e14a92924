"""Reply blocks: where to tell somebody that an answer is here, for server and coach together only.

The server seals the address under a key of the month; the person's card or letter carries that to
the coach; the coach's desk hands it back with an answer. The database with every key of the server
opens none, because it lies inside what only the coach opens; a coach opens none, because the inner
layer is the server's; and when the month's secret is destroyed, nobody does.
"""

from __future__ import annotations

import secrets
import struct
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from conversations.caseports import ReturnAddress
from storage import keys
from storage.errors import SealError
from storage.padding import padded, unpadded

if TYPE_CHECKING:
    from storage.casekeys import CaseKeys

LABEL = b"luwte/return/v1"
ROOM = 512
LONGEST = 440
_HEAD = struct.Struct(">cH16sI")
BLOCK = _HEAD.size + keys.NONCE + ROOM + 16
"""563 bytes."""


def make(server: CaseKeys, case: bytes, last_week: int, to: ReturnAddress) -> bytes:
    """A block for this case, good until the end of that week. Raises SealError for a long address."""
    tag, epoch, key = server.month(to.platform, to.tenant)
    head = _HEAD.pack(keys.FORMAT, epoch, tag, last_week)
    content = keys.joined(keys.text(to.platform), keys.text(to.tenant), to.to)
    if len(to.to) > LONGEST:
        raise SealError("too_long")
    nonce = secrets.token_bytes(keys.NONCE)
    sealed = AESGCM(_key(key)).encrypt(nonce, padded(content, ROOM), LABEL + case + head)
    return head + nonce + sealed


def opened(server: CaseKeys, case: bytes, block: bytes, week: int) -> ReturnAddress | None:
    """Where it leads; None when it is of another case, too old, changed, or its month is gone."""
    if len(block) != BLOCK:
        return None
    form, epoch, tag, last_week = _HEAD.unpack_from(block)
    key = server.month_of(tag, epoch)
    if form != keys.FORMAT or last_week < week or key is None:
        return None
    head, rest = block[: _HEAD.size], block[_HEAD.size :]
    try:
        content = AESGCM(_key(key)).decrypt(
            rest[: keys.NONCE], rest[keys.NONCE :], LABEL + case + head
        )
        platform, tenant, to = keys.parts(unpadded(content))
    except (InvalidTag, SealError, ValueError):
        return None
    return ReturnAddress(platform.decode(), tenant.decode(), to)


def _key(epoch_key: bytes) -> bytes:
    return HKDFExpand(hashes.SHA256(), keys.SECRET, LABEL).derive(epoch_key)
