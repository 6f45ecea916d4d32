"""From the start of the process to its first 200 of /readyz."""

from runner.bench import Bench
from runner.measure import Row
from runner.server import Server


def start_to_ready(bench: Bench) -> list[Row]:
    times = []
    with bench.data() as data:
        for number in range(1, bench.amounts.starts + 1):
            bench.say(f"start {number}/{bench.amounts.starts}")
            with Server(data.folder) as server:
                times.append(server.ready_after * 1000)
    size = bench.amounts.users * bench.amounts.tasks
    return [Row("start", f"start to ready with {size:,} tasks", "ms", times, 100, at_most=True,
                note="asked every 2 ms; the file is in the page cache")]
