"""What must hold while something that the server needs is away, and afterwards."""

import asyncio
import time
from dataclasses import dataclass, field

from judge.http_client import Connection, NoAnswer
from judge.load import Load, Outcome
from rig.scene import Scene, percentile, served, since, wait_for

# The promises of docs/operations.md.
REFUSED_WITHIN = 3.0
BACK_WITHIN = 2.0
HEALTH_WITHIN = 0.05


@dataclass
class Watch:
    """Asks /healthz, /readyz and the page all the time, and keeps the answers."""

    base: str
    outcomes: list[Outcome] = field(default_factory=list)
    # How much later than asked for this very loop was woken: what the machine, not the server, adds.
    own_delays: list[float] = field(default_factory=list)
    running: bool = True

    async def run(self) -> None:
        connection = Connection(self.base)
        while self.running:
            for kind, path in (("health", "/healthz"), ("ready", "/readyz")):
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


@dataclass
class Numbers:
    """Of one run, over all its outages."""

    outages: int = 0
    back_after: list[float] = field(default_factory=list)
    refused: int = 0
    slowest_refusal: float = 0.0
    slowest_served: float = 0.0
    health: list[float] = field(default_factory=list)
    own_delays: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return (f"{self.outages} outages, {self.refused} refused with 503 within {self.slowest_refusal:.2f} s, "
                f"served within {self.slowest_served:.2f} s, first success {max(self.back_after):.2f} s after the end "
                f"at most, /healthz p99 {percentile(self.health, 0.99) * 1000:.0f} ms "
                f"(the judge's own delay {percentile(self.own_delays, 0.99) * 1000:.0f} ms)")


async def back(load: Load, ended: float, numbers: Numbers) -> None:
    """Waits for the first write that began after the end of the outage and was served."""
    def first() -> list[Outcome]:
        return [one for one in since(load.outcomes[-5000:], ended) if served(one) and one.kind != "read"]

    await wait_for(first, 20, "a write after the outage")
    numbers.outages += 1
    numbers.back_after.append(min(one.ended for one in first()) - ended)


async def end(one: Scene, load: Load, watch: Watch, watching: asyncio.Task, numbers: Numbers) -> None:
    watch.running = False
    await watching
    assert one.server.process.poll() is None, f"the server ended:\n{one.server.log_tail()}"
    judge_answers(load.outcomes, numbers)
    numbers.health = [health.ended - health.began for health in watch.outcomes if health.kind == "health"]
    numbers.own_delays = watch.own_delays
    assert all(served(health) for health in watch.outcomes if health.kind == "health"), "/healthz failed"


def judge_answers(outcomes: list[Outcome], numbers: Numbers) -> None:
    """Served, or 503 with Retry-After in time; 404 is what a change of a task in doubt may get."""
    for outcome in outcomes:
        took = outcome.ended - outcome.began
        if outcome.status == 503:
            numbers.refused += 1
            numbers.slowest_refusal = max(numbers.slowest_refusal, took)
            assert outcome.retry_after, "503 without Retry-After"
        else:
            assert served(outcome) or outcome.status == 404, f"{outcome.kind} was answered {outcome.status} after {took:.1f} s"
            numbers.slowest_served = max(numbers.slowest_served, took)


def judge_times(numbers: Numbers) -> None:
    # A call takes two wake-ups of ours and two of the server's: what the machine adds.
    own = 4 * percentile(numbers.own_delays, 0.99)
    health, slowest_return = percentile(numbers.health, 0.99), max(numbers.back_after)
    beyond = f"beyond the machine's own {own:.2f} s"
    assert numbers.slowest_refusal <= REFUSED_WITHIN + own, f"refused only after {numbers.slowest_refusal:.1f} s, {beyond}"
    assert slowest_return <= BACK_WITHIN + own, f"back only after {slowest_return:.1f} s, {beyond}"
    assert health <= HEALTH_WITHIN + own, f"/healthz p99 {health:.3f} s, {beyond}"
