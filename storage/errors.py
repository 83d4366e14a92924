"""What can go wrong with keys and sealed rows.

conversations.errors.StoreError
├── KeysError    the key material cannot be used; says what to do about it
└── SealError    a row cannot be sealed or opened; says nothing about what is in it
"""

from __future__ import annotations

from conversations.errors import StoreError


class KeysError(StoreError):
    """A key cannot be used. `code` is short and stable, `remedy` a sentence for the operator."""

    def __init__(self, code: str, remedy: str) -> None:
        super().__init__(f"{code}: {remedy}", "keys")
        self.code, self.remedy = code, remedy


class SealError(StoreError):
    """The text is `unopened` or `too_long`."""
