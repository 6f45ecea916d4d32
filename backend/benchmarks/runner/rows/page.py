"""The page in a browser: Lighthouse's scores, a repeat visit, and acting on 10,000 tasks."""

import json
import os
import statistics

from runner.bench import Bench
from runner.measure import Row
from runner.processes import ROOT, run
from runner.server import Server, clean_environment

# What Lighthouse looks at, and on a phone more than one screen of it.
LISTED = 200
PAGES = {"login": "the log-in page", "tasks": f"the page with {LISTED} tasks"}
RULES = ("accessibility", "best-practices", "seo")
ACTIONS = {"toggle": "completing", "add": "adding", "remove": "deleting"}


def page(bench: Bench) -> list[Row]:
    return lighthouse(bench) + with_many_tasks(bench)


def lighthouse(bench: Bench) -> list[Row]:
    rounds = bench.amounts.page_rounds
    with bench.data(users=1, tasks=LISTED) as data, Server(data.folder) as server:
        bench.say(f"Lighthouse, {rounds} times two pages")
        results = json.loads(run(
            "node", "frontend/tools/lighthouse/measure.mjs", f"http://localhost:{server.port}", data.tokens()[0],
            str(rounds), within=120 + 120 * rounds, cwd=ROOT))
    (bench.folder / "lighthouse.json").write_text(json.dumps(results, indent=2) + "\n")
    rows = []
    for name, what in PAGES.items():
        runs = results[name]
        rows.append(Row(f"lighthouse_{name}", f"Lighthouse on a phone, {what}: performance", "of 100",
                        [run["performance"] for run in runs], 98, note=vitals(runs)))
        rows.append(Row(f"lighthouse_{name}_rules", "the same: lowest of accessibility, best practices and SEO",
                        "of 100", [min(run[rule] for rule in RULES) for run in runs], 100))
    rows.append(Row("repeat_visit", f"repeat visit: {LISTED} tasks on the screen", "ms", results["repeat"], 500,
                    at_most=True, note="no throttle; from the beginning of the navigation"))
    return rows


def vitals(runs: list[dict]) -> str:
    """Medians of what the score is made of."""
    def middle(name: str) -> float:
        return statistics.median(run[name] for run in runs)

    return (f"FCP {middle('fcp') / 1000:.1f} s, LCP {middle('lcp') / 1000:.1f} s, TBT {middle('tbt'):.0f} ms, "
            f"CLS {middle('cls'):.2g}")


def with_many_tasks(bench: Bench) -> list[Row]:
    """What e2e/perf.spec.ts measures; it seeds its own server."""
    tasks = bench.amounts.page_tasks
    bench.say(f"acting on {tasks:,} tasks")
    file = bench.work_folder("page") / "figures.json"
    file.unlink(missing_ok=True)
    run("npx", "--no-install", "playwright", "test", "perf.spec.ts", within=900, cwd=ROOT / "frontend",
        env=clean_environment() | {"TMS_E2E_FIGURES": str(file), "TMS_E2E_TASKS": str(tasks)})
    durations = json.loads(file.read_text())["many"]
    return [Row(f"page_{name}", f"{what} one of {tasks:,} tasks, to the next frame", "ms", [durations[name]], 100,
                at_most=True, note="processor slowed 4 times")
            for name, what in ACTIONS.items()]
