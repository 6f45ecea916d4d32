"""Bad input of every kind, at every call that takes a body: the documented 4xx, and nothing is written."""

from functools import cache

import pytest

from support.case_table import fill_in, load
from support.openapi import Contract
from support.spoiled import Spoiled, spoiled_bodies

CONTRACT = Contract()
RIGHT = load("bodies")


def body_schema(action: str) -> dict:
    schema = CONTRACT.operation(action).spec["requestBody"]["content"]["application/json"]["schema"]
    return CONTRACT.resolve(schema)


def cases() -> list:
    return [
        pytest.param(action, index, id=f"{action} {spoiled.name}")
        for action, right in RIGHT.items()
        for index, spoiled in enumerate(spoil(action, right))
    ]


def spoil(action: str, right: dict) -> list[Spoiled]:
    schema = body_schema(action)
    nullable = [name for name, one in schema["properties"].items() if "oneOf" in one]
    return list(spoiled_bodies(action, right, schema.get("required", []), nullable))


def test_every_call_with_a_body_is_spoiled():
    assert set(RIGHT) == {one.action for one in CONTRACT.operations if one.has_body}
    for action, right in RIGHT.items():
        assert set(right) == set(body_schema(action)["properties"])


@pytest.fixture(scope="module")
def spoiled_for(world):
    """Made once for each call, because some are large."""
    return cache(lambda action: spoil(action, fill_in(world, RIGHT[action])))


@pytest.mark.parametrize(("action", "index"), cases())
def test_spoiled_body_is_refused_and_writes_nothing(world, spoiled_for, action, index):
    operation = CONTRACT.operation(action)
    spoiled = spoiled_for(action)[index]
    path = operation.path.replace("{task_id}", world.owner_task["task_id"])
    client = world.client("owner" if operation.needs_session else "anonymous")
    before = world.written()

    headers = {"Content-Type": spoiled.content_type}
    answer = client.call(operation.method, path, raw=spoiled.raw, headers=headers)

    assert (answer.status, answer.code) == (spoiled.status, spoiled.code), answer.body
    for name, codes in spoiled.fields.items():
        assert answer.field_codes.get(name) in codes, answer.body
        assert len(answer.field_codes) == 1, f"only {name} is wrong: {answer.body!r}"
    assert world.written() == before


def test_code_still_works_after_spoiled_bodies(world):
    person = world.people.stranger()
    flow = world.people.begin_signup(person)["flow"]
    code = world.mailbox.code(person.email)
    right = {"flow": flow, "otp": "00000000", "username": person.username}
    for spoiled in spoil("verify_otp", right):
        person.call("POST", "/api/verify-otp", raw=spoiled.raw, headers={"Content-Type": spoiled.content_type})
    wrong = "00000000" if code != "00000000" else "00000001"
    refused = person.call("POST", "/api/verify-otp", {"flow": flow, "otp": wrong})
    assert (refused.code, refused.json["attempts_left"]) == ("code_wrong", 4)
    assert person.call("POST", "/api/verify-otp", {"flow": flow, "otp": code}).status == 200


def test_a_body_of_the_limit_is_read(world):
    raw = b'{"description": "x"}'.ljust(65_536)
    assert world.owner.call("POST", "/api/tasks", raw=raw).status == 201


def test_a_description_of_the_limit_is_kept(world):
    task = world.owner.create_task("🥛" * 2000)
    assert task["description"] == "🥛" * 2000


def test_32_levels_are_read(world):
    raw = b'{"description": "x", "nonsense": ' + b"[" * 31 + b"]" * 31 + b"}"
    answer = world.owner.call("POST", "/api/tasks", raw=raw)
    assert (answer.status, answer.field_codes) == (422, {"nonsense": "unknown"})
