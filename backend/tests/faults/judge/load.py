"""The load client: writers that make, change, delete and restore tasks, and readers beside them."""

import asyncio
import os
import random
import time
from dataclasses import dataclass, field
from uuid import UUID

from judge.http_client import Answer, Connection, NoAnswer, NotSent
from judge.journal import Journal
from judge.model import Operation
from judge.people import Person

# So many tasks does a writer work on at a time; older ones are left as they are.
OPEN_TASKS = 12
# A task with more operations in doubt is left alone: each multiplies what the checker must think of.
MOST_DOUBTS = 3
PAUSE_AFTER_FAILURE = (0.02, 0.12)


@dataclass
class Outcome:
    """One call: when it began and ended (monotonic seconds), and its status, 0 for no answer."""

    kind: str
    began: float
    ended: float
    status: int
    retry_after: bool = False


@dataclass
class OpenTask:
    person: Person
    task_id: str
    doubts: int = 0
    deleted: bool = False


@dataclass
class Load:
    """Runs writers and readers against one base URL until it is stopped."""

    base: str
    people: list[Person]
    journal: Journal
    seed: int = 1
    writers: int = 16
    readers: int = 2
    timeout: float = 15
    outcomes: list[Outcome] = field(default_factory=list)
    acknowledged: int = 0
    number: int = 0
    running: bool = False
    # Several servers on one database; each writer keeps to one of them.
    bases: list[str] = field(default_factory=list)
    tasks: list[asyncio.Task] = field(default_factory=list)

    def start(self) -> None:
        self.running = True
        self.tasks = [asyncio.create_task(self.write_on(index)) for index in range(self.writers)]
        self.tasks += [asyncio.create_task(self.read_on(index)) for index in range(self.readers)]

    async def stop(self) -> None:
        """Lets every writer end its call, and passes on what went wrong in one."""
        self.running = False
        await asyncio.gather(*self.tasks)

    async def write_on(self, index: int) -> None:
        chance = random.Random(f"{self.seed}-{index}")
        bases = self.bases or [self.base]
        connection = Connection(bases[index % len(bases)], self.timeout)
        tasks: list[OpenTask] = []
        while self.running:
            task, operation = self.choose(chance, tasks, index)
            if not await self.send(connection, task, operation):
                if task.doubts >= MOST_DOUBTS and task in tasks:
                    tasks.remove(task)
                await asyncio.sleep(chance.uniform(*PAUSE_AFTER_FAILURE))
            del tasks[:-OPEN_TASKS]
        connection.close()

    def choose(self, chance: random.Random, tasks: list[OpenTask], index: int) -> tuple[OpenTask, Operation]:
        """A new task for half of the calls, else a change of one that is there."""
        self.number += 1
        text = f"#{self.number} " + "x" * chance.randrange(1, 200)
        status = chance.choice(["pending", "in_progress", "completed"])
        if not tasks or chance.random() < 0.5:
            person = self.people[(index + chance.randrange(2)) % len(self.people)]
            tasks.append(OpenTask(person, uuid7(chance)))
            return tasks[-1], Operation("create", text, status)
        task = chance.choice(tasks)
        if task.doubts and chance.random() < 0.5:
            # As a client does that got no answer: the same again, for a create the whole of it.
            return task, Operation("create", text, status)
        if task.deleted:
            return task, Operation("restore")
        if chance.random() < 0.7:
            return task, Operation("patch", text, status)
        return task, Operation("delete")

    async def send(self, connection: Connection, task: OpenTask, operation: Operation) -> bool:
        """False when it was not acknowledged."""
        number = self.number
        await self.journal.write({
            "n": number, "user": task.person.user_id, "task": task.task_id, "do": operation.kind,
            "description": operation.description, "status": operation.status})
        began = time.monotonic()
        try:
            answer = await call(connection, task, operation)
        except NoAnswer as error:
            self.outcomes.append(Outcome(operation.kind, began, time.monotonic(), 0))
            if isinstance(error, NotSent):
                await self.journal.write({"n": number, "answer": 0})
            else:
                task.doubts += 1
            return False
        self.note(operation.kind, began, answer)
        await self.journal.write({"n": number, "answer": answer.status, "task": shown(answer)})
        if answer.status in (200, 201, 204):
            task.deleted = operation.kind == "delete"
            self.acknowledged += 1
            return True
        task.doubts += answer.status >= 500
        # What is asked of a task whose making is in doubt may find nothing.
        task.deleted ^= answer.status == 404
        return False

    async def read_on(self, index: int) -> None:
        chance = random.Random(f"{self.seed}-reader-{index}")
        connection = Connection(self.base, self.timeout)
        while self.running:
            began = time.monotonic()
            try:
                person = chance.choice(self.people)
                self.note("read", began, await connection.call("GET", "/api/tasks?limit=20", cookie=person.cookie))
            except NoAnswer:
                self.outcomes.append(Outcome("read", began, time.monotonic(), 0))
            await asyncio.sleep(chance.uniform(*PAUSE_AFTER_FAILURE))
        connection.close()

    def note(self, kind: str, began: float, answer: Answer) -> None:
        self.outcomes.append(
            Outcome(kind, began, time.monotonic(), answer.status, "retry-after" in answer.headers))


async def call(connection: Connection, task: OpenTask, operation: Operation) -> Answer:
    path = f"/api/tasks/{task.task_id}"
    fields = {"description": operation.description, "status": operation.status}
    cookie = task.person.cookie
    if operation.kind == "create":
        return await connection.call("POST", "/api/tasks", {"task_id": task.task_id, **fields}, cookie)
    if operation.kind == "patch":
        return await connection.call("PATCH", path, fields, cookie)
    if operation.kind == "delete":
        return await connection.call("DELETE", path, None, cookie)
    return await connection.call("POST", path + "/restore", None, cookie)


def shown(answer: Answer) -> dict | None:
    """What a task's answer tells of it."""
    if answer.status not in (200, 201):
        return None
    task = answer.json["task"]
    return {name: task[name] for name in ("description", "status", "version")}


def uuid7(chance: random.Random) -> str:
    """Version 7 (RFC 9562); the random bits are the system's, so that two runs never share an id."""
    millis = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10), "big") & ((1 << 76) - 1)
    value = (millis << 80) | (7 << 76) | tail
    return str(UUID(int=(value & ~(3 << 62)) | (2 << 62)))
