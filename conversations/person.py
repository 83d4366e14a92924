"""Whose turn it is, as far as anything behind the adapters may know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where a person's row lies in one epoch, and the key that opens it.

    `epoch` counts months since January 1970; `locator` is 16 bytes, `key` 32 bytes (AES-256).
    """

    epoch: int
    locator: bytes
    key: bytes

    def __repr__(self) -> str:
        return "<place>"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Derived from an incoming event, dropped when the event is handled; never stored, never shown.

    `places` go from the newest epoch to the oldest that may still hold a row. A row is written in
    `home` only, the place of the present epoch; it is never moved to an older one.

    `beside` are other places of the same person, whose rows are erased along and never opened.
    """

    home: Place
    places: tuple[Place, ...]
    beside: tuple[Place, ...] = ()

    def __repr__(self) -> str:
        return "<person>"
