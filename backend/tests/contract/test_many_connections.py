"""Section 6 of the security reference: slow clients and many idle ones do not get in the way of others."""

import os
import resource
import select
import time
from contextlib import ExitStack

import pytest

from support.host import RAISED_LIMITS
from support.raw import connect, statuses

# No database is asked here, so once is enough.
pytestmark = pytest.mark.skipif(
    os.environ.get("TMS_TEST_ENGINE") != "sqlite", reason="the same as on SQLite"
)
IDLE = 10_000
SLOW = 300
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def allow_descriptors(number: int) -> None:
    """Raises what this process may open, which the server inherits; skips where nobody may."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < number:
        pytest.skip(f"this machine allows {hard} open files a process, and {number} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))


def resident_kib(host) -> int:
    with open(f"/proc/{host.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def ask(connection) -> None:
    connection.sendall(GET)
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(4096)
        assert part, "the server closed the connection"
        answer += part
    assert answer.startswith(b"HTTP/1.1 200 ")


def worst_of(base: str, number: int = 200) -> float:
    """The 99th percentile of a whole call on a new connection, in seconds."""
    times = []
    for _ in range(number):
        begin = time.perf_counter()
        with connect(base) as one:
            ask(one)
        times.append(time.perf_counter() - begin)
    return sorted(times)[number * 99 // 100]


def test_ten_thousand_idle_connections_cost_little_and_stay_usable(start):
    allow_descriptors(IDLE + 1000)
    host = start({**RAISED_LIMITS, "TMS_MAX_CONNECTIONS_PER_ADDRESS": "0", "TMS_KEEP_ALIVE_TIMEOUT": "600s",
                  "TMS_MAX_CONNECTIONS": "12000", "TMS_LOG_LEVEL": "warn"}).host
    worst_of(host.base)
    before = resident_kib(host)
    with ExitStack() as all_of_them:
        idle = []
        for _ in range(IDLE):
            idle.append(all_of_them.enter_context(connect(host.base)))
            ask(idle[-1])
        each = (resident_kib(host) - before) / IDLE
        slowest = worst_of(host.base)
        print(f"{IDLE} idle connections: {each:.1f} KiB each, then p99 of a new one {slowest * 1000:.1f} ms")
        assert each <= 16
        assert slowest < 1
        for one in idle:
            ask(one)


SLOWLY = {
    "heads": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "bodies": b"POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              b"Content-Length: 60000\r\n\r\n{",
    "chunks": b"POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              b"Transfer-Encoding: chunked\r\n\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("begin", SLOWLY.values(), ids=SLOWLY.keys())
def test_slow_clients_are_closed_in_time_and_hinder_nobody(start, begin):
    """A byte now and then does not prolong a deadline (slowloris, slow post)."""
    allow_descriptors(4 * SLOW)
    host = start({**RAISED_LIMITS, "TMS_HEAD_TIMEOUT": "2s", "TMS_FIRST_HEAD_TIMEOUT": "2s", "TMS_BODY_TIMEOUT": "2s"}).host
    with ExitStack() as all_of_them:
        slow = [all_of_them.enter_context(connect(host.base)) for _ in range(SLOW)]
        for one in slow:
            one.sendall(begin)
        assert worst_of(host.base, 100) < 1
        open_ones, answers, deadline = set(slow), dict.fromkeys(slow, b""), time.monotonic() + 20
        while open_ones:
            assert time.monotonic() < deadline, f"{len(open_ones)} of {SLOW} are still open"
            readable, _, _ = select.select(list(open_ones), [], [], 0.2)
            for one in readable:
                part = receive(one)
                answers[one] += part
                if not part:
                    open_ones.discard(one)
            for one in open_ones - set(readable):
                trickle(one, begin)
    for answer in answers.values():
        assert all(status in (400, 408) for status in statuses(answer))


def receive(connection) -> bytes:
    try:
        return connection.recv(4096)
    except ConnectionResetError:
        return b""


def trickle(connection, begin: bytes) -> None:
    try:
        connection.sendall(b"1\r\nx\r\n" if b"chunked" in begin else b"x" if begin else b"")
    except (BrokenPipeError, ConnectionResetError):
        pass
