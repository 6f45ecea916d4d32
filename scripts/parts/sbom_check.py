#!/usr/bin/env python3
"""scripts/sbom writes a list that is valid CycloneDX 1.6 and holds every library that the programs are linked with."""

import importlib.machinery
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from rules import report

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "scripts/sbom-check/requirements.txt"
TOOLS = ROOT / ".cache/sbom"


def main():
    import_validator()
    bom = sbom.bill()
    rules = [
        ("scripts/sbom writes what CycloneDX 1.6 allows", invalid(bom)),
        ("every library that the programs are linked with is in it", list(missing_libraries(bom))),
        ("every npm package that the page asks for is in it", missing_packages(bom)),
        ("the same build gives the same list", [] if sbom.bill() == bom else ["the second differs"]),
    ]
    return report(rules)


def invalid(bom):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bom))
    return [str(problem)] if problem else []


def missing_libraries(bom):
    """Found in another way than scripts/sbom does: in the programs themselves and in the build's description."""
    names = {one["name"] for one in bom["components"]}
    program = ROOT / "build/release/tms"
    files = [path_of(soname) for soname in needed_by(program)]
    if not files:
        yield f"{program} needs no shared library; is it the one that ./run starts?"
    if (ROOT / "build/lambda/bootstrap").exists():
        files += static_libraries("lambda", "bootstrap")
    for file, owner in sorted(sbom.owners_of({str(Path(file).resolve()) for file in files}).items()):
        if owner.split(":")[0] not in names:
            yield f"{file} of {owner}"


def needed_by(program):
    output = sbom.run("readelf", "--dynamic", str(program))
    return re.findall(r"\(NEEDED\).*\[(.*)\]", output)


def path_of(soname):
    cache = sbom.run("/sbin/ldconfig", "--print-cache")
    return re.search(rf"^\s*{re.escape(soname)} .*x86-64.* => (\S+)$", cache, re.MULTILINE)[1]


def static_libraries(preset, target):
    description = (ROOT / "build" / preset / "build.ninja").read_text()
    statement = description[description.index(f"build {target}: "):]
    return re.findall(r"/usr/\S+\.a\b", re.search(r"LINK_LIBRARIES = (.*)", statement)[1])


def missing_packages(bom):
    names = {one["name"] for one in bom["components"]}
    asked = json.loads((ROOT / "frontend/package.json").read_text())["dependencies"]
    return sorted(set(asked) - names)


def import_validator():
    """Brings CycloneDX's own validator from PyPI into a folder of its own, once."""
    stamp = TOOLS / "requirements.txt"
    python = TOOLS / "bin/python"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", TOOLS], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
                        "-r", REQUIREMENTS], check=True)
        stamp.write_bytes(REQUIREMENTS.read_bytes())
    if Path(sys.prefix) != TOOLS:
        os.execv(python, [python, *sys.argv])


def load_script(name):
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "scripts" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


sbom = load_script("sbom")

if __name__ == "__main__":
    sys.exit(main())
