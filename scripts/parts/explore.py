#!/usr/bin/env python3
"""The long run of the fuzzers: each explores until it has had its processor time, not until a clock says so.

    scripts/parts/explore.py [--minutes M] [NAME…]     M of processor time each, 20 by default

What was interesting is kept in .cache/fuzz/NAME, and beside it in NAME.json how far the program got: a run
that is cut off goes on there, and a program that was built anew begins again. An input that breaks a
parser is kept in build/fuzz/found. The last lines are the table of docs/security.md.
"""

import argparse
import hashlib
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = Path("build/fuzz/backend/fuzz")
SOURCES = Path("backend/fuzz")
FOUND = Path("build/fuzz/found")
CACHE = Path(".cache/fuzz")
# Long enough that reading the corpus again does not count, short enough that little is lost with a cut.
CHUNK_SECONDS = 120
EXECUTIONS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--minutes", type=float, default=20)
    options.add_argument("names", nargs="*")
    chosen = options.parse_args()
    names = chosen.names or sorted(path.name for path in PROGRAMS.glob("*_fuzzer"))
    results = [Exploration(name).until(chosen.minutes * 60) for name in names]
    print("\n| program | executions | processor time |\n|---|---|---|")
    for one in results:
        print(f"| `{one.name}` | {one.executions:,} | {one.seconds:,.0f} s |")
    bad = sum(one.broken for one in results)
    print(f"checks: {len(results) - bad} passed, {bad} failed")
    return 1 if bad or not results else 0


class Exploration:
    """How far one program got, kept from run to run."""

    def __init__(self, name: str):
        self.name, self.broken = name, False
        self.program, self.state = PROGRAMS / name, CACHE / f"{name}.json"
        self.build = hashlib.sha256(self.program.read_bytes()).hexdigest()
        kept = json.loads(self.state.read_text()) if self.state.exists() else {}
        same = kept.get("build") == self.build
        self.seconds = kept["seconds"] if same else 0.0
        self.executions = kept["executions"] if same else 0

    def until(self, seconds: float) -> "Exploration":
        print(f"--- {self.name}", flush=True)
        while self.seconds < seconds and not self.broken:
            self.explore(min(CHUNK_SECONDS, seconds - self.seconds))
            print(f"{self.seconds:7.0f} s, {self.executions:,} executions", flush=True)
        if self.broken:
            print(f"FAILED: {self.name}")
        return self

    def explore(self, wall_seconds: float) -> None:
        corpus = CACHE / self.name
        corpus.mkdir(parents=True, exist_ok=True)
        FOUND.mkdir(parents=True, exist_ok=True)
        seeds, words = SOURCES / "seeds" / self.name, SOURCES / "dictionaries" / f"{self.name}.dict"
        command = [self.program, f"-max_total_time={max(1, round(wall_seconds))}", "-max_len=4096",
                   "-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={FOUND}/{self.name}-"]
        command += [f"-dict={words}"] if words.exists() else []
        command += [corpus] + ([seeds] if seeds.is_dir() else [])
        before = time_of_children()
        run = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        self.seconds += time_of_children() - before
        found = EXECUTIONS.search(run.stderr)
        self.executions += int(found[1]) if found else 0
        self.broken = run.returncode != 0 or not found
        if self.broken:
            print(run.stderr, file=sys.stderr)
            return
        self.state.write_text(json.dumps(
            {"build": self.build, "seconds": self.seconds, "executions": self.executions,
             "at": time.strftime("%Y-%m-%d")}))


def time_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
