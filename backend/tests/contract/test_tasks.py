"""Tasks: life cycle, versions, idempotent create, lists; rows 61 to 65 of the security checklist."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.identifiers import uuid7


@pytest.fixture(scope="module")
def person(people):
    return people.signed_up()


def path_of(task: dict) -> str:
    return f"/api/tasks/{task['task_id']}"


def patch(person, task: dict, body: dict, if_match: str | None = None):
    return person.call("PATCH", path_of(task), body, headers={"If-Match": if_match})


def test_location_leads_to_the_new_task(person):
    answer = person.call("POST", "/api/tasks", {"description": "Follow me"})
    assert person.call("GET", answer.header("Location")).json == answer.json


def test_create_twice_with_one_id_stores_one_task(person):
    body = {"description": "Once", "task_id": uuid7()}
    first = person.call("POST", "/api/tasks", body)
    second = person.call("POST", "/api/tasks", {**body, "description": "Twice"})
    assert (first.status, second.status) == (201, 200)
    assert second.json == first.json
    assert second.header("ETag") == first.header("ETag")


def test_20_parallel_creates_with_one_id_store_one_task(person):
    body = {"description": "Once", "task_id": uuid7()}
    with ThreadPoolExecutor(max_workers=20) as pool:
        answers = list(pool.map(lambda _: person.call("POST", "/api/tasks", body), range(20)))
    assert Counter(one.status for one in answers) == {201: 1, 200: 19}
    assert len({one.body for one in answers}) == 1


def test_patch_merges_field_by_field(person):
    task = person.create_task("Old", due_date="2026-05-01")
    changed = patch(person, task, {"description": "New"}).json["task"]
    assert (changed["description"], changed["due_date"], changed["version"]) == ("New", "2026-05-01", 2)
    assert patch(person, task, {"due_date": None}).json["task"]["due_date"] is None


def test_patch_that_changes_nothing_keeps_the_version(person):
    task = person.create_task("Same", due_date="2026-05-01")
    same = {name: task[name] for name in ("description", "due_date", "status")}
    answer = patch(person, task, same)
    assert (answer.status, answer.json["task"]) == (200, task)


def test_completing_sets_completed_at_and_reopening_clears_it(person):
    task = person.create_task()
    done = patch(person, task, {"status": "completed"}).json["task"]
    assert done["completed_at"] is not None
    again = patch(person, task, {"status": "completed", "description": "Done"}).json["task"]
    assert again["completed_at"] == done["completed_at"]
    assert patch(person, task, {"status": "in_progress"}).json["task"]["completed_at"] is None


def test_right_if_match_changes_and_a_stale_one_does_not(person):
    task = person.create_task("First")
    changed = patch(person, task, {"description": "Second"}, '"1"')
    assert (changed.status, changed.header("ETag")) == (200, '"2"')
    stale = patch(person, task, {"description": "Third"}, '"1"')
    assert (stale.status, stale.code) == (412, "version_conflict")
    assert stale.json["task"] == changed.json["task"]
    assert person.call("GET", path_of(task)).json["task"]["description"] == "Second"


def test_100_parallel_edits_with_one_if_match_change_once(person):
    task = person.create_task()
    with ThreadPoolExecutor(max_workers=100) as pool:
        answers = list(pool.map(lambda n: patch(person, task, {"description": f"Edit {n}"}, '"1"'), range(100)))
    assert Counter(one.status for one in answers) == {200: 1, 412: 99}


def test_parallel_edits_of_different_fields_are_all_kept(person):
    task = person.create_task()
    edits = [{"description": "Changed"}, {"due_date": "2026-07-01"}, {"status": "completed"}]
    with ThreadPoolExecutor(max_workers=3) as pool:
        answers = list(pool.map(lambda edit: patch(person, task, edit), edits))
    assert [one.status for one in answers] == [200] * 3
    kept = person.call("GET", path_of(task)).json["task"]
    assert (kept["description"], kept["due_date"], kept["status"]) == ("Changed", "2026-07-01", "completed")
    assert kept["version"] == 4


def test_deleted_task_is_404_until_it_is_restored(person):
    task = person.create_task("Away and back", due_date="2026-05-01")
    assert person.call("DELETE", path_of(task)).status == 204
    assert person.call("GET", path_of(task)).status == 404
    assert patch(person, task, {"description": "x"}).status == 404
    assert task["task_id"] not in [one["task_id"] for one in everything(person)]
    assert person.call("DELETE", path_of(task)).status == 204, "again is 204 too"
    restored = person.call("POST", path_of(task) + "/restore").json["task"]
    ignored = ("version", "updated_at")
    assert {k: v for k, v in restored.items() if k not in ignored} == {
        k: v for k, v in task.items() if k not in ignored
    }
    assert person.call("GET", path_of(task)).json["task"] == restored


def test_restoring_a_live_task_changes_nothing(person):
    task = person.create_task()
    assert person.call("POST", path_of(task) + "/restore").json["task"] == task


def everything(person, query: str = "") -> list[dict]:
    """All pages."""
    tasks, cursor = [], ""
    while True:
        page = person.call("GET", f"/api/tasks?limit=3{query}{cursor}").json
        assert len(page["tasks"]) <= 3
        tasks += page["tasks"]
        if page["next_cursor"] is None:
            return tasks
        cursor = f"&cursor={page['next_cursor']}"


@pytest.fixture(scope="module")
def reader(people):
    """Has ten tasks: dates in no order, some without, two on one day."""
    one = people.signed_up()
    days = ["2026-03-05", None, "2026-03-01", "2026-03-09", None, "2026-03-05", "0001-01-01", "9999-12-31"]
    for number, day in enumerate(days):
        one.create_task(f"Number {number} Straße", due_date=day, status=["pending", "completed"][number % 2])
    first = one.create_task("Ünder ÄNDERUNG 100%_x")
    patch(one, first, {"status": "in_progress"})
    one.create_task("Ünder Änderung 100 x")
    return one


@pytest.mark.parametrize("sort", ["created", "-created", "due", "-due", "updated", "-updated"])
def test_pages_hold_every_task_once_in_order(reader, sort):
    tasks = everything(reader, f"&sort={sort}")
    assert len({one["task_id"] for one in tasks}) == len(tasks) == 10
    key = {"created": "created_at", "due": "due_date", "updated": "updated_at"}[sort.lstrip("-")]
    values = [one[key] for one in tasks]
    dated = [one for one in values if one is not None]
    assert dated == sorted(dated, reverse=sort.startswith("-"))
    assert values[len(dated):] == [None] * (len(values) - len(dated)), "no date comes last both ways"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("status=completed", 4), ("status=in_progress", 1), ("q=number", 8), ("q=STRASSE", 8),
        ("q=%C3%A4nderung", 2), ("q=100%25_", 1), ("q=nothing+like+it", 0), ("due_from=2026-03-05", 4),
        ("due_to=2026-03-05", 4), ("due_from=2026-03-05&due_to=2026-03-05", 2), ("q=number&status=pending", 4),
    ],
)
def test_filter_finds(reader, query, number):
    assert len(everything(reader, f"&{query}")) == number


def test_cursor_belongs_to_its_sort_and_filters(reader):
    cursor = reader.call("GET", "/api/tasks?limit=3&sort=due").json["next_cursor"]
    for query in ("sort=-due", "sort=due&status=pending", "sort=created", "sort=due&q=number"):
        answer = reader.call("GET", f"/api/tasks?limit=3&{query}&cursor={cursor}")
        assert (answer.status, answer.code) == (400, "invalid_cursor"), query
