"""PostgreSQL is restarted, away, full, or unreachable, under load and without a restart of the server."""

import asyncio
import functools
import time

from rig.proxy import Proxy
from rig.scene import Scene, progress, scene, served, since
from runs.amounts import amount
from runs.outage import Numbers, Watch, back, end, judge_times

WRITERS = 16


def under_load(writers: int = WRITERS, postgres_settings: dict[str, str] | None = None):
    """Makes a fault of what is done to a scene while the load goes on."""
    def make(act):
        @functools.wraps(act)
        def fault() -> str:
            with scene("postgres", postgres_settings=postgres_settings) as one:
                return asyncio.run(measure(one, act, writers))
        return fault
    return make


def behind_proxy(act):
    """The same for what is done to the network between server and PostgreSQL."""
    @functools.wraps(act)
    def fault() -> str:
        with scene("postgres", start=False) as one:
            proxy = Proxy(one.postgres.port)
            one.server.environment["TMS_DATABASE_URL"] = one.postgres.url.replace(f":{one.postgres.port}/", f":{proxy.port}/")
            one.server.start()
            return asyncio.run(measure(one, lambda *arguments: act(*arguments, proxy), WRITERS))
    return fault


async def measure(one: Scene, act, writers: int) -> str:
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


async def restart(one: Scene, load, numbers: Numbers, times: float) -> None:
    """In three ways in turn, the last by SIGKILL, and started again at once."""
    for turn in range(int(times)):
        await asyncio.sleep(0.5)
        await asyncio.to_thread(one.postgres.stop, ("fast", "immediate", "kill")[turn % 3])
        await asyncio.to_thread(one.postgres.start)
        await back(load, time.monotonic(), numbers)


@under_load()
async def restarted(one: Scene, load, numbers: Numbers) -> None:
    await restart(one, load, numbers, amount(5, 50))


@under_load()
async def stopped(one: Scene, load, numbers: Numbers) -> None:
    """Away for long: everything is refused quickly, and what needs no database is served."""
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


@under_load(writers=64, postgres_settings={"max_connections": "30", "superuser_reserved_connections": "0"})
async def exhausted(one: Scene, load, numbers: Numbers) -> None:
    """Other programs take all connections but the few that the server holds, and then those, too."""
    await asyncio.sleep(1)
    admin = await session(one)
    takers = [await session(one) for _ in range(30)]
    await asyncio.sleep(amount(3, 30))
    # The server's are cut, and every place that comes free is taken at once.
    for _ in range(10):
        admin.stdin.write(b"select pg_terminate_backend(pid) from pg_stat_activity "
                          b"where application_name = 'tms';\n")
        await admin.stdin.drain()
        takers += [await session(one) for _ in range(6)]
    full = time.monotonic()
    await asyncio.sleep(amount(3, 30))
    assert any(outcome.status == 503 for outcome in since(load.outcomes, full)), "the fault was none"
    for taker in [admin, *takers]:
        if taker.returncode is None:
            taker.kill()
        await taker.wait()
    await back(load, time.monotonic(), numbers)


async def session(one: Scene) -> asyncio.subprocess.Process:
    """One that holds its place, idle: PostgreSQL notices at once when it is killed, which it would not in the
    middle of a statement. When there is none left it ends by itself."""
    return await asyncio.create_subprocess_exec(
        "psql", "-XqAt", one.postgres.url, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL)


@behind_proxy
async def black_hole(_, load, numbers: Numbers, proxy: Proxy) -> None:
    """The network swallows everything, in both directions, and heals."""
    for _ in range(int(amount(1, 5))):
        await swallow(load, numbers, proxy, "silent", amount(8, 30))


@behind_proxy
async def one_way(_, load, numbers: Numbers, proxy: Proxy) -> None:
    """Only what the server sends is swallowed, then only what PostgreSQL answers: it commits, and nobody
    hears of it."""
    for _ in range(int(amount(1, 5))):
        for mode in ("no requests", "no answers"):
            await swallow(load, numbers, proxy, mode, amount(5, 30))


async def swallow(load, numbers: Numbers, proxy: Proxy, mode: str, seconds: float) -> None:
    await asyncio.sleep(1)
    proxy.mode = mode
    await asyncio.sleep(seconds)
    began = time.monotonic() - 2
    assert not any(served(outcome) for outcome in since(load.outcomes, began)), "the fault was none"
    proxy.mode = "pass"
    await back(load, time.monotonic(), numbers)


@behind_proxy
async def slow_link(_, load, numbers: Numbers, proxy: Proxy) -> None:
    """Everything arrives, but in small pieces, each of them late."""
    for _ in range(int(amount(1, 10))):
        await asyncio.sleep(1)
        proxy.piece, proxy.latency = 256, 0.03
        slow = time.monotonic()
        await asyncio.sleep(amount(5, 10))
        during = since(load.outcomes, slow + 1)
        times = [outcome.ended - outcome.began for outcome in during if served(outcome)]
        assert times, "nobody is served over a slow network"
        fastest = min(times)
        assert fastest > 2 * proxy.latency, f"the fault was none: served within {fastest:.3f} s"
        proxy.piece, proxy.latency = 65536, 0
        await back(load, time.monotonic(), numbers)


@behind_proxy
async def reset(_, load, numbers: Numbers, proxy: Proxy) -> None:
    """Every connection is reset, again and again, and for a while no new one is let in."""
    for _ in range(int(amount(10, 100))):
        await asyncio.sleep(0.3)
        proxy.reset_all()
        await back(load, time.monotonic(), numbers)
    proxy.mode = "refuse"
    proxy.reset_all()
    await asyncio.sleep(amount(3, 30))
    proxy.mode = "pass"
    await back(load, time.monotonic(), numbers)
