"""Eight reads to two writes for minutes."""

import statistics
import threading

from runner.amounts import CONNECTIONS
from runner.bench import Bench
from runner.measure import Row
from runner.server import Server
from runner.wrk import wrk


def mixed_load(bench: Bench) -> list[Row]:
    seconds = bench.amounts.mixed_seconds
    with bench.data() as data, Server(data.folder) as server:
        bench.say(f"{seconds} s of 8 reads to 2 writes, {CONNECTIONS} connections as fast as they can")
        with Sampler(server) as sampler:
            load = wrk(server.port, "mixed", data.people, seconds, errors_allowed=True)
    # The first fifth fills caches and the allocator's pools.
    early = sampler.between(0.2, 0.4)
    late = sampler.between(0.8, 1.0)
    what = f"mixed load (8 reads : 2 writes), {seconds} s"
    return [
        Row("mixed_errors", f"{what}: errors", "errors", [load.errors], 0, at_most=True,
            note=f"{load.requests:,} requests, {load.rate:,.0f}/s"),
        Row("mixed_p99", "p99 of that", "ms", [load.p99 / 1000], 20, at_most=True,
            note=f"p50 {load.p50 / 1000:.1f} ms, longest {load.most / 1000:.0f} ms"),
        Row("mixed_memory", "memory in its last fifth against its second", "MB", late, 1.05, at_most=True,
            reference=early, reference_name="the same server, earlier"),
    ]


class Sampler:
    """Resident memory of the server, ten times a second, on a thread of its own."""

    def __init__(self, server: Server):
        self.server = server
        self.samples: list[float] = []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.sample, daemon=True)

    def sample(self) -> None:
        while not self.stopped.wait(0.1):
            self.samples.append(self.server.memory())

    def between(self, first: float, last: float) -> list[float]:
        """Three medians of the samples of that part of the time."""
        count = len(self.samples)
        part = self.samples[int(count * first):max(int(count * last), int(count * first) + 3)]
        third = max(1, len(part) // 3)
        return [statistics.median(part[at:at + third]) for at in range(0, third * 3, third)]

    def __enter__(self) -> "Sampler":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.stopped.set()
        self.thread.join()
