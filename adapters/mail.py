"""A notice by e-mail, through the one mail server that is configured; for coaches only."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

import aiosmtplib

from adapters.delivery import UndeliveredError

if TYPE_CHECKING:
    from pathlib import Path

    from adapters.notices import Kind, Notice

SECONDS = 20.0

log = logging.getLogger("luwte.mail")


@dataclass(frozen=True, slots=True, repr=False)
class MailServer:
    """`encrypted` asks for STARTTLS and refuses to go on without it (RFC 3207).

    `authority` is a file with the certificates to trust, where the server has one of its own house.
    """

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    encrypted: bool = True
    authority: Path | None = None

    def __repr__(self) -> str:
        return "<mail server>"


class MailNotices:
    """Implements `adapters.notices.Sender`."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def send(self, tenant: str, to: str, kind: Kind, notice: Notice) -> None:
        """`to` is an e-mail address. Raises UndeliveredError; what the server said is not kept."""
        del tenant, kind
        message = EmailMessage()
        message["From"], message["To"] = self._server.sender, to
        message["Subject"] = "Luwte"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(notice.text + "\n")
        server = self._server
        trusted = ssl.create_default_context(cafile=server.authority)
        try:
            await aiosmtplib.send(
                message,
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                start_tls=server.encrypted,
                tls_context=trusted if server.encrypted else None,
                timeout=SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError):
            log.warning("mail_undelivered")
            raise UndeliveredError from None
