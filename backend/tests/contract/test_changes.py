"""What changed since: no change is missed, none is told twice."""

import pytest


def mark_of(person) -> str:
    return person.call("GET", "/api/tasks").json["since"]


def changes(person, mark: str) -> dict:
    answer = person.call("GET", f"/api/tasks?since={mark}")
    assert answer.status == 200
    return answer.json


def ids(tasks: list[dict]) -> set[str]:
    return {one["task_id"] for one in tasks}


@pytest.fixture
def person(people):
    return people.signed_up()


def test_nothing_changed(person):
    person.create_task()
    told = changes(person, mark_of(person))
    assert (told["tasks"], told["deleted"], told["removed_lists"]) == ([], [], [])
    assert (told["more"], told["reset"]) == (False, False)


def test_new_changed_deleted_and_restored_tasks_are_told(person):
    changed, deleted, restored = (person.create_task() for _ in range(3))
    person.call("DELETE", f"/api/tasks/{restored['task_id']}")
    mark = mark_of(person)
    new = person.create_task()
    person.call("PATCH", f"/api/tasks/{changed['task_id']}", {"status": "completed"})
    person.call("DELETE", f"/api/tasks/{deleted['task_id']}")
    person.call("POST", f"/api/tasks/{restored['task_id']}/restore")

    told = changes(person, mark)

    assert ids(told["tasks"]) == ids([new, changed, restored])
    assert told["deleted"] == [deleted["task_id"]]
    assert changes(person, told["since"])["tasks"] == [], "told once"


def test_told_task_is_as_it_is_now(person):
    mark = mark_of(person)
    task = person.create_task("First")
    now = person.call("PATCH", f"/api/tasks/{task['task_id']}", {"description": "Second"}).json["task"]
    assert changes(person, mark)["tasks"] == [now]


def test_patch_without_a_change_is_not_told(person):
    task = person.create_task("Same")
    mark = mark_of(person)
    person.call("PATCH", f"/api/tasks/{task['task_id']}", {"description": "Same"})
    assert changes(person, mark)["tasks"] == []


def test_more_than_500_changes_come_in_parts(person):
    mark = mark_of(person)
    made = {person.create_task(f"Task {number}")["task_id"] for number in range(503)}
    told, parts = [], 0
    while True:
        part = changes(person, mark)
        told += [one["task_id"] for one in part["tasks"]]
        mark, parts = part["since"], parts + 1
        if not part["more"]:
            break
    assert parts == 2
    assert len(told) == 503
    assert set(told) == made


def test_mark_of_a_page_covers_writes_between_pages(person):
    for number in range(4):
        person.create_task(f"Task {number}")
    page = person.call("GET", "/api/tasks?limit=2").json
    between = person.create_task("Between the pages")
    assert ids(changes(person, page["since"])["tasks"]) == {between["task_id"]}


def test_altered_mark_is_refused_or_harmless(person):
    mark = mark_of(person)
    for altered in (mark[:-1], mark + "A", "A" + mark, mark[::-1]):
        answer = person.call("GET", f"/api/tasks?since={altered}")
        assert answer.status in (200, 400)
        if answer.status == 400:
            assert answer.code == "invalid_since"


def test_v_is_ignored_beside_since(person):
    assert person.call("GET", f"/api/tasks?since={mark_of(person)}&v=12").status == 200
