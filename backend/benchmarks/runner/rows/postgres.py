"""The list on PostgreSQL beside pgbench with the same statement."""

import re
import secrets
import time

from runner.bench import Bench
from runner.data import Data, fill
from runner.measure import Row, take_turns
from runner.postgres import Postgres, SlowPostgres
from runner.processes import Failed, program, run
from runner.server import Server
from runner.wrk import wrk

PGBENCH = "/usr/lib/postgresql/15/bin/pgbench"
# As many as the server has by default (TMS_WORKER_THREADS).
POSTGRES_CONNECTIONS = 8
DAY = 24 * 3600 * 1_000_000
COUNTED_REQUESTS = 10
# The first connects and prepares.
FIRST_COUNTED = 3


def list_on_postgres(bench: Bench) -> list[Row]:
    amounts = bench.amounts
    with Postgres() as postgres:
        data = Data(bench.work_folder("postgres"))
        secret = {"TMS_SECRET": f"benchmark:{secrets.token_hex(32)}"}
        bench.say(f"data: {amounts.postgres_users:,} people with {amounts.tasks} tasks each")
        fill(data.folder, amounts.postgres_users, amounts.tasks, amounts.bcrypt_cost,
             TMS_DATABASE_URL=postgres.url, **secret)
        run("/usr/lib/postgresql/15/bin/psql", "-qc", "vacuum analyze", within=120, env=postgres.environment())
        (data.folder / "statement").write_text(pgbench_script(amounts.postgres_users))
        file = data.gets("lists", [(token, "/api/tasks") for token in data.tokens()])

        with Server(data.folder, TMS_DATABASE_URL=postgres.url, **secret) as server:
            bench.say("warming up")
            wrk(server.port, "get", file, 1)
            rates = take_turns(amounts.rounds, {
                "server": lambda _: wrk(server.port, "get", file, amounts.seconds).rate,
                "pgbench": lambda _: pgbench(postgres, data, amounts.seconds),
            }, bench.say)
        bench.say("counting round trips")
        trips = round_trips(postgres, data, secret)
    return [
        Row("postgres_list", "list on PostgreSQL", "requests/s", rates["server"], 0.6, reference=rates["pgbench"],
            reference_name=f"pgbench, same statement, {POSTGRES_CONNECTIONS} connections"),
        Row("postgres_trips", "round trips to PostgreSQL that a list waits for", "round trips", trips, 1, at_most=True),
    ]


def pgbench_script(users: int) -> str:
    """The server's statement with pgbench's variables, which `-M prepared` sends as parameters."""
    statement = run(program("tms_page_statement"), within=10)
    values = {
        "1": "lpad(cast(:user_id as text), 22, '0')",  # the session ids of tms_seed
        "2": "cast(:now as bigint)",
        "3": "cast(:cutoff as bigint)",
        "4": "cast(:newest as bigint)",
        "5": "cast(:first_id as uuid)",
        "6": "cast(:most as bigint)",
    }
    text = re.sub(r"\$(\d+)", lambda found: values[found[1]], statement)
    return f"\\set user_id random(1, {users})\n" + " ".join(text.split()) + ";\n"


def pgbench(postgres: Postgres, data: Data, seconds: int) -> float:
    now = int(time.time() * 1_000_000)
    text = run(PGBENCH, "-n", "-M", "prepared", "-c", str(POSTGRES_CONNECTIONS), "-j", "2", "-T", str(seconds),
               "-D", f"now={now}", "-D", f"cutoff={now - 14 * DAY}", "-D", f"newest={2**63 - 1}",
               "-D", "first_id=00000000-0000-0000-0000-000000000000", "-D", "most=51",
               "-f", str(data.folder / "statement"), within=seconds + 60, env=postgres.environment())
    found = re.search(r"^tps = ([\d.]+)", text, re.MULTILINE)
    if not found or "number of failed transactions: 0 " not in text:
        raise Failed(f"pgbench: {text[-1000:]}")
    return float(found[1])


def round_trips(postgres: Postgres, data: Data, secret: dict[str, str]) -> list[int]:
    """That one list waits for, once its connection and statement are there."""
    token = data.tokens()[0]
    trips = []
    with SlowPostgres(postgres.url) as far, \
            Server(data.folder, TMS_DATABASE_URL=far.url, TMS_WORKER_THREADS="1", **secret) as server:
        for _ in range(COUNTED_REQUESTS):
            began = time.monotonic()
            server.get("/api/tasks", token)
            trips.append(int((time.monotonic() - began) / far.DELAY))
            # The answer to COMMIT, for which nobody waits, is on its way.
            time.sleep(2 * far.DELAY)
    return trips[FIRST_COUNTED:]
