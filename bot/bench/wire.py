"""HTTP/1.1 as little as a load generator needs of it, so that it costs less than what it measures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

END = b"\r\n\r\n"
LOCALHOST = "127.0.0.1"


def request(path: str, body: bytes, headers: str) -> bytes:
    """A POST; `headers` are lines that end in CRLF."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Reader(asyncio.Protocol):
    """Cuts what arrives into messages with a Content-Length; chunked ones are not for us."""

    def __init__(self) -> None:
        self._held = bytearray()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        while True:
            end = self._held.find(END)
            if end < 0:
                return
            head = bytes(self._held[:end])
            length = _length(head)
            start = end + len(END)
            if len(self._held) < start + length:
                return
            body = bytes(self._held[start : start + length])
            del self._held[: start + length]
            self.received(head, body)

    def received(self, head: bytes, body: bytes) -> None:
        """One whole message."""
        raise NotImplementedError


def _length(head: bytes) -> int:
    low = head.lower()
    at = low.find(b"content-length:")
    if at < 0:
        return 0
    return int(low[at + 15 :].split(b"\r\n", 1)[0])


class Line(_Reader):
    """A connection on which one request after another is made."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    @classmethod
    async def open(cls, port: int) -> Line:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(cls, LOCALHOST, port)
        return line

    async def send(self, raw: bytes) -> tuple[int, bytes]:
        """Status and body. Raises ConnectionError when the other side hung up."""
        if self.transport is None or self.transport.is_closing():
            raise ConnectionResetError
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(raw)
        return await self._answer

    def received(self, head: bytes, body: bytes) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError())

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()


class Stub(_Reader):
    """The platform's side: `answer` gets method and path, and the body; `delay` in seconds."""

    def __init__(self, answer: Callable[[str, bytes], bytes], delay: float = 0.0) -> None:
        super().__init__()
        self._told, self._delay = answer, delay

    def received(self, head: bytes, body: bytes) -> None:
        method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
        raw = self._told(f"{method} {path}", body)
        whole = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % len(raw)
        ) + raw
        if self._delay:
            asyncio.get_running_loop().call_later(self._delay, self._write, whole)
        else:
            self._write(whole)

    def _write(self, whole: bytes) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(whole)


async def listen(stub: Callable[[], Stub]) -> tuple[asyncio.Server, int]:
    """A server on a free port of this machine, and the port."""
    server = await asyncio.get_running_loop().create_server(stub, LOCALHOST, 0, backlog=1_024)
    port: int = server.sockets[0].getsockname()[1]
    return server, port
