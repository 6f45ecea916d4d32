#!/usr/bin/env python3
"""What the documents name exists: files behind links, commands in code blocks, settings, packages, tests."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from checklist import checklist
from rules import report


def main(root):
    os.chdir(root)
    documents = [Path(name) for name in own_files() if name.endswith(".md")]
    rules = [
        ("links lead somewhere", links),
        ("commands in code blocks exist", commands),
        ("settings named in documents are read by the code", settings),
        ("docs/dependencies.md names every package", dependencies),
        ("the tests that docs/security.md names are there", checklist),
    ]
    return report((name, rule(documents)) for name, rule in rules)


def own_files():
    return subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True, text=True).stdout.splitlines()


def links(documents):
    for document in documents:
        text = without_code_blocks(document.read_text())
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            file = (document.parent / name) if name else document
            if not file.exists():
                yield f"{document}: {target} is not there"
            elif anchor and file.suffix == ".md" and anchor not in anchors(file):
                yield f"{document}: {target}: no such heading"


def anchors(file):
    """GitHub's: lower case, punctuation gone, spaces to hyphens."""
    headings = re.findall(r"^#+ +(.+)$", without_code_blocks(file.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def without_code_blocks(text):
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def commands(documents):
    for document in documents:
        for line in shell_lines(document.read_text()):
            words = re.sub(r"^(sudo |[A-Z_]+=\S+ )+", "", line).split()
            problem = problem_with(words, document) if words else None
            if problem:
                yield f"{document}: `{line}`: {problem}"


def shell_lines(text):
    """Commands of ```sh blocks, without prompts, comments and continued lines."""
    for block in re.findall(r"^```(?:sh|bash|shell|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        block = re.sub(r"\\\n\s*", "", block)
        for line in block.splitlines():
            line = re.sub(r"\s+#.*$|^#.*$", "", re.sub(r"^\$ ", "", line.strip()))
            yield from (part.strip() for part in re.split(r"&&|\|\||;|\|", line))


def problem_with(words, document):
    program, rest = words[0], words[1:]
    if program == "./test":
        unknown = [word for word in rest if re.match(r"[a-z]", word) and word not in test_parts()]
        return f"no part named {unknown[0]}" if unknown else None
    if program == "cmake" and "--preset" in rest:
        preset = rest[rest.index("--preset") + 1]
        return None if preset in presets() else "no such preset"
    if program == "npm" and rest[:1] == ["run"]:
        return None if rest[1] in npm_scripts() else "no such script in frontend/package.json"
    if program in ("tms", "build/release/tms") and rest and re.match(r"[a-z]", rest[0]):
        return unknown_subcommand(rest[0])
    if program == "cd":
        return None if Path(rest[0]).is_dir() else "no such folder"
    if "/" in program and not program.startswith(("/", "~")) and not program.startswith("build/"):
        return None if Path(program).exists() or (document.parent / program).exists() else "no such file"
    return None


def test_parts():
    lines = subprocess.run(["./test", "--list"], check=True, capture_output=True, text=True).stdout
    return {line.split()[0] for line in lines.splitlines()}


def presets():
    return {preset["name"] for preset in json.loads(Path("CMakePresets.json").read_text())["configurePresets"]}


def npm_scripts():
    return json.loads(Path("frontend/package.json").read_text())["scripts"]


def unknown_subcommand(name):
    tms = Path("build/release/tms")
    if not tms.exists():
        return None
    text = subprocess.run([tms, "--help"], capture_output=True, text=True).stdout
    return None if re.search(rf"^\s+{re.escape(name)}\b", text, re.MULTILINE) else "no such command of tms"


def settings(documents):
    known = set()
    for name in own_files():
        if name.endswith(".md") or not Path(name).is_file():
            continue
        # A setting that only tests know is none, but for the settings of the tests themselves.
        prefix = "TMS_TEST_" if name.startswith("backend/tests/") else "TMS_"
        known.update(re.findall(rf"\b{prefix}[A-Z0-9_]+", Path(name).read_text(errors="replace")))
    for document in documents:
        for name in sorted(set(re.findall(r"\bTMS_[A-Z0-9_]+\b", document.read_text()))):
            if name not in known:
                yield f"{document}: {name} is read nowhere"


def dependencies(_):
    page = Path("docs/dependencies.md")
    if not page.exists():
        yield f"{page} is missing"
        return
    named = set(re.findall(r"`([^`\s]+)`", page.read_text()))
    for source, names in wanted_packages():
        for name in names:
            if name not in named:
                yield f"{page}: `{name}` of {source} is not explained"


def wanted_packages():
    for file in sorted(Path("scripts/apt").glob("*.txt")):
        lines = file.read_text().splitlines()
        yield file, [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
    for name in own_files():
        file = Path(name)
        if file.name == "package.json" and file.is_file():
            content = json.loads(file.read_text())
            yield file, [*content.get("dependencies", {}), *content.get("devDependencies", {})]
        if re.match(r"requirements.*\.in$", file.name) and file.is_file():
            yield file, direct_requirements(file)


def direct_requirements(file):
    """The packages that we import; requirements.txt beside it pins what they need in turn."""
    for line in file.read_text().splitlines():
        found = re.match(r"([A-Za-z0-9._-]+)(\[[^\]]*\])?\s*==", line)
        if found:
            yield found[1]


if __name__ == "__main__":
    sys.exit(main(os.environ.get("TMS_ROOT", ".")))
