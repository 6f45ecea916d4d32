"""The command line of backend/benchmarks/run."""

import argparse
import datetime
import os
import platform
import signal
import subprocess
import sys
import traceback

from runner.amounts import QUICK, WHOLE
from runner.bench import Bench
from runner.measure import Row
from runner.picture import picture
from runner.processes import ROOT
from runner.report import last_whole_runs, load, remember_whole_run, replace_between_markers, save, table
from runner.rows import ROWS

DOCUMENT = ROOT / "docs/performance.md"
PICTURE = ROOT / "docs/images/benchmarks.svg"
# A run that hangs ends by itself, and every program that it started with it.
LONGEST = 3600


def main() -> int:
    arguments = read_arguments()
    amounts = QUICK if arguments.quick else WHOLE
    folder = ROOT / "build/benchmarks" / ("quick" if arguments.quick else "")
    signal.alarm(LONGEST)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    bench = Bench(amounts, folder)
    began = about_this_run()
    rows, failed = measure(bench, [] if arguments.from_files else arguments.names or list(ROWS))
    saved, about = load(folder, list(ROWS))
    if not arguments.from_files and not arguments.names and not failed:
        remember_whole_run(folder / "runs", rows, began)
    if arguments.from_files:
        rows = saved
    print(table(rows))
    (folder / "benchmarks.svg").write_text(picture(saved))
    if arguments.write_docs:
        write_document(saved, about, last_whole_runs(folder / "runs"))
    for name in failed:
        print(f"FAILED: {name}", file=sys.stderr)
    return 1 if failed else 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="backend/benchmarks/run",
        description="Measures the server beside stated references, about 15 minutes for all. A figure that misses "
                    "its target is no failure of this program; exit code 1: something could not be measured.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {' '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true",
                        help="tiny amounts: shows that the runner works; the figures mean nothing")
    parser.add_argument("--write-docs", action="store_true",
                        help="put the table of all saved results and the picture into docs/performance.md")
    parser.add_argument("--from-files", action="store_true", help="measure nothing, use the saved results")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in ROWS]
    if unknown:
        parser.error(f"no row is named {unknown[0]}; there are {' '.join(ROWS)}")
    if arguments.quick and arguments.write_docs:
        parser.error("figures of --quick mean nothing and do not go into the document")
    return arguments


def measure(bench: Bench, names: list[str]) -> tuple[list[Row], list[str]]:
    """All rows, also after one failed; and the names of those that did."""
    rows, failed = [], []
    for name in names:
        bench.row = name
        try:
            measured = ROWS[name](bench)
        except Exception:  # one row that cannot be measured does not take the others with it
            traceback.print_exc()
            failed.append(name)
            continue
        save(bench.folder, name, measured, about_this_run())
        rows += measured
        for row in measured:
            bench.say(f"{row.what}: {row.value:.3g} {'holds' if row.passed else 'MISSED'}")
    return rows, failed


def about_this_run() -> dict:
    def words(*command: str) -> str:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = " with changes" if words("git", "status", "--porcelain", "--untracked-files=no") else ""
    return {
        "when": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": words("git", "rev-parse", "--short", "HEAD") + changed,
        "cores": len(os.sched_getaffinity(0)),
        "processor": next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
                          platform.machine()),
        "load_before": round(os.getloadavg()[0], 1),
    }


def write_document(rows: list[Row], about: list[dict], runs: list[dict[str, float]]) -> None:
    latest = max(about, key=lambda one: one["when"])
    words = (f"Measured {latest['when']} at commit {latest['commit']}, {latest['cores']} cores of {latest['processor']}. "
             "Median of the rounds ± half the distance between the smallest and the largest.")
    text = DOCUMENT.read_text()
    DOCUMENT.write_text(replace_between_markers(
        text, f"{words}\n\n{table(rows, runs)}\n\n![Each figure against its target](images/benchmarks.svg)"))
    PICTURE.write_text(picture(rows))


if __name__ == "__main__":
    sys.exit(main())
