"""docs/security.md: 70 rows, and every test and file that a row names is there."""

import re
import subprocess
from pathlib import Path

PAGE = Path("docs/security.md")
ROWS = 70
# What stands in backticks in the last column: `Suite.test` (GoogleTest), `test_name` (Python),
# `file.test.ts: sentence` (Vitest, Playwright).
GOOGLE_TEST = re.compile(r"[A-Za-z]\w*\.\w+")
PYTHON_TEST = re.compile(r"test_\w+")
PAGE_TEST = re.compile(r"(\S+\.(?:test|spec)\.tsx?): (.+)")
# A row without a test says why.
REASON = re.compile(r"\b(open|does not apply): \S")


def checklist(_):
    if not PAGE.exists():
        yield f"{PAGE} is missing"
        return
    rows = [cells(line) for line in PAGE.read_text().splitlines() if re.match(r"\| \d+ \|", line)]
    numbers = [int(row[0]) for row in rows]
    if numbers != list(range(1, ROWS + 1)):
        yield f"{PAGE}: the rows must be 1 to {ROWS}, in order and once"
    known = Tests()
    for row in rows:
        for problem in problems_of(row, known):
            yield f"{PAGE}: row {row[0]}: {problem}"


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def problems_of(row, known):
    if len(row) != 5:
        yield f"has {len(row)} cells, not 5"
        return
    _, _, asvs, defence, proof = row
    if not asvs:
        yield "names no ASVS requirement and no other source"
    named = re.findall(r"`([^`]+)`", proof)
    if not named and not REASON.search(proof):
        yield "names neither a test nor the reason why there is none"
    for test in named:
        if not known.has(test):
            yield f"`{test}` is no test in the sources"
    for file in re.findall(r"`([^`\s]+/[^`\s]+)`", defence):
        if not Path(file).exists():
            yield f"{file} is not there"


class Tests:
    """The names of all tests in the sources."""

    def __init__(self):
        names = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True, text=True).stdout.splitlines()
        files = [Path(name) for name in names if Path(name).is_file()]
        self.google, self.python, self.page = set(), set(), {}
        for file in files:
            if file.name.endswith("_test.cpp"):
                self.google.update(
                    f"{suite}.{test}" for suite, test in
                    re.findall(r"^TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", file.read_text(), re.MULTILINE))
            elif file.name.endswith(".py"):
                self.python.update(re.findall(r"^\s*def (test_\w+)\(", file.read_text(), re.MULTILINE))
            elif re.search(r"\.(test|spec)\.tsx?$", file.name):
                self.page[file.name] = self.page.get(file.name, "") + file.read_text()

    def has(self, name):
        if found := PAGE_TEST.fullmatch(name):
            text = self.page.get(found[1], "")
            return any(f"{quote}{found[2]}{quote}" in text for quote in "'\"`")
        if PYTHON_TEST.fullmatch(name):
            return name in self.python
        return bool(GOOGLE_TEST.fullmatch(name)) and name in self.google
