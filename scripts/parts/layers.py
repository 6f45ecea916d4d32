#!/usr/bin/env python3
"""The rules of the house that no compiler knows. Each problem is printed with its place.

A line `long-file: REASON` within the first ten lines of a file lets it exceed the length cap.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from rules import report

# The folders of backend/. Each may include itself and those to its left.
LAYERS = ["core", "validators", "http", "aws", "db", "auth", "email", "handlers", "hosts"]
MAY_INCLUDE = {layer: set(LAYERS[:place]) for place, layer in enumerate(LAYERS)}
# A handler does not know where it runs.
MAY_INCLUDE["handlers"].remove("aws")
# Beside the program.
OTHER_FOLDERS = {"tests", "tools", "benchmarks", "fuzz"}

# Headers that only some layers may know: a handler knows neither the network nor an engine, and
# http/ holds plain values.
FOREIGN = {
    r"boost/(beast|asio)": {"aws", "hosts"},
    r"(libpq-fe|libpq/|postgres)": {"db"},
    r"sqlite3": {"db"},
    r"curl/": {"email", "hosts"},
    r"aws/|lambda": {"hosts"},
}

# Each takes seconds to read: in a header they would slow every file that includes it. The few files
# of hosts/server that share a socket are the exception.
HEAVY = r"boost/(beast|asio|json)|libpq-fe|sqlite3|curl/"

LONGEST = 400

# Files that nobody writes by hand, and so cannot say it themselves.
LONG_BY_NATURE = {
    "package-lock.json": "generated",
    "api.d.ts": "generated from openapi.yaml",
    "LICENSE": "a legal text",
    "common_passwords.txt": "a list",
}

# The character classes keep this file from finding itself.
MACHINE = {
    "a path of some machine": r"/[w]ork/|/[h]ome/\w|/[r]oot/|/[t]mp/(tools|brief|scripts)",
    "a registry's host name": r"[r]egistry\.npmjs|[p]ypi\.org|[d]eb\.debian\.org|[f]iles\.pythonhosted",
    "a resolved URL in a lock file": r'"[r]esolved"\s*:',
}


def main(root):
    os.chdir(root)
    files = [Path(name) for name in own_files()]
    rules = [
        ("layers include only what they may", include_rule),
        ("foreign headers stay where they belong", foreign_rule),
        ("heavy headers stay in .cpp files", heavy_rule),
        (f"no file over {LONGEST} lines without a reason", length_rule),
        ("no machine paths or registry hosts", machine_rule),
        ("every handler has its own unit test file", handler_test_rule),
        ("lists of packages are sorted out: none named twice", package_rule),
    ]
    return report((name, rule(files)) for name, rule in rules)


def own_files():
    """Files of the repository, also those that are not committed yet."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True, text=True,
    ).stdout.split("\0")
    return sorted(name for name in names if name and Path(name).is_file())


def include_rule(files):
    for folder in sorted({file.parts[1] for file in files if file.parts[0] == "backend" and len(file.parts) > 2}):
        if folder not in LAYERS and folder not in OTHER_FOLDERS:
            yield f"backend/{folder}: a layer unknown to scripts/parts/layers.py"
    for file, number, header in project_includes(files):
        layer, wanted = file.parts[1], header.split("/")[1]
        if layer in MAY_INCLUDE and wanted in LAYERS and wanted != layer:
            if wanted not in MAY_INCLUDE[layer]:
                yield f"{file}:{number}: {layer} may not include {header}"


def project_includes(files):
    """Every `#include "backend/…"` of the program, tests apart."""
    for file in cpp_files(files):
        for number, line in numbered(file):
            found = re.match(r'\s*#\s*include\s+"(backend/[^"]+)"', line)
            if found:
                yield file, number, found[1]


def foreign_rule(files):
    for file, number, header in library_includes(files):
        for pattern, layers in FOREIGN.items():
            if re.match(pattern, header) and file.parts[1] not in layers:
                yield f"{file}:{number}: only {', '.join(sorted(layers))} may include <{header}>"


def heavy_rule(files):
    for file, number, header in library_includes(files):
        shares_socket = file.parts[1:3] == ("hosts", "server") and header.startswith("boost/asio/")
        if file.suffix == ".h" and re.match(HEAVY, header) and not shares_socket:
            yield f"{file}:{number}: <{header}> belongs into a .cpp file"


def library_includes(files):
    for file in cpp_files(files):
        for number, line in numbered(file):
            found = re.match(r'\s*#\s*include\s+<([^>]+)>', line)
            if found:
                yield file, number, found[1]


def cpp_files(files):
    for file in files:
        if file.suffix in (".h", ".cpp") and file.parts[0] == "backend" and len(file.parts) > 2:
            if file.parts[1] in LAYERS:
                yield file


def length_rule(files):
    for file in files:
        if file.name in LONG_BY_NATURE or is_binary(file):
            continue
        lines = text_of(file).splitlines()
        if len(lines) > LONGEST and not any(re.search(r"long-file: \w", line) for line in lines[:10]):
            yield f"{file}: {len(lines)} lines"


def machine_rule(files):
    for file in files:
        if is_binary(file):
            continue
        for number, line in numbered(file):
            for what, pattern in MACHINE.items():
                if re.search(pattern, line):
                    yield f"{file}:{number}: {what}"


def handler_test_rule(files):
    tests = {file.name for file in files if file.parts[:3] == ("backend", "tests", "handlers")}
    actions = route_actions(files)
    if not actions:
        yield "no action found in backend/http/route_table.h"
    for action in actions:
        if f"{action}_test.cpp" not in tests:
            yield f"backend/tests/handlers/…/{action}_test.cpp is missing"


def route_actions(files):
    table = Path("backend/http/route_table.h")
    if table not in files:
        return []
    return re.findall(r'Route\{\s*Method::\w+,\s*"[^"]*",\s*"(\w+)"', text_of(table))


def package_rule(files):
    seen = {}
    for file in files:
        if file.parts[:2] != ("scripts", "apt"):
            continue
        for number, line in numbered(file):
            words = line.split()
            if not words or line.startswith("#"):
                continue
            if len(words) < 2:
                yield f"{file}:{number}: {words[0]} has no reason"
            if words[0] in seen:
                yield f"{file}:{number}: {words[0]} stands in {seen[words[0]]}, too"
            seen[words[0]] = file


def numbered(file):
    return enumerate(text_of(file).splitlines(), start=1)


def text_of(file):
    return file.read_text(errors="replace")


def is_binary(file):
    with file.open("rb") as stream:
        return b"\0" in stream.read(8192)


if __name__ == "__main__":
    sys.exit(main(os.environ.get("TMS_ROOT", ".")))
