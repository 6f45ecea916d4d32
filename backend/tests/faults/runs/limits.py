"""Too few descriptors, too little memory."""

import asyncio
import resource
import socket
import time

from judge.http_client import Connection
from rig.scene import Scene, scene, served, since, wait_for

DESCRIPTORS = 64
CONNECTS = 1000
BACK_WITHIN = 1.0


def descriptors() -> str:
    """`prlimit --nofile=64` and a thousand clients that connect and say nothing."""
    with scene("sqlite", wrapper=["prlimit", f"--nofile={DESCRIPTORS}:{DESCRIPTORS}"]) as one:
        return asyncio.run(exhaust_descriptors(one))


async def exhaust_descriptors(one: Scene) -> str:
    host, port = one.server.base.removeprefix("http://").split(":")
    async with one.under_load(writers=8, readers=1) as load:
        await asyncio.sleep(0.5)
        idle = []
        for _ in range(CONNECTS):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex((host, int(port)))
            idle.append(client)
        began = time.monotonic()
        await asyncio.sleep(1.5)
        # The clients that were there first are served by their connections.
        during = since(load.outcomes, began)
        assert sum(served(outcome) for outcome in during) > 20, "nobody is served beside idle connections"
        for client in idle:
            client.close()
        freed = time.monotonic()
        await wait_for(lambda: one.server.ready(), 10, "a new connection after the crowd has gone")
        back = time.monotonic() - freed
    busy = await idle_and_crowded(one, host, int(port))
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    assert back <= BACK_WITHIN, f"accepts again only after {back:.1f} s"
    assert busy < 0.2, f"spins: {busy:.0%} of a core"
    return f"{CONNECTS} connects with {DESCRIPTORS} descriptors, accepts again after {back:.2f} s, {busy:.0%} of a core meanwhile; {verdict}"


async def idle_and_crowded(one: Scene, host: str, port: int) -> float:
    """The share of a core that the server takes while the crowd waits and nobody asks anything."""
    idle = []
    for _ in range(200):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex((host, port))
        idle.append(client)
    await asyncio.sleep(0.3)
    before = processor_seconds(one.server.process.pid)
    await asyncio.sleep(2)
    busy = (processor_seconds(one.server.process.pid) - before) / 2
    for client in idle:
        client.close()
    return busy


def processor_seconds(pid: int) -> float:
    fields = open(f"/proc/{pid}/stat").read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def memory() -> str:
    """The program gets no byte more than it has, while a crowd comes with large requests."""
    with scene("sqlite") as one:
        return asyncio.run(exhaust_memory(one))


async def exhaust_memory(one: Scene) -> str:
    pid = one.server.process.pid
    async with one.under_load(writers=16, readers=4) as load:
        await asyncio.sleep(1)
        # Not RLIMIT_AS: glibc has reserved more of that than it will ever need.
        unlimited = resource.prlimit(pid, resource.RLIMIT_DATA)
        resource.prlimit(pid, resource.RLIMIT_DATA, (memory_in_use(pid), unlimited[1]))
        crowd = [asyncio.create_task(greedy(one)) for _ in range(200)]
        statuses = [status for batch in await asyncio.gather(*crowd) for status in batch]
        ended = one.server.process.poll() is not None
        lifted = time.monotonic()
        if ended:
            # Not every thread outlives it; then the service manager starts it again.
            await asyncio.to_thread(one.server.start)
        else:
            resource.prlimit(pid, resource.RLIMIT_DATA, unlimited)
        await wait_for(one.server.ready, 5, "a new connection when there is memory again")
        back = time.monotonic() - lifted
        await wait_for(lambda: any(served(outcome) for outcome in since(load.outcomes, lifted)), 5, "a call")
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    refused = sum(status >= 500 for status in statuses)
    unanswered = sum(status == 0 for status in statuses)
    assert refused + unanswered > 0, "there was memory enough: the fault was none"
    return (f"{len(statuses)} greedy requests, {refused} refused, {unanswered} without an answer, "
            f"{'the server ended and was started again' if ended else 'the server lives'}, accepts again after {back:.2f} s; {verdict}")


async def greedy(one: Scene) -> list[int]:
    """Bodies of nearly 64 KB that are refused after they were read."""
    connection, statuses = Connection(one.server.base, 3), []
    for _ in range(5):
        try:
            answer = await connection.call(
                "POST", "/api/tasks", {"description": "x" * 60_000}, one.people[0].cookie)
            statuses.append(answer.status)
        except Exception:  # noqa: BLE001: no answer is an outcome, too
            statuses.append(0)
    connection.close()
    return statuses


def memory_in_use(pid: int) -> int:
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmData:"):
            return int(line.split()[1]) << 10
    raise AssertionError("no VmData")
