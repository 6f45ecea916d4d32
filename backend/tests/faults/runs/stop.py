"""SIGTERM under load, and two servers where one is expected."""

import asyncio
import time

from rig.scene import Scene, progress, scene, served, since
from rig.server import Server
from runs.amounts import amount

STOPPED_WITHIN = 10.0


def stop_sqlite() -> str:
    with scene("sqlite") as one:
        return asyncio.run(stop_again_and_again(one))


def stop_postgres() -> str:
    with scene("postgres") as one:
        return asyncio.run(stop_again_and_again(one))


async def stop_again_and_again(one: Scene) -> str:
    slowest, unanswered = 0.0, 0
    async with one.under_load(writers=32) as load:
        for _ in range(int(amount(3, 30))):
            await progress(load, 30)
            asked = time.monotonic()
            code = await asyncio.to_thread(one.server.stop)
            slowest = max(slowest, time.monotonic() - asked)
            assert code == 0, f"the server ended with {code} after SIGTERM:\n{one.server.log_tail()}"
            # Begun before the signal: had to be answered.
            broken = [outcome for outcome in load.outcomes if outcome.status == 0
                      and asked - 5 < outcome.began < asked - 0.05 and outcome.ended > asked]
            unanswered += len(broken)
            await asyncio.to_thread(one.server.start)
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    assert slowest <= STOPPED_WITHIN, f"stopped only after {slowest:.1f} s"
    assert unanswered == 0, f"{unanswered} requests in flight got no answer"
    return f"{int(amount(3, 30))} stops, each within {slowest:.2f} s, exit code 0, 0 requests in flight dropped; {verdict}"


def two_servers_sqlite() -> str:
    """The second on the same data folder refuses, and the first does not notice."""
    with scene("sqlite") as one:
        return asyncio.run(refuse_second(one))


async def refuse_second(one: Scene) -> str:
    async with one.under_load(writers=8) as load:
        for _ in range(3):
            second = Server(one.folder, data_dir=one.server.data_dir)
            second.log = one.folder / "second"
            process = second.launch()
            code = await asyncio.to_thread(process.wait, 10)
            text = second.log.read_text()
            assert code != 0 and "another" in text.lower(), f"the second ended with {code}: {text[-500:]}"
        asked = time.monotonic()
        await asyncio.sleep(0.3)
        assert any(served(outcome) for outcome in since(load.outcomes, asked))
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    return f"the second says: {text.strip().splitlines()[-1]}; {verdict}"


def two_servers_postgres() -> str:
    """Two on one database serve the same people side by side; one of them is killed again and again."""
    with scene("postgres") as one:
        second = Server(one.folder, one.postgres.url)
        second.environment |= {"TMS_SECRET": one.server.environment["TMS_SECRET"], "TMS_DATA_DIR": str(one.server.data_dir)}
        with second:
            return asyncio.run(side_by_side(one, second))


async def side_by_side(one: Scene, second: Server) -> str:
    async with one.under_load(writers=16, bases=[one.server.base, second.base]):
        for _ in range(int(amount(3, 30))):
            await asyncio.sleep(0.7)
            second.kill()
            await asyncio.to_thread(second.start)
    for server in (one.server, second):
        assert server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    return f"two servers, one killed {int(amount(3, 30))} times; {verdict}"
