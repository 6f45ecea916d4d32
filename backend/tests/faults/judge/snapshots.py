"""What the database holds: read by SQL from either engine, or through the API."""

import asyncio
import json
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from judge.http_client import Connection
from judge.model import Stored
from judge.people import Person

PG_AMCHECK = "/usr/lib/postgresql/15/bin/pg_amcheck"

TASKS = """
select t.task_id, t.user_id, t.description, t.status, t.deleted_at is not null, t.version, t.list_id, t.seq,
       l.seq
from tasks t join lists l on l.list_id = t.list_id
"""


@dataclass
class Snapshot:
    """`tasks` by id, with the user who made it; `shows_trash`: whether the deleted ones are among them."""

    tasks: dict[str, tuple[int, Stored]]
    shows_trash: bool = True
    damage: list[str] = field(default_factory=list)


def from_rows(rows: list[tuple], damage: list[str]) -> Snapshot:
    """Rows of TASKS, ids and booleans in whatever form the engine gives them."""
    tasks, places = {}, Counter()
    for task_id, user_id, description, status, deleted, version, list_id, seq, newest in rows:
        tasks[str(task_id)] = (user_id, Stored(description, status, bool(deleted), version))
        places[(list_id, seq)] += 1
        if seq > newest:
            damage.append(f"task {task_id} has seq {seq}, its list only {newest}")
    damage += [f"{count} tasks share seq {seq} of a list" for (_, seq), count in places.items() if count > 1]
    return Snapshot(tasks, True, damage)


def read_sqlite(file: Path) -> Snapshot:
    """The server must be stopped, or read what is there without checkpoints."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        connection.execute("pragma wal_autocheckpoint = 0")
        rows = [(UUID(bytes=row[0]), *row[1:]) for row in connection.execute(TASKS)]
        damage = [row[0] for row in connection.execute("pragma integrity_check") if row[0] != "ok"]
        damage += [f"foreign key: {row}" for row in connection.execute("pragma foreign_key_check")]
    return from_rows(rows, damage)


def read_postgres(url: str) -> Snapshot:
    """With the checks of amcheck over every table and index of ours; the user may make extensions."""
    as_json = f"select json_build_array(t.task_id, t.user_id, t.description, t.status, t.deleted_at is not null, " \
              f"t.version, t.list_id, t.seq, l.seq) {TASKS[TASKS.index('from'):]}"
    rows = [tuple(json.loads(line)) for line in psql(url, as_json).splitlines()]
    psql(url, "create extension if not exists amcheck")
    checked = subprocess.run(
        [PG_AMCHECK, "--heapallindexed", "--schema", "public", "--maintenance-db", url, url], capture_output=True, text=True)
    damage = [] if checked.returncode == 0 else [f"pg_amcheck: {checked.stdout[-500:]}{checked.stderr[-500:]}"]
    return from_rows(rows, damage)


def psql(url: str, sql: str) -> str:
    done = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", url], input=sql, capture_output=True, text=True)
    assert done.returncode == 0, f"psql: {done.stderr[-1000:]}"
    return done.stdout


async def read_api(base: str, people: list[Person]) -> Snapshot:
    """Every page of everybody's list. Needs no look behind the API, and sees no trash."""
    tasks = {}
    connection = Connection(base)
    for person in people:
        cursor = ""
        while cursor is not None:
            path = "/api/tasks?limit=200" + (f"&cursor={cursor}" if cursor else "")
            answer = await connection.call("GET", path, cookie=person.cookie)
            assert answer.status == 200, f"{answer.status} for {path}: {answer.body[:300]!r}"
            for task in answer.json["tasks"]:
                stored = Stored(task["description"], task["status"], False, task["version"])
                tasks[task["task_id"]] = (task["user_id"], stored)
            cursor = answer.json["next_cursor"]
    connection.close()
    return Snapshot(tasks, shows_trash=False)


def read_any(place: str, people: list[Person]) -> Snapshot:
    """A postgresql:// URL, an http:// address, or a file of SQLite."""
    if place.startswith("postgres"):
        return read_postgres(place)
    if place.startswith("http"):
        return asyncio.run(read_api(place, people))
    return read_sqlite(Path(place))
