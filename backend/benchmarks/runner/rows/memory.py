"""Resident memory: idle, with busy and with idle connections."""

import contextlib
import resource
import socket
import time
from pathlib import Path

from runner.bench import Bench
from runner.measure import Row
from runner.processes import Failed
from runner.rows.mixed import Sampler
from runner.server import Server
from runner.wrk import wrk

# Descriptors of this program that are no connections.
RESERVED = 100


def memory(bench: Bench) -> list[Row]:
    amounts = bench.amounts
    raise_descriptor_limit(amounts.idle_connections)
    with bench.data() as data:
        tokens = data.tokens()
        bench.say("idle")
        with Server(data.folder) as server:
            server.get("/api/tasks", tokens[0])
            time.sleep(0.5)
            idle = server.memory()
        bench.say(f"{amounts.busy_connections:,} busy connections")
        file = data.gets("lists", [(token, "/api/tasks") for token in tokens])
        with Server(data.folder) as server, Sampler(server) as sampler:
            wrk(server.port, "get", file, amounts.seconds, connections=amounts.busy_connections)
        busy = max(sampler.samples)
        bench.say(f"{amounts.idle_connections:,} idle connections")
        # None shall end while the others are opened, however slow the machine is.
        with Server(data.folder, TMS_KEEP_ALIVE_TIMEOUT="10m") as server, \
                idle_connections(server.port, amounts.idle_connections, tokens):
            time.sleep(0.5)
            require_open(server, amounts.idle_connections)
            waiting = server.memory()
    return [
        Row("memory_idle", "memory (Rss) idle, after one request", "MB", [idle], 30, at_most=True),
        Row("memory_busy", f"memory with {amounts.busy_connections:,} busy connections", "MB", [busy], 80, at_most=True,
            note="the largest of ten samples a second"),
        Row("memory_waiting", f"memory with {amounts.idle_connections:,} idle connections", "MB", [waiting], 200,
            at_most=True, note="each has read its list once"),
    ]


def raise_descriptor_limit(connections: int) -> None:
    """For this program; the server inherits it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < connections + RESERVED:
        raise Failed(f"the limit of open files is {most}; {connections} connections need more (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def require_open(server: Server, connections: int) -> None:
    descriptors = len(list(Path(f"/proc/{server.pid}/fd").iterdir()))
    if descriptors < connections:
        raise Failed(f"the server has {descriptors} descriptors open, so not all {connections} connections")


@contextlib.contextmanager
def idle_connections(port: int, count: int, tokens: list[str]):
    """So many connections that each have read a list and stay open."""
    with contextlib.ExitStack() as stack:
        for index in range(count):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            read_list(connection, tokens[index % len(tokens)])
        yield


def read_list(connection: socket.socket, token: str) -> None:
    request = f"GET /api/tasks HTTP/1.1\r\nHost: localhost\r\nCookie: tms_session={token}\r\n\r\n"
    connection.sendall(request.encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += received(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise Failed(f"a list was answered with {head[:80]!r}")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += received(connection)


def received(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise Failed("the server closed a connection")
    return data
