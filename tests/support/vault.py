"""A vault in memory, for whoever tests what is kept in it and not how."""

from __future__ import annotations


class MemoryVault:
    """Implements `conversations.ports.Vault`; `errors` are raised first, one for each call."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.errors: list[Exception] = []

    async def get(self, label: str) -> bytes | None:
        self._fail()
        return self.kept.get(label)

    async def put(self, label: str, value: bytes | None) -> None:
        self._fail()
        if value is None:
            self.kept.pop(label, None)
        else:
            self.kept[label] = value

    def _fail(self) -> None:
        if self.errors:
            raise self.errors.pop(0)
