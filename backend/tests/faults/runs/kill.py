"""The server is killed with SIGKILL under load and started again, many times."""

import asyncio
import random

from rig.scene import Scene, percentile, scene
from runs.amounts import amount

# The WAL that a new start has to read is at most 64 MB.
READY_WITHIN = 2.0
WANTED_WRITES = (500, 100_000)


def kill_sqlite() -> str:
    with scene("sqlite") as one:
        return asyncio.run(kill_again_and_again(one))


def kill_postgres() -> str:
    with scene("postgres") as one:
        return asyncio.run(kill_again_and_again(one))


async def kill_again_and_again(one: Scene) -> str:
    kills = int(amount(10, 300))
    chance = random.Random(20261122)
    starts = []
    async with one.under_load(writers=64, seed=1) as load:
        done = 0
        while done < kills or load.acknowledged < amount(*WANTED_WRITES):
            await asyncio.sleep(chance.uniform(0.05, amount(0.8, 2)))
            one.server.kill()
            starts.append(await asyncio.to_thread(one.server.start))
            done += 1
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    assert verdict.acknowledged >= amount(*WANTED_WRITES)
    assert verdict.in_doubt > 0, "no kill met a call: the load is blind"
    slowest = max(starts)
    assert percentile(starts, 0.5) < READY_WITHIN, f"ready only after {percentile(starts, 0.5):.2f} s"
    return f"{len(starts)} kills, {verdict}; ready again after {percentile(starts, 0.5):.2f} s, at most {slowest:.2f} s"
