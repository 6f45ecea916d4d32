"""Nobody sees or changes what is not his: what another user owns answers like what does not exist."""

import re

import pytest

from support.case_table import fill_in, load
from support.identifiers import uuid7
from support.openapi import Contract

CONTRACT = Contract()
WITH_ID = [one for one in CONTRACT.operations if one.path_parameters]
WITH_SESSION = [one for one in CONTRACT.operations if one.needs_session]


def masked(answer) -> tuple:
    """The answer without what differs between any two: request id and date."""
    body = re.sub(rb'("request_id":\s*")[^"]*', rb"\1", answer.body)
    headers = [(name, value) for name, value in answer.headers if name.lower() not in ("date", "x-request-id")]
    return answer.status, sorted(headers), body


def body_of(world, operation) -> dict | None:
    return fill_in(world, load("bodies")[operation.action]) if operation.has_body else None


def foreign_ids(world, parameter: str) -> dict[str, str]:
    if parameter == "session_id":
        return {"a session": world.other_session_id}
    return {
        "a task": world.other_task["task_id"],
        "a task in the trash": world.other_trashed_task["task_id"],
        "a list": world.other_task["list_id"],
    }


@pytest.mark.parametrize("operation", WITH_ID, ids=lambda one: one.action)
def test_id_of_another_user_answers_like_an_id_that_does_not_exist(world, operation):
    (parameter,) = operation.path_parameters
    missing = {"session_id": "A" * len(world.other_session_id), "task_id": uuid7()}[parameter]

    def answer(identifier: str):
        path = operation.path.replace(f"{{{parameter}}}", identifier)
        return world.owner.call(operation.method, path, body_of(world, operation))

    expected = answer(missing)
    assert (expected.status, expected.code) == (404, "not_found")
    for what, identifier in foreign_ids(world, parameter).items():
        assert masked(answer(identifier)) == masked(expected), f"{what} of another user shows"


@pytest.mark.parametrize("operation", WITH_ID, ids=lambda one: one.action)
def test_id_of_another_user_is_left_alone(world, operation):
    (parameter,) = operation.path_parameters
    before = what_the_other_has(world)
    for identifier in foreign_ids(world, parameter).values():
        path = operation.path.replace(f"{{{parameter}}}", identifier)
        world.owner.call(operation.method, path, body_of(world, operation))
    assert what_the_other_has(world) == before


def what_the_other_has(world) -> tuple:
    trashed = world.other_trashed_task["task_id"]
    return (
        world.other.call("GET", f"/api/tasks/{world.other_task['task_id']}").json,
        world.other.call("GET", f"/api/tasks/{trashed}").status,
        [one["session_id"] for one in world.other.call("GET", "/api/sessions").json["sessions"]],
    )


def test_list_of_another_user_answers_like_a_list_that_does_not_exist(world):
    def answer(list_id: str):
        return world.owner.call("POST", "/api/tasks", {"description": "x", "list_id": list_id})

    assert masked(answer(world.other_task["list_id"])) == masked(answer(uuid7()))


def test_own_lists_and_searches_hold_nothing_of_another_user(world):
    theirs = world.other_task
    for path in ("/api/tasks?limit=200", "/api/tasks?q=other+user", "/api/tasks?sort=due&limit=200"):
        answer = world.owner.call("GET", path)
        assert theirs["task_id"] not in [one["task_id"] for one in answer.json["tasks"]]
        assert theirs["list_id"].encode() not in answer.body


def test_mark_of_another_user_shows_nothing_of_his(world):
    mark = world.other.call("GET", "/api/tasks").json["since"]
    world.other.create_task("Made after the mark of the other user")
    answer = world.owner.call("GET", f"/api/tasks?since={mark}")
    assert b"other user" not in answer.body
    assert world.other_task["task_id"].encode() not in answer.body


def test_cursor_of_another_user_shows_nothing_of_his(world):
    for number in range(3):
        world.other.create_task(f"Page {number} of the other user")
    cursor = world.other.call("GET", "/api/tasks?limit=1").json["next_cursor"]
    answer = world.owner.call("GET", f"/api/tasks?limit=200&cursor={cursor}")
    assert b"other user" not in answer.body


@pytest.mark.parametrize("operation", WITH_SESSION, ids=lambda one: one.action)
def test_without_a_session_every_call_answers_401(world, operation):
    path = operation.path.replace("{task_id}", world.owner_task["task_id"])
    path = path.replace("{session_id}", world.other_session_id)
    before = world.written()
    answer = world.anonymous.call(operation.method, path, body_of(world, operation))
    assert (answer.status, answer.code) == (401, "not_signed_in")
    assert not answer.header_values("Set-Cookie"), "a 401 leaves the cookie alone"
    assert world.written() == before
