"""The settings of the mail server through which coaches get their notices, where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.environment import Secret, number, secret, text
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.mail import MailServer

SUBMISSION = 587
"""The port of message submission (RFC 6409)."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def mail(env: Mapping[str, str]) -> MailServer | None:
    """None where no server is named. Raises SettingsError for half a configuration.

    Without encryption a server is spoken to on this machine only.
    """
    host, sender = text(env, "LUWTE_SMTP_HOST"), text(env, "LUWTE_SMTP_FROM")
    user, password = text(env, "LUWTE_SMTP_USER"), secret(env, "LUWTE_SMTP_PASSWORD")
    if host is None:
        if sender or user or password:
            raise SettingsError("LUWTE_SMTP_HOST is missing: the mail server for coaches' notices")
        return None
    if sender is None or "@" not in sender:
        raise SettingsError("LUWTE_SMTP_FROM is missing: the address from which notices are sent")
    if (user is None) != (password is None):
        raise SettingsError("set both LUWTE_SMTP_USER and LUWTE_SMTP_PASSWORD, or neither")
    from adapters.mail import MailServer

    return MailServer(
        host=host,
        port=number(env, "LUWTE_SMTP_PORT", SUBMISSION, low=1, high=65_535),
        sender=sender,
        user=user,
        password=_revealed(password),
        encrypted=host not in LOOPBACK,
        authority=_authority(env),
    )


def _revealed(password: Secret | None) -> str | None:
    return None if password is None else password.reveal()


def _authority(env: Mapping[str, str]) -> Path | None:
    given = text(env, "LUWTE_SMTP_CA")
    if given is None:
        return None
    path = Path(given)
    if not path.is_file():
        raise SettingsError("LUWTE_SMTP_CA names a file that is not there")
    return path
