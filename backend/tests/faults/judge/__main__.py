"""The judge by hand, against any host that speaks the API:

    python3 -m judge load --base URL --mails FOLDER --notes FOLDER [--seconds 10] [--writers 16]
    python3 -m judge check --notes FOLDER --database FILE|postgresql://…|http://…

`load` signs people up by the mails that the host writes to FOLDER, and keeps its journal in the
folder of notes. `check` ends with 1 unless nothing was lost, made up, or done twice.
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from judge.checker import check
from judge.journal import Journal
from judge.load import Load
from judge.people import Person, sign_up
from judge.snapshots import read_any


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True)
    load = commands.add_parser("load")
    load.set_defaults(run=run_load)
    load.add_argument("--base", required=True)
    load.add_argument("--mails", type=Path, required=True)
    load.add_argument("--seconds", type=float, default=10)
    load.add_argument("--writers", type=int, default=16)
    load.add_argument("--people", type=int, default=4)
    load.add_argument("--seed", type=int, default=1)
    checker = commands.add_parser("check")
    checker.set_defaults(run=run_check)
    checker.add_argument("--database", required=True)
    for command in (load, checker):
        command.add_argument("--notes", type=Path, required=True)
    options = parser.parse_args()
    return options.run(options)


def run_load(options) -> int:
    options.notes.mkdir(parents=True, exist_ok=True)
    asyncio.run(load_for(options))
    return 0


async def load_for(options) -> None:
    people = await sign_up(options.base, options.mails, options.people)
    (options.notes / "people.json").write_text(json.dumps([asdict(person) for person in people]))
    journal = Journal(options.notes / "journal")
    load = Load(options.base, people, journal, options.seed, options.writers)
    began = time.monotonic()
    load.start()
    await asyncio.sleep(options.seconds)
    await load.stop()
    journal.close()
    rate = load.acknowledged / (time.monotonic() - began)
    print(f"{load.acknowledged} writes acknowledged, {rate:.0f} a second")


def run_check(options) -> int:
    people = [Person(**one) for one in json.loads((options.notes / "people.json").read_text())]
    verdict = check(options.notes / "journal", read_any(options.database, people))
    print(verdict)
    return 0 if verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
