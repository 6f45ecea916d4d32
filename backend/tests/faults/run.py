#!/usr/bin/env python3
"""run.py [--long] [--list] [NAME…]: does the faults, all by default, and prints what was measured.

A name may be the beginning of several, such as `postgres`. TMS_TEST_BINARY names the program
(build/release/tms), TMS_TEST_POWER_CUT the tests on the
simulated disk.
"""

import os
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../python")]
sys.dont_write_bytecode = True

from runs import (  # noqa: E402
    aws, backup, clock, data_file, disk_full, kill, limits, mail, migration, postgres, power_cut, stop, tampered)
from runs.amounts import Skipped  # noqa: E402

# Name, what it does, and the function.
FAULTS = [
    ("judge-sqlite", "the judge sees what is spoilt behind its back, SQLite", tampered.tampered_sqlite),
    ("judge-postgres", "the same, PostgreSQL", tampered.tampered_postgres),
    ("kill-sqlite", "kill -9 under load, SQLite", kill.kill_sqlite),
    ("kill-postgres", "kill -9 under load, PostgreSQL", kill.kill_postgres),
    ("power-cut", "power cuts of a simulated disk, SQLite", power_cut.power_cut),
    ("failing-disk", "every write and sync fails once, SQLite", power_cut.failing_disk),
    ("disk-full", "the disk is full and freed again, SQLite", disk_full.disk_full),
    ("file-moved", "the database file is moved away and back, SQLite", data_file.moved),
    ("read-only", "the file system becomes read-only, SQLite", data_file.read_only),
    ("stop-sqlite", "SIGTERM under load, SQLite", stop.stop_sqlite),
    ("stop-postgres", "SIGTERM under load, PostgreSQL", stop.stop_postgres),
    ("two-servers-sqlite", "a second server on one data folder", stop.two_servers_sqlite),
    ("two-servers-postgres", "two servers on one database, one killed", stop.two_servers_postgres),
    ("descriptors", "too few file descriptors", limits.descriptors),
    ("memory", "too little memory", limits.memory),
    ("mail-down", "the mail server is down, and the server is killed meanwhile", mail.mail_server_away),
    ("mail-slow", "the mail server is slow, answers 451, breaks off after DATA", mail.mail_server_misbehaves),
    ("mail-refused", "the mail server answers 550", mail.mail_refused),
    ("clock", "the clock jumps", clock.clock_steps),
    ("migration-sqlite", "the power fails at every call of a migration, SQLite", power_cut.migration),
    ("migration-postgres", "tms migrate is killed, PostgreSQL", migration.migration_postgres),
    ("backup-sqlite", "backups under load, restored, SQLite", backup.backup_sqlite),
    ("backup-postgres", "backups under load, restored, PostgreSQL", backup.backup_postgres),
    ("postgres-restart", "PostgreSQL is restarted under load", postgres.restarted),
    ("postgres-stopped", "PostgreSQL is stopped for long", postgres.stopped),
    ("postgres-exhausted", "others take PostgreSQL's connections", postgres.exhausted),
    ("postgres-black-hole", "the network to PostgreSQL swallows everything", postgres.black_hole),
    ("postgres-one-way", "the network to PostgreSQL swallows one direction", postgres.one_way),
    ("postgres-slow-link", "the network to PostgreSQL is slow and cuts everything into pieces", postgres.slow_link),
    ("postgres-reset", "connections to PostgreSQL are reset", postgres.reset),
]

# With --long or by name only: these want the static Lambda program, which another part builds. One
# after the other, because two stacks would look for free ports at once.
AWS_FAULTS = [
    ("lambda-judge", "the judge sees what is spoilt behind the functions' backs", aws.tampered),
    ("lambda-kill", "the processes of functions are killed under load", aws.killed),
    ("lambda-postgres-restart", "the functions' PostgreSQL is restarted under load", aws.postgres_restarted),
    ("lambda-postgres-stopped", "the functions' PostgreSQL is stopped for long", aws.postgres_stopped),
]

SIDE_BY_SIDE = 3


def main(arguments: list[str]) -> int:
    if "--list" in arguments:
        for name, what, _ in FAULTS + AWS_FAULTS:
            print(f"{name:23} {what}")
        return 0
    if "--long" in arguments:
        os.environ["TMS_TEST_LONG"] = "1"
    names = [one for one in arguments if not one.startswith("-")]
    every = FAULTS + (AWS_FAULTS if names or os.environ.get("TMS_TEST_LONG") else [])
    chosen = [one for one in every if not names or any(fits(one[0], name, arguments) for name in names)]
    if not chosen:
        print(f"no fault is named {' '.join(names)}; see --list", file=sys.stderr)
        return 2
    side_by_side = [] if len(chosen) == 1 or os.environ.get("TMS_TEST_LONG") else [
        one for one in chosen if one not in AWS_FAULTS]
    # Most of each is waiting.
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        failed = sum(pool.map(lambda one: run_apart(one[0]), side_by_side))
    failed += sum(not run(*one) for one in chosen if one not in side_by_side)
    print(f"checks: {len(chosen) - failed} passed, {failed} failed")
    return 1 if failed else 0


def fits(fault: str, name: str, arguments: list[str]) -> bool:
    return fault == name if "--only" in arguments else fault.startswith(name)


def run_apart(name: str) -> int:
    """In a process of its own; gives its exit code."""
    done = subprocess.run([sys.executable, __file__, "--only", name], capture_output=True, text=True)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("checks: ")]
    print("\n".join(lines), flush=True)
    return done.returncode != 0


def run(name: str, what: str, fault) -> bool:
    began = time.monotonic()
    try:
        measured = fault()
    except Skipped as reason:
        print(f"SKIPPED {name} ({what}): {reason}", flush=True)
        return True
    except Exception:  # noqa: BLE001: one fault must not keep the others from being done
        print(f"FAILED  {name} ({what}), {time.monotonic() - began:.0f} s\n{traceback.format_exc()}", flush=True)
        return False
    print(f"ok      {name} ({what}), {time.monotonic() - began:.0f} s: {measured}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
