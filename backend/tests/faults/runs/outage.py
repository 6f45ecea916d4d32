"""What must hold while something that the server needs is away, and afterwards."""

import asyncio
import re
import time
from dataclasses import dataclass, field

from judge.http_client import Connection, NoAnswer
from judge.load import Load, Outcome
from rig.scene import Scene, percentile, served, since, wait_for

# The promises of docs/operations.md.
REFUSED_WITHIN = 3.0
BACK_WITHIN = 2.0
WITHOUT_DATABASE_WITHIN = 0.05

# What needs no database. The asset is the page's stylesheet, named in index.html: the script is so large
# that reading it takes this judge many wake-ups.
WITHOUT_DATABASE = {"health": "/healthz", "page": "/", "asset": None}


@dataclass
class Watch:
    """Asks what needs no database, and /readyz, all the time, and keeps the answers. Without `site` it
    only measures how late this machine is."""

    base: str
    site: bool = True
    outcomes: list[Outcome] = field(default_factory=list)
    # How much later than asked for this very loop was woken: what the machine, not the server, adds.
    own_delays: list[float] = field(default_factory=list)
    running: bool = True

    async def run(self) -> None:
        connection = Connection(self.base)
        paths = await self.paths(connection) if self.site else {}
        while self.running:
            for kind, path in paths.items():
                began = time.monotonic()
                try:
                    answer = await connection.call("GET", path)
                    self.outcomes.append(Outcome(kind, began, time.monotonic(), answer.status))
                except NoAnswer:
                    self.outcomes.append(Outcome(kind, began, time.monotonic(), 0))
            asked = time.monotonic()
            await asyncio.sleep(0.05)
            self.own_delays.append(time.monotonic() - asked - 0.05)
        connection.close()

    async def paths(self, connection: Connection) -> dict[str, str]:
        index = (await connection.call("GET", "/")).body.decode()
        style = re.search(r'href="(/assets/[^"]+\.css)"', index)
        assert style, f"the page was not built: {index[:300]!r}"
        return {**WITHOUT_DATABASE, "asset": style[1], "ready": "/readyz"}

    async def end(self, watching: asyncio.Task, numbers: "Numbers") -> None:
        self.running = False
        await watching
        numbers.own_delays = self.own_delays
        for kind in WITHOUT_DATABASE if self.site else ():
            asked = [one for one in self.outcomes if one.kind == kind]
            bad = [one.status for one in asked if not served(one)]
            assert asked and not bad, f"{kind} was answered {bad[:3]}"
            numbers.without_database.setdefault(kind, []).extend(one.ended - one.began for one in asked)


@dataclass
class Numbers:
    """Of one run, over all its outages."""

    outages: int = 0
    back_after: list[float] = field(default_factory=list)
    refused: int = 0
    slowest_refusal: float = 0.0
    slowest_served: float = 0.0
    # By what was asked for.
    without_database: dict[str, list[float]] = field(default_factory=dict)
    own_delays: list[float] = field(default_factory=list)
    slowest_note: float = 0.0

    def __str__(self) -> str:
        others = ", ".join(f"{kind} {percentile(times, 0.99) * 1000:.0f}" for kind, times in self.without_database.items())
        return (f"{self.outages} outages, {self.refused} refused with 503 within {self.slowest_refusal:.2f} s, "
                f"served within {self.slowest_served:.2f} s, first success {max(self.back_after):.2f} s after the end "
                f"at most, {f'p99 in ms: {others} ' if others else ''}(the judge's own delay "
                f"{percentile(self.own_delays, 0.99) * 1000:.0f} ms, its disk's {self.slowest_note * 1000:.0f} ms)")


async def back(load: Load, ended: float, numbers: Numbers) -> None:
    """Waits for the first write that began after the end of the outage and was served."""
    def first() -> list[Outcome]:
        return [one for one in since(load.outcomes[-5000:], ended) if served(one) and one.kind != "read"]

    await wait_for(first, 20, "a write after the outage")
    numbers.outages += 1
    numbers.back_after.append(min(one.ended for one in first()) - ended)


async def end(one: Scene, load: Load, watch: Watch, watching: asyncio.Task, numbers: Numbers) -> None:
    await watch.end(watching, numbers)
    assert one.server.process.poll() is None, f"the server ended:\n{one.server.log_tail()}"
    judge_answers(load, numbers)


def judge_answers(load: Load, numbers: Numbers) -> None:
    """Served, or 503 with Retry-After in time; 404 is what a change of a task in doubt may get."""
    numbers.slowest_note = max(numbers.slowest_note, load.journal.slowest)
    for outcome in load.outcomes:
        took = outcome.ended - outcome.began
        if outcome.status == 503:
            numbers.refused += 1
            numbers.slowest_refusal = max(numbers.slowest_refusal, took)
            assert outcome.retry_after, "503 without Retry-After"
        else:
            assert served(outcome) or outcome.status == 404, f"{outcome.kind} was answered {outcome.status} after {took:.1f} s"
            numbers.slowest_served = max(numbers.slowest_served, took)


def judge_times(numbers: Numbers, refused_within: float = REFUSED_WITHIN, back_within: float = BACK_WITHIN) -> None:
    # A call takes two wake-ups of ours and two of the server's: what the machine adds.
    own = 4 * percentile(numbers.own_delays, 0.99)
    # A write is in our journal before it is sent, and in the database's before it is answered: nobody
    # is back before the disk is.
    slowest_return, disk = max(numbers.back_after), 2 * numbers.slowest_note
    beyond = f"beyond the machine's own {own:.2f} s"
    assert numbers.slowest_refusal <= refused_within + own, f"refused only after {numbers.slowest_refusal:.1f} s, {beyond}"
    assert slowest_return <= back_within + own + disk, f"back only after {slowest_return:.1f} s, {beyond} and its disk's {disk:.2f} s"
    # The server's log shares that disk. In a short run p99 is the slowest of all, and once is no rate.
    for kind, times in numbers.without_database.items():
        slow = percentile(sorted(times)[:-1], 0.99)
        assert slow <= WITHOUT_DATABASE_WITHIN + own + disk, f"{kind} p99 {slow:.3f} s, {beyond} and its disk's {disk:.2f} s"
