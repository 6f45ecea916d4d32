"""The judge itself: behind the server's back the database is spoilt, and it must tell."""

import asyncio
import sqlite3
from contextlib import closing

from judge.snapshots import psql
from rig.scene import Scene, scene

# One task that nobody deleted, and a second one in the same list.
ONE = "(select min(description) from tasks where deleted_at is null)"
OTHER = "(select max(description) from tasks where deleted_at is null)"

# What is done to one task, and what the judge must call it.
SPOILT = [
    ("lost", f"delete from tasks where description = {ONE}"),
    ("lost", f"update tasks set deleted_at = 1 where description = {ONE}"),
    ("lost", f"update tasks set version = version - 1 where description = {ONE}"),
    ("lost", f"update tasks set status = case status when 'pending' then 'completed' else 'pending' end "
             f"where description = {ONE}"),
    ("duplicate", f"update tasks set version = version + 1 where description = {ONE}"),
    ("duplicate", f"update tasks set description = {OTHER} where description = {ONE}"),
    ("phantom", "insert into tasks select list_id, {new_id}, user_id, description || ' again', description_folded, "
                "due_date, status, created_at, updated_at, completed_at, deleted_at, version, 0 "
                f"from tasks where description = {ONE}"),
    ("damage", f"update tasks set seq = (select seq from tasks where description = {OTHER}) "
               f"where description = {ONE}"),
    ("damage", "update lists set seq = 1"),
]


def tampered_sqlite() -> str:
    with scene("sqlite") as one:
        return asyncio.run(tamper(one, run_sqlite, "x'01a2050300007bca96f822f20a47df8f'"))


def tampered_postgres() -> str:
    with scene("postgres") as one:
        return asyncio.run(tamper(one, lambda one, sql: psql(one.server.database, sql), "gen_random_uuid()"))


async def tamper(one: Scene, run, new_id: str, stop: bool = True) -> str:
    """`stop`: the server is ended before; the AWS stack would take its database along."""
    # One person: so every task lies in the same list.
    async with one.under_load(writers=4, readers=0, people=1) as load:
        while load.acknowledged < 200:
            await asyncio.sleep(0.01)
    if stop:
        one.server.stop()
    before = one.verdict()
    assert before.clean and before.acknowledged >= 200, str(before)
    run(one, "create table tasks_before as select * from tasks")
    run(one, "create table lists_before as select * from lists")
    for kind, sql in SPOILT:
        run(one, sql.format(new_id=new_id))
        verdict = one.verdict()
        assert getattr(verdict, kind) and not verdict.clean, f"the judge does not see {sql}: {verdict}"
        run(one, "delete from tasks; insert into tasks select * from tasks_before; "
                 "update lists set seq = (select seq from lists_before b where b.list_id = lists.list_id)")
    after = one.verdict()
    assert after.clean, f"the undone changes are still seen: {after}"
    return f"{len(SPOILT)} ways to spoil {before.acknowledged} acknowledged writes, all seen"


def run_sqlite(one: Scene, sql: str) -> None:
    with closing(sqlite3.connect(one.server.database)) as connection:
        connection.executescript(sql)
