"""What the server may answer and store, given what it was sent.

An operation without an answer (the connection broke, or the answer was 5xx) is in doubt: it may have
taken effect, may do so later, or never. So a task has a set of possible states, and every answer
that is read narrows it.
"""

from dataclasses import dataclass, replace
from enum import Enum


@dataclass(frozen=True)
class Stored:
    """A task as far as the judge knows it. None stands for a task that was never made.

    `deleted` is None where an answer does not tell: a repeated create shows a task in the trash, too.
    """

    description: str
    status: str
    deleted: bool | None
    version: int


@dataclass(frozen=True)
class Operation:
    kind: str  # create, patch, delete, restore
    description: str = ""
    status: str = "pending"

    def apply(self, task: Stored | None) -> Stored | None:
        """The task afterwards. Every one may be sent twice: the second time changes nothing."""
        if self.kind == "create":
            return task or Stored(self.description, self.status, False, 1)
        if task is None:
            return None
        changed = task
        if self.kind == "patch" and not task.deleted:
            changed = replace(task, description=self.description, status=self.status)
        elif self.kind == "delete":
            changed = replace(task, deleted=True)
        elif self.kind == "restore":
            changed = replace(task, deleted=False)
        return task if changed == task else replace(changed, version=task.version + 1)


class Absent(Enum):
    """A look through the API cannot tell a task in the trash from one that never was."""

    HIDDEN = "in the trash or never made"


Seen = Stored | None | Absent


def matches(task: Stored | None, seen: Seen) -> bool:
    if seen is Absent.HIDDEN:
        return task is None or bool(task.deleted)
    if task and seen and seen.deleted is None:
        return replace(task, deleted=None) == seen
    return task == seen


class History:
    """The possible states of one task. Its operations are sent one after the other."""

    def __init__(self):
        self.possible: set[tuple[Stored | None, frozenset[int]]] = {(None, frozenset())}
        self.doubtful: dict[int, Operation] = {}

    def in_doubt(self, number: int, operation: Operation) -> None:
        self.doubtful[number] = operation
        self.possible = {(task, pending | {number}) for task, pending in self.possible}

    def answered(self, operation: Operation, seen: Seen | None, shows_task: bool) -> str | None:
        """Takes in a 2xx or 404; `shows_task`: `seen` is what it told. Gives what is wrong with it."""
        before = self.reachable()
        after = {(operation.apply(task), pending) for task, pending in before}
        if not shows_task:
            self.possible = after
            return None
        return self.look(seen, after)

    def look(self, seen: Seen, among: set | None = None) -> str | None:
        """Takes in what the database holds, or an answer showed. Gives what is wrong: lost, phantom
        or duplicate."""
        among = self.reachable() if among is None else among
        fitting = {(task, pending) for task, pending in among if matches(task, seen)}
        if fitting:
            self.possible = fitting
            return None
        wrong = fault([task for task, _ in among], seen)
        # From here on what is seen counts, so that one fault is told once.
        self.possible = {(None if seen is Absent.HIDDEN else seen, pending) for _, pending in among}
        return wrong

    def reachable(self) -> set[tuple[Stored | None, frozenset[int]]]:
        """With every selection, in every order, of the operations in doubt."""
        found = set(self.possible)
        fresh = list(found)
        while fresh:
            task, pending = fresh.pop()
            for number in pending:
                step = (self.doubtful[number].apply(task), pending - {number})
                if step not in found:
                    found.add(step)
                    fresh.append(step)
        return found


def fault(expected: list[Stored | None], seen: Seen) -> str:
    made = [task for task in expected if task]
    if seen is None or seen is Absent.HIDDEN or not made:
        return "phantom" if seen and seen is not Absent.HIDDEN else "lost"
    # A version beyond all that was sent: something took effect twice.
    return "duplicate" if seen.version > max(task.version for task in made) else "lost"
