"""The Lambda program on the AWS stack of this machine: its processes are killed, its PostgreSQL goes away."""

import asyncio
import contextlib
import functools
import random
import time
from collections.abc import Iterator
from pathlib import Path

from judge.checker import Verdict, check
from judge.http_client import Answer, Connection
from judge.snapshots import psql, read_api
from rig.aws_stack import ENVIRONMENTS, AwsStack, kill
from rig.scene import Scene, progress, served, since, temporary_folder, wait_for
from runs.amounts import amount
from runs.outage import Numbers, Watch, back, judge_answers, judge_times
from runs.postgres import restart
from runs.tampered import tamper

# A function that finds no database waits so long for it, as Aurora sleeps when nobody works; then it
# answers 503 `database_waking` (docs/aws.md).
WAKE_WINDOW = 8.0
# What the call takes beside the waiting, the way through gateway and emulator among it.
ANSWER_WITHIN = 1.0

# Never more calls of one function than it has environments: waiting for one is the emulator's affair.
LOAD = {"writers": ENVIRONMENTS, "readers": 2, "timeout": 30}
# Those that the load calls.
CALLED = {"create_task", "update_task", "delete_task", "restore_task", "get_tasks"}


@contextlib.contextmanager
def aws_scene() -> Iterator[Scene]:
    with temporary_folder() as name, AwsStack(Path(name)) as stack:
        yield Scene(Path(name), stack, stack.postgres)


def tampered() -> str:
    """The judge sees what is spoilt behind the functions' backs."""
    with aws_scene() as one:
        return asyncio.run(tamper(one, lambda one, sql: psql(one.server.database, sql), "gen_random_uuid()", stop=False))


def killed() -> str:
    """The processes of functions get SIGKILL in the middle of their calls."""
    with aws_scene() as one:
        return asyncio.run(kill_again_and_again(one))


async def kill_again_and_again(one: Scene) -> str:
    chance = random.Random(20261123)
    done, back_after = [], []
    watch = Watch(one.server.base, site=False)
    async with one.under_load(**LOAD) as load:
        watching = asyncio.create_task(watch.run())
        await progress(load, 100)
        while len(done) < amount(10, 150) or load.acknowledged < amount(500, 5_000):
            await asyncio.sleep(chance.uniform(0.05, 0.4))
            alive = {pid: name for pid, name in one.server.programs().items() if name in CALLED}
            pid = chance.choice(sorted(alive))
            await asyncio.to_thread(kill, pid)
            killed_at = time.monotonic()
            done.append(alive[pid])
            back_after.append(await wait_for(
                lambda since_kill=killed_at: any(served(two) for two in since(load.outcomes[-200:], since_kill)),
                20, "a call served after a kill"))
        await watch.end(watching, Numbers())
    # The gateway answers in place of the function.
    numbers = Numbers(outages=len(done), back_after=back_after, own_delays=watch.own_delays)
    judge_answers(load, numbers)
    verdict = await judged(one)
    assert verdict.in_doubt > 0, "no kill met a call: the load is blind"
    assert numbers.refused <= len(done), f"{numbers.refused} calls failed by {len(done)} kills"
    judge_times(numbers)
    return f"{len(done)} kills of {len(set(done))} functions, {numbers}; {verdict}"


def without_postgres(act):
    """Makes a fault of what is done to PostgreSQL while the load goes on."""
    @functools.wraps(act)
    def fault() -> str:
        with aws_scene() as one:
            return asyncio.run(measure(one, act))
    return fault


@without_postgres
async def postgres_restarted(one: Scene, load, numbers: Numbers) -> None:
    await restart(one, load, numbers, amount(3, 50))


@without_postgres
async def postgres_stopped(one: Scene, load, numbers: Numbers) -> None:
    """Away for longer than a function waits for it."""
    for _ in range(int(amount(1, 5))):
        await asyncio.sleep(1)
        await asyncio.to_thread(one.postgres.stop, "fast")
        away = time.monotonic()
        await asyncio.sleep(amount(20, 60))
        asleep = await answer_of(one)
        assert (asleep.status, asleep.json["code"]) == (503, "database_waking"), f"{asleep.status} {asleep.body!r}"
        during = since(load.outcomes, away + 1)
        assert sum(two.status == 503 for two in during) >= ENVIRONMENTS, f"{len(during)} answers in a long outage"
        assert not any(served(two) for two in during), "served without a database"
        await asyncio.to_thread(one.postgres.start)
        await back(load, time.monotonic(), numbers)


async def answer_of(one: Scene) -> Answer:
    connection = Connection(one.server.base, 30)
    answer = await connection.call("GET", "/api/tasks", cookie=one.people[0].cookie)
    connection.close()
    return answer


async def measure(one: Scene, act) -> str:
    # The page comes from a bucket there, and what answers here is a stand-in.
    numbers, watch = Numbers(), Watch(one.server.base, site=False)
    async with one.under_load(**LOAD) as load:
        watching = asyncio.create_task(watch.run())
        await progress(load, 100)
        await act(one, load, numbers)
        await asyncio.sleep(0.5)
        await watch.end(watching, numbers)
    judge_answers(load, numbers)
    verdict = await judged(one)
    measured = f"{numbers}; {verdict}"
    print("        " + measured, flush=True)
    judge_times(numbers, refused_within=WAKE_WINDOW + ANSWER_WITHIN)
    return measured


async def judged(one: Scene) -> Verdict:
    """Clean by SQL and through the API."""
    verdict = await asyncio.to_thread(one.verdict)
    assert verdict.clean, str(verdict)
    seen = check(one.folder / "journal", await read_api(one.server.base, one.people))
    assert seen.clean, f"through the API: {seen}"
    return verdict
