"""One keep-alive connection to the server. Small, because the load client shares its two cores."""

import asyncio
import json
from dataclasses import dataclass
from urllib.parse import urlsplit


class NoAnswer(Exception):
    """The request may have arrived and taken effect, or not."""


class NotSent(NoAnswer):
    """There was no connection: nothing can have taken effect."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Connection:
    """Sends one request at a time, and connects anew when it must."""

    def __init__(self, base: str, timeout: float = 15):
        parts = urlsplit(base)
        self.host, self.port = parts.hostname, parts.port or 80
        self.timeout = timeout
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, method: str, path: str, body: dict | None = None, cookie: str = "") -> Answer:
        """Raises NoAnswer, NotSent when it is sure."""
        try:
            async with asyncio.timeout(self.timeout):
                reader, writer = await self.connected()
                writer.write(self.encode(method, path, body, cookie))
                return await self.receive(reader)
        except NotSent:
            raise
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError) as error:
            self.close()
            raise NoAnswer(f"{type(error).__name__} {error}") from error

    async def connected(self):
        if self.streams is None:
            try:
                self.streams = await asyncio.open_connection(self.host, self.port)
            except OSError as error:
                raise NotSent(str(error)) from error
        return self.streams

    def encode(self, method: str, path: str, body: dict | None, cookie: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if cookie:
            lines.append(f"Cookie: {cookie}")
        content = b"" if body is None else json.dumps(body).encode()
        if body is not None:
            lines.append("Content-Type: application/json")
        if method != "GET":
            lines.append(f"Content-Length: {len(content)}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + content

    async def receive(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            # Several cookies come in as many fields.
            earlier = headers.get(name.lower())
            headers[name.lower()] = f"{earlier}\n{value.strip()}" if earlier else value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body)

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None
