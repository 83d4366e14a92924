"""A mail server on loopback: takes messages, with STARTTLS where it has a certificate, or refuses them."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator


class MailHost:
    """As much of an SMTP server as takes one message, with STARTTLS if it has a certificate."""

    def __init__(self, context: ssl.SSLContext | None, *, refuses: bool = False) -> None:
        self.context, self.refuses = context, refuses
        self.down = False
        self.mails: list[str] = []
        self.encrypted: list[bool] = []
        self.port = 0
        self.busy: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[MailHost]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await asyncio.gather(*self.busy, return_exceptions=True)
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.busy.add(task)
        try:
            await self._talk(reader, writer)
        except OSError:
            writer.transport.abort()
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.down:
            writer.transport.abort()
            return
        writer.write(b"220 host\r\n")
        secure = False
        while line := (await reader.readline()).decode().strip():
            verb = line.split()[0].upper()
            if verb == "EHLO":
                offers = "250-host\r\n250 STARTTLS" if self.context and not secure else "250 host"
                writer.write(f"{offers}\r\n".encode())
            elif verb == "STARTTLS" and self.context is not None:
                writer.write(b"220 go\r\n")
                await writer.drain()
                await writer.start_tls(self.context)
                secure = True
            elif verb == "DATA":
                writer.write(b"354 go\r\n")
                taken = await reader.readuntil(b"\r\n.\r\n")
                self.mails.append(taken.decode())
                self.encrypted.append(secure)
                writer.write(b"250 taken\r\n")
            elif verb == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                no = self.refuses and verb == "RCPT"
                writer.write(b"550 no such box\r\n" if no else b"250 fine\r\n")
        await writer.drain()
