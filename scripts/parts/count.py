#!/usr/bin/env python3
"""count.py tests|one STATUS LOG: prints `passed failed skipped` of one part of ./test.

Reads the summaries that GoogleTest, Vitest, Playwright, pytest, unittest, node:test and our own
checks print. A part that failed without naming a failed test has one failure; a part that should
have run tests and ran none has failed.
"""

import re
import sys
from collections import Counter
from pathlib import Path

COLOURS = re.compile(r"\x1b\[[0-9;]*m")

KINDS = {
    "passed": "passed", "pass": "passed", "xfailed": "passed", "ok": "passed",
    "failed": "failed", "fail": "failed", "error": "failed", "errors": "failed",
    "xpassed": "failed", "failures": "failed",
    # A test that passed at the second try has failed once.
    "flaky": "failed", "interrupted": "failed", "timed out": "failed", "did not run": "failed",
    "skipped": "skipped", "todo": "skipped",
}


def main(counts, status, log):
    found = count(Path(log).read_text(errors="replace"))
    if counts == "one":
        found = Counter(passed=1) if status == 0 else Counter(failed=1)
    elif found["passed"] + found["failed"] == 0:
        found["failed"] = 1
    elif status != 0 and found["failed"] == 0:
        found["failed"] = 1
    print(found["passed"], found["failed"], found["skipped"])


def count(text):
    """The sums over all summaries in a log."""
    total = Counter()
    for line in COLOURS.sub("", text).splitlines():
        for read in (googletest, vitest, playwright, pytest, unittest, node_test, own):
            total.update(read(line))
    return total


def googletest(line):
    found = re.match(r"\[ +(PASSED|FAILED|SKIPPED) +\] (\d+) tests?(\.|, listed below:)", line)
    return {found[1].lower(): int(found[2])} if found else {}


def vitest(line):
    # "      Tests  1 failed | 12 passed | 2 skipped (15)"
    found = re.match(r"\s+Tests\s+(\d.*) \(\d+\)$", line)
    return numbers(found[1], r" \| ") if found else {}


def playwright(line):
    # "  12 passed (3.4s)", each kind on a line of its own
    found = re.match(
        r"  (\d+) (passed|failed|flaky|skipped|interrupted|did not run)( \(\S+\))?$", line
    )
    return {KINDS[found[2]]: int(found[1])} if found else {}


def pytest(line):
    # "=== 1 failed, 12 passed in 3.40s ===", with -q without the signs
    found = re.match(r"(?:=+ )?(\d+ [a-z]+(?:, \d+ [a-z]+)*) in [\d.]+s(?: \([\d:]+\))?(?: =+)?$", line)
    return numbers(found[1], ", ") if found else {}


def unittest(line):
    # "Ran 12 tests in 0.1s" and, if not all passed, "FAILED (failures=1, errors=1)"
    ran = re.match(r"Ran (\d+) tests? in [\d.]+s$", line)
    if ran:
        return {"passed": int(ran[1])}
    result = re.match(r"(?:OK|FAILED) \(([a-z]+=\d+(?:, [a-z]+=\d+)*)\)$", line)
    if not result:
        return {}
    others = Counter()
    for item in result[1].split(", "):
        kind, number = item.split("=")
        others[KINDS.get(kind, "skipped")] += int(number)
    others["passed"] -= sum(others.values())
    return others


def node_test(line):
    found = re.match(r"(?:#|ℹ) (pass|fail|skipped) (\d+)$", line)
    return {KINDS[found[1]]: int(found[2])} if found else {}


def own(line):
    found = re.match(r"checks: (\d+) passed, (\d+) failed$", line)
    return {"passed": int(found[1]), "failed": int(found[2])} if found else {}


def numbers(text, separator):
    total = Counter()
    for item in re.split(separator, text):
        number, kind = item.split(" ", 1)
        if kind in KINDS:
            total[KINDS[kind]] += int(number)
    return total


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
