"""`tms migrate` is killed at any moment; the next one completes it."""

import random
import time

from rig.scene import Scene, scene
from runs.amounts import amount


def migration_postgres() -> str:
    """On PostgreSQL; every call of it to the disk on SQLite is in the tests of the simulated disk."""
    kills = int(amount(10, 100))
    with scene("postgres", start=False) as one:
        whole = migrate(one)
        outcomes = {"unfinished": 0, "finished": 0}
        chance = random.Random(1)
        for _ in range(kills):
            one.postgres.sql("drop schema public cascade; create schema public")
            process = one.server.launch("migrate")
            time.sleep(chance.uniform(0, whole))
            process.kill()
            process.wait()
            tables = int(one.postgres.sql("select count(*) from pg_tables where schemaname = 'public'"))
            outcomes["finished" if tables else "unfinished"] += 1
            migrate(one)
        one.server.start()
        assert one.server.stop() == 0
        assert outcomes["unfinished"] > 0, "no kill came before the end: the fault was none"
    return f"{kills} kills within {whole * 1000:.0f} ms, {outcomes['unfinished']} before the commit; each completed by the next run"


def migrate(one: Scene) -> float:
    began = time.monotonic()
    process = one.server.launch("migrate")
    assert process.wait(20) == 0, f"tms migrate failed:\n{one.server.log_tail()}"
    check = one.server.launch("migrate", "--check")
    assert check.wait(20) == 0, f"tms migrate --check finds something left:\n{one.server.log_tail()}"
    return time.monotonic() - began
