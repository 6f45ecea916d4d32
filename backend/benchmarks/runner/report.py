"""The table, the files of results, and the place of the table in a document."""

import json
import statistics
from collections.abc import Sequence
from pathlib import Path

from runner.measure import Row, spread

BEGIN = "<!-- figures: backend/benchmarks/run --write-docs -->"
END = "<!-- end of figures -->"


def save(folder: Path, name: str, rows: list[Row], about: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"about": about, "rows": [row.to_json() for row in rows]}, indent=2)
    (folder / f"{name}.json").write_text(text + "\n")


def load(folder: Path, names: list[str]) -> tuple[list[Row], list[dict]]:
    """Rows of all results that are there, in the order of `names`, and what is known about each run."""
    rows, about = [], []
    for name in names:
        file = folder / f"{name}.json"
        if file.exists():
            saved = json.loads(file.read_text())
            rows += [Row.from_json(values) for values in saved["rows"]]
            about.append(saved["about"])
    return rows, about


def remember_whole_run(folder: Path, rows: list[Row], about: dict) -> None:
    """Keeps the values of a run of all rows, for the table of the last ones."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"about": about, "values": {row.name: row.value for row in rows}}, indent=2)
    (folder / f"{about['when'].replace(' ', '_')}.json").write_text(text + "\n")


def last_whole_runs(folder: Path, most: int = 3) -> list[dict[str, float]]:
    """The values of the last runs of all rows by the rows' names, oldest first."""
    return [json.loads(file.read_text())["values"] for file in sorted(folder.glob("*.json"))[-most:]]


def table(rows: list[Row], runs: Sequence[dict[str, float]] = ()) -> str:
    """Markdown. With `runs` a further column shows the value of each of these whole runs."""
    lines = ["| what | server | reference | ratio | target | |", "|---|---|---|---|---|---|"]
    if runs:
        lines = [lines[0] + " in the last whole runs |", lines[1] + "---|"]
    for row in rows:
        reference = f"{figure(row.reference)} ({row.reference_name})" if row.reference else ""
        note = f" ({row.note})" if row.note else ""
        lines.append(f"| {row.what}{note} | {figure(row.server)} {row.unit} | {reference} | "
                     f"{f'{row.value:.2f} ×' if row.reference else ''} | {target(row)} | {verdict(row)} |")
        if runs:
            lines[-1] += f" {', '.join(f'{run[row.name]:.3g}' if row.name in run else '–' for run in runs)} |"
    return "\n".join(lines)


def figure(values: list[float]) -> str:
    """The median, and the spread when there is more than one value."""
    middle = statistics.median(values)
    text = f"{middle:,.0f}" if middle >= 100 or middle == int(middle) else f"{middle:.3g}"
    return f"{text} ±{spread(values) / 2:.0%}" if len(values) > 1 else text


def target(row: Row) -> str:
    number = f"{row.target:g}"
    unit = " ×" if row.reference else f" {row.unit}"
    return ("at most " if row.at_most else "at least ") + number + unit


def verdict(row: Row) -> str:
    if row.passed:
        return "holds"
    if row.margin == 0:
        return "**missed**"
    return f"**missed** by {1 - row.margin:.0%}"


def replace_between_markers(text: str, new: str) -> str:
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document lacks the line {BEGIN} or {END}")
    return f"{before}{BEGIN}\n{new}\n{END}{after}"
