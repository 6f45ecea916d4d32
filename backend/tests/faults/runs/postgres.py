"""PostgreSQL is restarted, away, full, or unreachable, under load and without a restart of the server."""

import asyncio
import time

from rig.proxy import Proxy
from rig.scene import Scene, progress, scene, served, since
from runs.amounts import amount
from runs.outage import Numbers, Watch, back, end, judge_times

WRITERS = 16


def restarted() -> str:
    """Ended in three ways, the last by SIGKILL, and started again at once."""
    async def act(one: Scene, load, numbers: Numbers) -> None:
        for turn in range(int(amount(5, 50))):
            await asyncio.sleep(0.5)
            await asyncio.to_thread(one.postgres.stop, ("fast", "immediate", "kill")[turn % 3])
            await asyncio.to_thread(one.postgres.start)
            await back(load, time.monotonic(), numbers)

    with scene("postgres") as one:
        return asyncio.run(under_load(one, act))


def stopped() -> str:
    """Away for long: everything is refused quickly, and what needs no database is served."""
    async def act(one: Scene, load, numbers: Numbers) -> None:
        await asyncio.sleep(1)
        await asyncio.to_thread(one.postgres.stop, "fast")
        away = time.monotonic()
        await asyncio.sleep(amount(8, 120))
        during = since(load.outcomes, away + 1)
        assert len(during) > 20, f"{len(during)} answers in a long outage: something hangs"
        assert not any(served(outcome) for outcome in during), "served without a database"
        assert not await asyncio.to_thread(one.server.ready), "/readyz says ready without a database"
        await asyncio.to_thread(one.postgres.start)
        await back(load, time.monotonic(), numbers)

    with scene("postgres") as one:
        return asyncio.run(under_load(one, act))


def exhausted() -> str:
    """Other programs take all connections but the few that the server holds, and then those, too."""
    async def act(one: Scene, load, numbers: Numbers) -> None:
        await asyncio.sleep(1)
        admin = await session(one)
        takers = [await session(one, HOLD) for _ in range(30)]
        await asyncio.sleep(amount(3, 30))
        # The server's are cut, and every place that comes free is taken at once.
        for _ in range(10):
            admin.stdin.write(b"select pg_terminate_backend(pid) from pg_stat_activity "
                              b"where application_name = 'tms';\n")
            await admin.stdin.drain()
            takers += [await session(one, HOLD) for _ in range(6)]
        full = time.monotonic()
        await asyncio.sleep(amount(3, 30))
        assert any(outcome.status == 503 for outcome in since(load.outcomes, full)), "the fault was none"
        for taker in [admin, *takers]:
            if taker.returncode is None:
                taker.kill()
            await taker.wait()
        await back(load, time.monotonic(), numbers)

    with scene("postgres", postgres_settings={"max_connections": "30", "superuser_reserved_connections": "0"}) as one:
        return asyncio.run(under_load(one, act, writers=64))


HOLD = "select pg_sleep(1000)"


async def session(one: Scene, sql: str = "") -> asyncio.subprocess.Process:
    """One that holds its place. When there is none left it ends by itself."""
    return await asyncio.create_subprocess_exec(
        "psql", "-XqAt", one.postgres.url, *(["-c", sql] if sql else []), stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL)


def black_hole() -> str:
    """The network swallows everything, in both directions, and heals."""
    return through_proxy(silence)


def reset() -> str:
    """Every connection is reset, again and again, and for a while no new one is let in."""
    return through_proxy(resets)


async def silence(one: Scene, load, numbers: Numbers, proxy: Proxy) -> None:
    for _ in range(int(amount(1, 5))):
        await asyncio.sleep(1)
        proxy.mode = "silent"
        await asyncio.sleep(amount(8, 30))
        proxy.mode = "pass"
        await back(load, time.monotonic(), numbers)


async def resets(one: Scene, load, numbers: Numbers, proxy: Proxy) -> None:
    for _ in range(int(amount(10, 100))):
        await asyncio.sleep(0.3)
        proxy.reset_all()
        await back(load, time.monotonic(), numbers)
    proxy.mode = "refuse"
    proxy.reset_all()
    await asyncio.sleep(amount(3, 30))
    proxy.mode = "pass"
    await back(load, time.monotonic(), numbers)


def through_proxy(act) -> str:
    with scene("postgres", start=False) as one:
        proxy = Proxy(one.postgres.port)
        one.server.environment["TMS_DATABASE_URL"] = one.postgres.url.replace(f":{one.postgres.port}/", f":{proxy.port}/")
        one.server.start()
        return asyncio.run(under_load(one, lambda *arguments: act(*arguments, proxy)))


async def under_load(one: Scene, act, writers: int = WRITERS) -> str:
    numbers = Numbers()
    watch = Watch(one.server.base)
    async with one.under_load(writers=writers, readers=4, timeout=30) as load:
        watching = asyncio.create_task(watch.run())
        await progress(load, 100)
        await act(one, load, numbers)
        await asyncio.sleep(0.5)
        await end(one, load, watch, watching, numbers)
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    measured = f"{numbers}; {verdict}"
    print("        " + measured, flush=True)
    judge_times(numbers)
    return measured
