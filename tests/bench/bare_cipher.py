"""What the cipher alone costs: AES-256-GCM over a row of our size, opened once and sealed once.

    python -m tests.bench.bare_cipher TIMES    one JSON object

The key is at hand: nothing is derived, read or written.
"""

from __future__ import annotations

import json
import secrets
import sys
from dataclasses import asdict

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.bench.single import timed
from storage.sealing import SEALED

NONCE, TAG, MARK = 12, 16, 1


def main(times: int) -> None:
    cipher = AESGCM(secrets.token_bytes(32))
    plain = secrets.token_bytes(SEALED - NONCE - TAG - MARK)
    sealed = cipher.encrypt(bytes(NONCE), plain, None)

    def both_ways() -> None:
        cipher.decrypt(bytes(NONCE), sealed, None)
        cipher.encrypt(secrets.token_bytes(NONCE), plain, None)

    print(json.dumps(asdict(timed(both_ways, times))))


if __name__ == "__main__":
    main(int(sys.argv[1]))
