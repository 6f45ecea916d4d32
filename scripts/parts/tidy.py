#!/usr/bin/env python3
"""clang-tidy over every C++ source of the back end; over its tests only with --long, because they
take as long again. With files as arguments: over these only.

A file is skipped when it, the headers of ours that it includes, its compile command and the rules
are those of its last clean run: the hash of all that is a file in .cache/tidy.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

ROOT = Path(os.environ.get("TMS_ROOT", ".")).resolve()
CLEAN = ROOT / ".cache" / "tidy"
# Of PyPI: Debian 12's clang-tidy 14 reads every system header with every check and takes twice as long.
VERSION = "23.1.4"
TOOLS = ROOT / ".cache" / f"clang-tidy-{VERSION}"
TIDY = TOOLS / "bin" / "clang-tidy"
NAMED = {Path(name).resolve() for name in sys.argv[1:]}


def main():
    install()
    configure()
    CLEAN.mkdir(parents=True, exist_ok=True)
    sources = [(key_of(entry), Path(entry["file"])) for entry in compile_commands()]
    if not sources:
        print("no C++ source found")
        return 1
    pending = [(key, file) for key, file in sources if not (CLEAN / key).exists()]
    print(f"{len(sources)} sources, {len(pending)} to look at", flush=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = sum(not clean for clean in pool.map(lambda item: look_at(*item), pending))
    if not NAMED:
        forget_all_but({key for key, _ in sources})
    print(f"{complaints} sources with complaints")
    return 1 if complaints else 0


def install():
    if TIDY.exists():
        return
    subprocess.run([sys.executable, "-m", "venv", TOOLS], check=True)
    subprocess.run(
        [TOOLS / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
         f"clang-tidy=={VERSION}"],
        check=True)


def configure():
    """The compile commands of clang, not of g++, whose options clang-tidy does not all know."""
    subprocess.run(
        ["cmake", "--preset", "tidy", "-DTMS_BUILD_TESTS=ON"],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def compile_commands():
    entries = json.loads((ROOT / "build/tidy/compile_commands.json").read_text())
    sources = {entry["file"]: entry for entry in entries if is_wanted(Path(entry["file"]))}
    return sources.values()


def is_wanted(file):
    if NAMED:
        return file in NAMED
    if not file.is_relative_to(ROOT / "backend"):
        return False
    return not file.is_relative_to(ROOT / "backend" / "tests") or "TMS_TEST_LONG" in os.environ


def key_of(entry):
    digest = hashlib.sha256(rules())
    # Without the place of the checkout, so that a cache can be carried elsewhere.
    digest.update(entry["command"].replace(str(ROOT), "").encode())
    for file in sorted(own_files_of(Path(entry["file"]))):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + content(file))
    return digest.hexdigest()


@lru_cache(None)
def rules():
    return VERSION.encode() + (ROOT / ".clang-tidy").read_bytes()


def own_files_of(source):
    """The source and every header of ours that it includes, directly or not."""
    seen, waiting = set(), [source]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting.extend(included_by(file))
    return seen


@lru_cache(None)
def included_by(file):
    names = re.findall(rb'^\s*#\s*include\s+"([^"]+)"', content(file), re.MULTILINE)
    places = [place / name.decode() for name in names for place in (ROOT, file.parent)]
    return [place for place in places if place.is_file()]


@lru_cache(None)
def content(file):
    return file.read_bytes()


def look_at(key, file):
    done = subprocess.run(
        [TIDY, "--quiet", "-p", str(ROOT / "build/tidy"), str(file)],
        cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        (CLEAN / key).touch()
        print(f"ok      {file.relative_to(ROOT)}", flush=True)
        return True
    print(f"FAILED  {file.relative_to(ROOT)}\n{done.stdout}", flush=True)
    return False


def forget_all_but(keys):
    for stamp in CLEAN.iterdir():
        if stamp.name not in keys:
            stamp.unlink()


if __name__ == "__main__":
    sys.exit(main())
