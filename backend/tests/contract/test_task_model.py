"""Random histories of task calls against a model: what a person wrote is what he reads, and a device
that follows the changes holds exactly what the server holds, whenever it asks."""

import os

import pytest
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from support.identifiers import uuid7

DESCRIPTIONS = strategies.text(
    strategies.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=60
)
DATES = strategies.none() | strategies.dates().map(str)
STATUSES = strategies.sampled_from(["pending", "in_progress", "completed"])
FIELDS = strategies.fixed_dictionaries(
    {}, optional={"description": DESCRIPTIONS, "due_date": DATES, "status": STATUSES}
)
EXAMPLES, STEPS = (300, 60) if os.environ.get("TMS_TEST_LONG") else (30, 30)


class TaskHistory(RuleBasedStateMachine):
    """One person. `tasks` is the model; `seen` is what a second device knows from changes alone."""

    world = None

    def __init__(self):
        super().__init__()
        self.person = self.world.people.signed_up()
        self.tasks, self.trash = {}, set()
        page = self.person.call("GET", "/api/tasks").json
        self.seen, self.mark = {}, page["since"]

    @initialize()
    def begin_with_three_tasks(self):
        for number in range(3):
            self.create(f"Number {number}", None, "pending")
        self.follow_the_changes()

    def some(self, choice: int) -> str:
        """One of the tasks that were ever created."""
        ids = list(self.tasks)
        return ids[choice % len(ids)]

    @rule(description=DESCRIPTIONS, due_date=DATES, status=STATUSES)
    def create(self, description, due_date, status):
        body = {"task_id": uuid7(), "description": description, "due_date": due_date, "status": status}
        answer = self.person.call("POST", "/api/tasks", body)
        assert answer.status == 201
        task = answer.json["task"]
        assert {name: task[name] for name in body} == body
        self.tasks[task["task_id"]] = task

    @rule(choice=strategies.integers(0, 99), fields=FIELDS, guarded=strategies.booleans())
    def change(self, choice, fields, guarded):
        one = self.some(choice)
        known = self.tasks[one]
        headers = {"If-Match": f'"{known["version"]}"'} if guarded else {}
        answer = self.person.call("PATCH", f"/api/tasks/{one}", fields, headers=headers)
        if one in self.trash:
            assert answer.status == 404
            return
        assert answer.status == 200
        changed = answer.json["task"]
        assert {name: changed[name] for name in fields} == fields
        differs = any(known[name] != value for name, value in fields.items())
        assert changed["version"] == known["version"] + differs
        assert (changed["completed_at"] is not None) == (changed["status"] == "completed")
        self.tasks[one] = changed

    @rule(choice=strategies.integers(0, 99), fields=FIELDS)
    def change_with_a_stale_version(self, choice, fields):
        one = self.some(choice)
        if one in self.trash:
            return
        stale = {"If-Match": f'"{self.tasks[one]["version"] + 1}"'}
        answer = self.person.call("PATCH", f"/api/tasks/{one}", fields, headers=stale)
        assert (answer.status, answer.json["task"]) == (412, self.tasks[one])

    @rule(choice=strategies.integers(0, 99))
    def delete(self, choice):
        one = self.some(choice)
        assert self.person.call("DELETE", f"/api/tasks/{one}").status == 204
        self.trash.add(one)

    @rule(choice=strategies.integers(0, 99))
    def restore(self, choice):
        one = self.some(choice)
        task = self.person.call("POST", f"/api/tasks/{one}/restore").json["task"]
        varying = ("version", "updated_at") if one in self.trash else ()
        kept = {name: value for name, value in self.tasks[one].items() if name not in varying}
        assert {name: value for name, value in task.items() if name not in varying} == kept
        self.trash.discard(one)
        self.tasks[one] = task

    @rule()
    def follow_the_changes(self):
        while True:
            told = self.person.call("GET", f"/api/tasks?since={self.mark}").json
            assert not told["reset"]
            self.seen.update({one["task_id"]: one for one in told["tasks"]})
            for one in told["deleted"]:
                self.seen.pop(one, None)
            self.mark = told["since"]
            if not told["more"]:
                break
        assert self.seen == self.live()

    @rule()
    def read_the_list(self):
        listed = self.person.call("GET", "/api/tasks?limit=200&sort=created").json["tasks"]
        assert {one["task_id"]: one for one in listed} == self.live()

    def teardown(self):
        self.read_the_list()
        self.follow_the_changes()

    def live(self) -> dict:
        return {one: task for one, task in self.tasks.items() if one not in self.trash}


@pytest.fixture
def history(world):
    return type("TaskHistory", (TaskHistory,), {"world": world})


def test_random_histories_agree_with_the_model(history):
    run_state_machine_as_test(
        history,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None,
            derandomize=True, suppress_health_check=list(HealthCheck),
        ),
    )
