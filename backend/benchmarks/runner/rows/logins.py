"""Logins beside libxcrypt alone, and reads beside a storm of logins."""

import asyncio
import contextlib
import json
import os

from runner.bench import Bench
from runner.data import PASSWORD
from runner.log_in import log_in_for
from runner.measure import Row, take_turns
from runner.processes import Failed, program, run
from runner.server import Server

READS_A_SECOND = 200
READ_CONNECTIONS = 32
STORM_CLIENTS = 250


def permits() -> int:
    """How many hash at a time, as the server counts them."""
    return max(1, (os.cpu_count() or 1) - 1)


def logins(bench: Bench) -> list[Row]:
    cost, seconds = bench.amounts.bcrypt_cost, bench.amounts.login_seconds

    def log_in(_: int) -> float:
        # So many that the pool always has work and never a full queue.
        tally = asyncio.run(log_in_for(server.port, permits() + 3, seconds, PASSWORD, bench.amounts.users))
        if tally.refused:
            raise Failed(f"{tally.refused} logins were refused")
        return tally.rate()

    def hash_alone(_: int) -> float:
        text = run(program("tms_bare_hashing"), str(permits()), str(cost), str(seconds), within=seconds + 60)
        return json.loads(text)["rate"]

    with bench.data() as data, Server(data.folder, TMS_BCRYPT_COST=str(cost)) as server:
        rates = take_turns(bench.amounts.rounds, {"server": log_in, "libxcrypt": hash_alone}, bench.say)
    return [Row("logins", f"logins (bcrypt {cost})", "logins/s", rates["server"], 0.95, reference=rates["libxcrypt"],
                reference_name=f"libxcrypt alone, threads: {permits()}")]


def reads_beside_logins(bench: Bench) -> list[Row]:
    amounts = bench.amounts
    with bench.data() as data, Server(data.folder, TMS_BCRYPT_COST=str(amounts.bcrypt_cost)) as server:
        people = str(data.people)
        asyncio.run(read_at_rate(server.port, 1, people))
        logged_in = []

        def beside(_: int) -> dict:
            reads, storm = asyncio.run(read_in_storm(server.port, amounts.storm_seconds, people, amounts.users))
            logged_in.append(len(storm.moments))
            return reads

        def idle(_: int) -> dict:
            return asyncio.run(read_at_rate(server.port, amounts.storm_seconds, people))

        reads = take_turns(amounts.rounds, {f"beside {STORM_CLIENTS} logins": beside, "idle": idle}, bench.say)
    busy, quiet = reads.values()
    return [Row("storm", f"p99 of the list at {READS_A_SECOND} reads/s beside {STORM_CLIENTS} clients that log in",
                "ms", [one["p99"] / 1000 for one in busy], 3, at_most=True,
                reference=[one["p99"] / 1000 for one in quiet], reference_name="the same without logins",
                note=f"{sum(logged_in)} logins meanwhile; latency counts from the time in the schedule")]


async def read_in_storm(port: int, seconds: float, people: str, users: int):
    storm = asyncio.create_task(log_in_for(port, STORM_CLIENTS, seconds + 60, PASSWORD, users))
    try:
        # The queue of the pool is full then.
        await asyncio.sleep(0.5)
        reads = await read_at_rate(port, seconds, people)
    finally:
        storm.cancel()
    return reads, await storm


async def read_at_rate(port: int, seconds: float, people: str) -> dict:
    command = [program("tms_open_loop"), str(port), str(READS_A_SECOND), str(seconds), str(READ_CONNECTIONS), people]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        output, _ = await asyncio.wait_for(process.communicate(), seconds + 60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    reads = json.loads(output)
    if reads["errors"]:
        raise Failed(f"{reads['errors']} of {reads['requests']} reads failed")
    return reads
