"""Bytes on a socket, for what no client library would send."""

import socket
from urllib.parse import urlsplit


def connect(base: str, seconds: float = 10) -> socket.socket:
    where = urlsplit(base)
    return socket.create_connection((where.hostname, where.port), timeout=seconds)


def talk(base: str, sent: bytes) -> list[int]:
    """Sends all of it, ends the sending side, and gives the statuses of all answers until the host
    closes. Fails when it does not close, or answers with something that is no HTTP."""
    with connect(base) as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has seen enough
        return statuses(received(connection))


def received(connection: socket.socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def statuses(answers: bytes) -> list[int]:
    found = []
    while answers:
        head, end, rest = answers.partition(b"\r\n\r\n")
        version, status, _ = head.split(b" ", 2)
        assert end and version == b"HTTP/1.1", answers[:200]
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        found.append(int(status))
        if found[-1] == 100:
            answers = rest
        else:
            answers = rest[int(fields.get(b"content-length", b"0")):]
    return found
