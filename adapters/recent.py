"""A bounded memory of the last minutes, in this process only."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `most` values, none older than `seconds` by `clock`."""

    def __init__(self, clock: Callable[[], float], seconds: float, most: int) -> None:
        self._clock, self._seconds, self._most = clock, seconds, most
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def put(self, key: K, value: V) -> None:
        self._kept.pop(key, None)
        self._kept[key] = (self._clock(), value)
        self._forget()

    def get(self, key: K) -> V | None:
        self._forget()
        kept = self._kept.get(key)
        return None if kept is None else kept[1]

    def drop(self, key: K) -> None:
        self._kept.pop(key, None)

    def __iter__(self) -> Iterator[K]:
        self._forget()
        return iter(list(self._kept))

    def __len__(self) -> int:
        self._forget()
        return len(self._kept)

    def let_go(self) -> None:
        """Forget what is too old, without being asked for anything."""
        self._forget()

    def oldest_for(self) -> float | None:
        """Seconds until the oldest value is too old; None where there is none."""
        if not self._kept:
            return None
        put, _ = next(iter(self._kept.values()))
        return max(0.0, put + self._seconds - self._clock())

    def _forget(self) -> None:
        limit = self._clock() - self._seconds
        while self._kept:
            put, _ = next(iter(self._kept.values()))
            if put > limit and len(self._kept) <= self._most:
                return
            self._kept.popitem(last=False)
