"""The life of an environment, as the Runtime API sees it."""

import time

import pytest
from support.calls import Answer, event
from support.program import Program


def test_warm_environment_answers_call_after_call(no_database):
    with Program("me", no_database) as program:
        ids = {Answer(program.call(event("GET", "/me"))).headers["x-request-id"][0] for _ in range(20)}
    assert len(ids) == 20


def test_missing_variable_is_an_init_error():
    with Program("", {}) as program:
        failure = program.init_failure()
    assert failure.error_type == "Runtime.CannotStart"
    assert "_HANDLER is missing" in failure.json["errorMessage"]


def test_unknown_handler_is_an_init_error(no_database):
    with Program("drop_tables", no_database) as program:
        assert "drop_tables is no action" in program.init_failure().json["errorMessage"]


def test_every_wrong_setting_is_named_in_the_init_error_without_its_value(no_database):
    wrong = {"TMS_BCRYPT_COST": "canary-one", "TMS_DATABASE_PORT": "canary-two"}
    with Program("me", {**no_database, **wrong}) as program:
        failure = program.init_failure()
        assert "canary" not in program.log
    assert "TMS_BCRYPT_COST" in failure.json["errorMessage"] and "TMS_DATABASE_PORT" in failure.json["errorMessage"]
    assert b"canary" not in failure.body


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b'{"version":"2.0","rawPath":"/me","requestContext":{"http":{"method":"GET"}}}'],
    ids=["nothing", "no json", "an array", "a 2.0 event"],
)  # fmt: skip
def test_event_of_another_kind_fails_the_call_and_not_the_environment(no_database, body):
    with Program("me", no_database) as program:
        failed = program.call(body)
        assert failed.kind == "error" and failed.error_type == "Function.UnknownEvent"
        assert failed.json["errorType"] == "Function.UnknownEvent"
        assert Answer(program.call(event("GET", "/me"))).status == 401


def test_event_of_another_function_is_not_answered_by_this_one(no_database):
    with Program("me", no_database) as program:
        assert Answer(program.call(event("GET", "/tasks"))).status == 404


def test_deadline_that_has_passed_is_answered_at_once(no_database, keys):
    with Program("forgot_password", {**no_database, "TMS_SEND_MAIL_FUNCTION": "f"}) as program:
        begin = time.monotonic()
        outcome = program.call(event("POST", "/forgot-password", {"email": "a@example.org"}), seconds=-1)
        assert Answer(outcome).status == 503
        assert time.monotonic() - begin < 2


def test_bodies_never_reach_the_log(no_database):
    secret = "canary-4711-canary"
    with Program("login", no_database) as program:
        assert "lacks a key" in program.init_failure().json["errorMessage"]
    with Program("me", no_database) as program:
        program.call(event("GET", f"/me?x={secret}", cookie=f"__Host-tms_session={secret}"))
        program.call(f'{{"httpMethod":"GET","path":7,"body":"{secret}"}}'.encode())
        program.call(f'not json {secret}'.encode())
        assert secret not in program.log
