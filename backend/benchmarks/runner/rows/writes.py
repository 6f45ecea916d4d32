"""Durable writes beside SQLite alone."""

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from runner.amounts import CONNECTIONS
from runner.bench import Bench
from runner.data import Data
from runner.measure import Row, take_turns
from runner.processes import Failed, program, run
from runner.server import Server
from runner.wrk import Load, wrk


def create(bench: Bench) -> list[Row]:
    return writes(bench, "create", f"create a task, durable, {CONNECTIONS} connections")


def complete(bench: Bench) -> list[Row]:
    return writes(bench, "complete", "complete a task (PATCH)")


@dataclass
class Served:
    load: Load
    batch: float
    """Writes that shared a commit, on average."""


def writes(bench: Bench, name: str, what: str) -> list[Row]:
    """The server writes first; how many of its writes shared a commit is what the bare program does in
    one transaction. Both write to copies of the same database."""
    with bench.data(name="data") as data, bench.data(name="bare") as bare:
        counter = data.folder / "commits"
        counter.write_bytes(bytes(8))
        batches = []

        def serve(round_number: int) -> Served:
            before = read_count(counter)
            load = wrk(server.port, name, data.people, bench.amounts.seconds, round_number)
            commits = read_count(counter) - before
            if not commits:
                raise Failed("the server answered writes and never called fdatasync")
            batches.append(load.requests / commits)
            return Served(load, batches[-1])

        def write_bare(_: int) -> dict:
            return bare_sqlite(bare, name, max(1, round(batches[-1])), bench.amounts.seconds)

        preload = program("libtms_count_commits.so")
        with Server(data.folder, LD_PRELOAD=preload, TMS_BENCHMARK_COMMITS=str(counter)) as server:
            bench.say("warming up")
            wrk(server.port, name, data.people, 1, bench.amounts.rounds + 1)
            results = take_turns(bench.amounts.rounds, {"server": serve, "bare SQLite": write_bare}, bench.say)
        return to_rows(name, what, results["server"], results["bare SQLite"])


def to_rows(name: str, what: str, served: list[Served], bare: list[dict]) -> list[Row]:
    batch = statistics.median(one.batch for one in served)
    commit = statistics.median(one["commit_p50"] for one in bare) / 1000
    slowest = statistics.median(one["batch_p99"] for one in bare) / 1000
    return [
        Row(name, what, "tasks/s", [one.load.rate for one in served], 0.6,
            reference=[one["rows"] / one["seconds"] for one in bare],
            reference_name=f"bare SQLite, {batch:.0f} rows a transaction",
            note=f"{batch:.1f} writes share a commit"),
        Row(f"{name}_p99", "p99 of that, by the time of the reference's transaction", "ms",
            [one.load.p99 / 1000 for one in served], 5, at_most=True,
            reference=[one["batch_p50"] / 1000 for one in bare],
            reference_name="bare SQLite, begin to end of commit",
            note=f"of which the commit itself {commit:.2f} ms; p99 of the reference's own {slowest:.1f} ms"),
    ]


def bare_sqlite(data: Data, kind: str, batch: int, seconds: float) -> dict:
    return json.loads(run(program("tms_bare_sqlite"), str(data.database), str(data.people),
                          "create" if kind == "create" else "update", str(batch), str(seconds),
                          within=seconds + 60))


def read_count(file: Path) -> int:
    return int.from_bytes(file.read_bytes(), "little")
