"""What was acknowledged is there after the server ended, in whatever way."""

import signal

import pytest

from support.host import RAISED_LIMITS


@pytest.fixture(scope="module")
def world(start):
    return start(RAISED_LIMITS)


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL], ids=["a stop", "kill -9"])
def test_session_tasks_and_codes_outlive(world, by):
    person, newcomer = world.people.signed_up(), world.people.stranger()
    kept = person.create_task("Kept", due_date="2026-05-01")
    deleted = person.create_task("Deleted")
    person.call("DELETE", f"/api/tasks/{deleted['task_id']}")
    flow = world.people.begin_signup(newcomer)["flow"]
    code = world.mailbox.code(newcomer.email)
    mark = person.call("GET", "/api/tasks").json["since"]

    world.host.end(by)
    world.host.start()

    assert person.call("GET", "/api/tasks").json["tasks"] == [kept]
    assert person.call("GET", f"/api/tasks?since={mark}").json["tasks"] == []
    assert person.call("POST", f"/api/tasks/{deleted['task_id']}/restore").status == 200
    assert newcomer.call("POST", "/api/verify-otp", {"flow": flow, "otp": code}).status == 200
    assert person.log_in_again().call("GET", "/api/me").status == 200


def test_every_acknowledged_create_outlives_kill_9(world):
    person = world.people.signed_up()
    acknowledged = {person.create_task(f"Task {number}")["task_id"] for number in range(150)}
    world.host.end(signal.SIGKILL)
    world.host.start()
    stored = person.call("GET", "/api/tasks?limit=200").json["tasks"]
    assert {one["task_id"] for one in stored} == acknowledged


def test_used_code_and_ended_session_stay_ended_after_kill_9(world):
    newcomer, leaver = world.people.stranger(), world.people.signed_up()
    flow = world.people.begin_signup(newcomer)["flow"]
    right = {"flow": flow, "otp": world.mailbox.code(newcomer.email)}
    assert newcomer.call("POST", "/api/verify-otp", right).status == 200
    assert leaver.call("POST", "/api/logout").status == 204
    world.host.end(signal.SIGKILL)
    world.host.start()
    assert newcomer.call("POST", "/api/verify-otp", right).code == "code_expired"
    assert leaver.call("GET", "/api/me").status == 401


def test_spent_tries_stay_spent_after_kill_9(world):
    """A try is counted, durably, before its code is compared: ending the server gives none back."""
    newcomer = world.people.stranger()
    flow = world.people.begin_signup(newcomer)["flow"]
    right = world.mailbox.code(newcomer.email)
    wrong = f"{(int(right) + 1) % 100_000_000:08}"
    for left in (4, 3, 2, 1, 0):
        answer = newcomer.call("POST", "/api/verify-otp", {"flow": flow, "otp": wrong})
        assert answer.json["attempts_left"] == left
        if left == 2:
            world.host.end(signal.SIGKILL)
            world.host.start()
    world.host.end(signal.SIGKILL)
    world.host.start()
    assert newcomer.call("POST", "/api/verify-otp", {"flow": flow, "otp": right}).code == "code_locked"


def test_failures_stay_counted_after_kill_9(start):
    """An attacker who can make the server fall gains no guesses by it."""
    defaults = {name: value for name, value in RAISED_LIMITS.items() if name != "TMS_THROTTLE_LOGIN_FREE_FAILURES"}
    world = start(defaults)
    person = world.people.signed_up()
    body = {"username": person.username, "password": "a wrong password 123"}
    for number in range(5):
        assert person.client.anonymous().call("POST", "/api/login", body).status == 401
        if number == 3:
            world.host.end(signal.SIGKILL)
            world.host.start()
    world.host.end(signal.SIGKILL)
    world.host.start()
    answer = person.client.anonymous().call("POST", "/api/login", {**body, "password": person.password})
    assert answer.code == "too_many_requests"
