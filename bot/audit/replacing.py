"""Puts something else in the place of a function of the program, for as long as a test of it lasts."""

from __future__ import annotations

from contextlib import contextmanager
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def replaced(where: str, make: Callable[[Any], Any]) -> Iterator[None]:
    """`where` is `package.module:name` or `package.module:Class.name`; `make` gets the original.

    Raises LookupError where there is no such thing.
    """
    module, _, path = where.partition(":")
    holder, _, name = path.rpartition(".")
    try:
        owner = resolve_name(f"{module}:{holder}" if holder else module)
        own = name in vars(owner)
        original = getattr(owner, name)
    except (ImportError, AttributeError):
        raise LookupError(where) from None
    setattr(owner, name, make(original))
    try:
        yield
    finally:
        if own:
            setattr(owner, name, original)
        else:
            delattr(owner, name)
