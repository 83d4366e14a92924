"""Reads single settings from the environment, secrets also from files (`NAME_FILE`)."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Secret:
    """A value that prints as `<secret>`; `reveal` is called where it is used and nowhere else."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "<secret>"

    def reveal(self) -> str:
        return self._value


def text(env: Mapping[str, str], name: str) -> str | None:
    """The value, or None where it is not set or empty."""
    return env.get(name, "").strip() or None


def secret(env: Mapping[str, str], name: str) -> Secret | None:
    """From `NAME`, or from the file that `NAME_FILE` names. Raises SettingsError for both or neither's file."""
    value, path = text(env, name), text(env, f"{name}_FILE")
    if value and path:
        raise SettingsError(f"{name} and {name}_FILE are both set: keep one of them")
    if path is None:
        return Secret(value) if value else None
    try:
        read = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{name}_FILE names a file that cannot be read") from None
    if not read:
        raise SettingsError(f"{name}_FILE names an empty file")
    return Secret(read)


def number(env: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between `low` and `high`."""
    given = text(env, name)
    if given is None:
        return default
    if not given.isdecimal() or not low <= int(given) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}")
    return int(given)


def public_url(env: Mapping[str, str], name: str) -> str | None:
    """An https address without path, at which others reach this server."""
    given = text(env, name)
    if given is None:
        return None
    parts = urlsplit(given)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingsError(f"{name} must be an https address without a path: https://HOST")
    return given.rstrip("/")


def loopback_url(env: Mapping[str, str], name: str) -> str | None:
    """An address that stands in for a platform's own, on this machine only: an emulator, a test."""
    given = text(env, name)
    if given is None:
        return None
    host = urlsplit(given).hostname or ""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if urlsplit(given).scheme not in ("http", "https") or not local:
        raise SettingsError(f"{name} must be a http address on this machine (127.0.0.1)")
    return given
