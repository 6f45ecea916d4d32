"""Compares the journal with the database."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from judge.journal import read_journal
from judge.model import Absent, History, Operation, Seen, Stored
from judge.snapshots import Snapshot

SHOWN_FINDINGS = 20


@dataclass
class Verdict:
    """Counts of writes, and the findings: lines of text."""

    sent: int = 0
    acknowledged: int = 0
    refused: int = 0
    in_doubt: int = 0
    took_effect: int = 0
    lost: list[str] = field(default_factory=list)
    phantom: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.phantom or self.duplicate or self.damage)

    def add(self, kind: str, text: str) -> None:
        getattr(self, kind).append(text)

    def __str__(self) -> str:
        line = (f"{self.acknowledged} acknowledged of {self.sent} sent, {self.refused} refused, "
                f"{self.in_doubt} in doubt ({self.took_effect} of these in effect); "
                f"lost {len(self.lost)}, phantom {len(self.phantom)}, duplicate {len(self.duplicate)}, "
                f"damage {len(self.damage)}")
        findings = [f"  {kind}: {text}" for kind in ("lost", "phantom", "duplicate", "damage")
                    for text in getattr(self, kind)]
        return "\n".join([line, *findings[:SHOWN_FINDINGS]])


@dataclass
class Sent:
    task: str
    operation: Operation


def check(journal: Path, snapshot: Snapshot) -> Verdict:
    verdict = Verdict()
    histories, open_calls = replay(journal, verdict)
    for number, sent in open_calls.items():
        histories[sent.task].in_doubt(number, sent.operation)
        verdict.in_doubt += 1
    compare(histories, snapshot, verdict)
    count_shared_descriptions(snapshot, verdict)
    verdict.damage += snapshot.damage
    return verdict


def replay(journal: Path, verdict: Verdict) -> tuple[dict[str, History], dict[int, Sent]]:
    """The histories of all tasks, and the calls of which the journal knows no answer."""
    histories: dict[str, History] = {}
    open_calls: dict[int, Sent] = {}
    newest: dict[str, int] = {}
    for record in read_journal(journal):
        number = record["n"]
        if "do" in record:
            history = histories.setdefault(record["task"], History())
            # A writer that sends the next operation of a task has given up waiting for the one before.
            given_up = open_calls.pop(newest.get(record["task"], 0), None)
            if given_up:
                history.in_doubt(newest[record["task"]], given_up.operation)
                verdict.in_doubt += 1
            operation = Operation(record["do"], record["description"], record["status"])
            open_calls[number] = Sent(record["task"], operation)
            newest[record["task"]] = number
            verdict.sent += 1
        else:
            sent = open_calls.pop(number)
            take_answer(histories[sent.task], record, sent, verdict)
    return histories, open_calls


def take_answer(history: History, record: dict, sent: Sent, verdict: Verdict) -> None:
    status, number = record["answer"], record["n"]
    if status >= 500:
        history.in_doubt(number, sent.operation)
        verdict.in_doubt += 1
        return
    if status == 0:
        verdict.sent -= 1  # there was no connection
        return
    if status not in (200, 201, 204, 404):
        # Refused: it must not have taken effect, now or later.
        verdict.refused += 1
        return
    if status == 404:
        wrong = history.look(Absent.HIDDEN)
    else:
        verdict.acknowledged += 1
        deleted = None if sent.operation.kind == "create" else False
        seen = Stored(**record["task"], deleted=deleted) if record.get("task") else None
        wrong = history.answered(sent.operation, seen, shows_task=bool(record.get("task")))
    if wrong:
        verdict.add(wrong, f"task {sent.task}: answer {status} {record.get('task')} to {sent.operation.kind} #{number}")


def compare(histories: dict[str, History], snapshot: Snapshot, verdict: Verdict) -> None:
    nothing: Seen = None if snapshot.shows_trash else Absent.HIDDEN
    for task, history in histories.items():
        _, seen = snapshot.tasks.get(task, (0, nothing))
        pending = len(history.doubtful)
        wrong = history.look(seen)
        if wrong:
            verdict.add(wrong, f"task {task}: the database holds {seen}")
        # What fits with the fewest of them left over is what most likely happened.
        verdict.took_effect += pending - max((len(left) for _, left in history.possible), default=0)
    for task, (_, seen) in snapshot.tasks.items():
        if task not in histories:
            verdict.add("phantom", f"task {task} was never sent: {seen}")


def count_shared_descriptions(snapshot: Snapshot, verdict: Verdict) -> None:
    """Every description is sent for one task only."""
    texts = Counter(stored.description for _, stored in snapshot.tasks.values())
    for text, count in texts.items():
        if count > 1:
            verdict.add("duplicate", f"{count} tasks hold {text[:30]!r}")
