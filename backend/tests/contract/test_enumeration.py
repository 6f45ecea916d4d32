"""Row 12 of the security checklist: no answer tells whether an account exists (the one exception, the
taken user name of a sign-up, is documented)."""

import re

import pytest

from support.host import RAISED_LIMITS

PASSWORD = "a wrong password 123"


def masked(answer) -> tuple:
    """What an observer can compare: status, header names and values, every byte but ids and times."""
    body = re.sub(rb'("(?:flow|request_id)":\s*")([^"]*)', lambda m: m[1] + b"x" * len(m[2]), answer.body)
    body = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]{15}Z", b"<instant>", body)
    varying = ("date", "x-request-id", "retry-after")
    headers = [(name, "" if name.lower() in varying else value) for name, value in answer.headers]
    return answer.status, headers, body, len(answer.body)


@pytest.fixture(scope="module")
def states(people, world) -> dict:
    """Somebody in every state that an account can have."""
    existing, pending = people.signed_up(), people.stranger()
    people.begin_signup(pending)
    # Names and addresses of one length, so that an echo would show and a length would not.
    somebody = {"missing": people.stranger(), "existing": existing, "pending": pending}
    if world.host.database:
        somebody["locked"] = people.signed_up()
        world.host.database.lock_user(somebody["locked"].user_id)
    return somebody


def equal(answers: dict) -> None:
    expected = masked(answers["missing"])
    for state, answer in answers.items():
        assert masked(answer) == expected, f"an account that is {state} shows"


@pytest.mark.parametrize("by", ["username", "email"])
def test_login_answers_the_same_for_every_state(states, by):
    equal({
        state: person.client.anonymous().call(
            "POST", "/api/login", {"username": getattr(person, by), "password": PASSWORD}
        )
        for state, person in states.items()
    })


def test_forgot_password_answers_the_same_for_every_state(states):
    equal({
        state: person.client.anonymous().call("POST", "/api/forgot-password", {"email": person.email})
        for state, person in states.items()
    })


def test_signup_answers_the_same_for_every_address(people, states):
    def begin(email: str):
        body = {"username": people.stranger().username, "email": email, "password": "correct horse battery"}
        return people.anonymous.call("POST", "/api/signup", body)

    equal({state: begin(person.email) for state, person in states.items()})


def test_wrong_code_answers_the_same_for_every_flow(people, states):
    flows = {
        state: person.client.anonymous().call("POST", "/api/forgot-password", {"email": person.email}).json["flow"]
        for state, person in states.items()
    }
    for _ in range(6):
        equal({
            state: people.anonymous.call(
                "POST", "/api/reset-password", {"flow": flow, "otp": "00000000", "new_password": PASSWORD}
            )
            for state, flow in flows.items()
        })


def test_right_password_of_a_locked_account_answers_like_a_wrong_one(states, world):
    if "locked" not in states:
        pytest.skip("locking needs TMS_TEST_DATABASE_URL, because no call does it")
    answers = {
        state: world.anonymous.call(
            "POST", "/api/login", {"username": states[state].username, "password": states[state].password}
        )
        for state in ("missing", "locked")
    }
    equal(answers)


def test_code_of_a_sign_up_answers_the_same_for_every_address(people, states):
    """A taken name that comes along with a wrong code does not show either."""
    def begin(email: str) -> str:
        body = {"username": people.stranger().username, "email": email, "password": "correct horse battery"}
        return people.anonymous.call("POST", "/api/signup", body).json["flow"]

    flows = {state: begin(person.email) for state, person in states.items()}
    for _ in range(6):
        equal({
            state: people.anonymous.call(
                "POST", "/api/verify-otp", {"flow": flow, "otp": "00000000", "username": states[state].username}
            )
            for state, flow in flows.items()
        })


def test_resend_answers_the_same_for_every_flow(start):
    """With a wait of no seconds, so that the resend itself is compared and not its refusal."""
    people = start({**RAISED_LIMITS, "TMS_CODE_RESEND_WAIT": "0s"}).people
    somebody = {"missing": people.stranger(), "existing": people.signed_up()}
    for call in ("/api/forgot-password", "/api/signup"):
        flows = {
            state: people.anonymous.call("POST", call, {
                "email": person.email,
                **({} if "forgot" in call else {"username": people.stranger().username, "password": PASSWORD}),
            }).json["flow"]
            for state, person in somebody.items()
        }
        equal({
            state: people.anonymous.call("POST", "/api/resend-otp", {"flow": flow}) for state, flow in flows.items()
        })


def test_early_resend_answers_the_same_for_every_flow(people, states):
    flows = {
        state: person.client.anonymous().call("POST", "/api/forgot-password", {"email": person.email}).json["flow"]
        for state, person in states.items()
    }
    equal({
        state: people.anonymous.call("POST", "/api/resend-otp", {"flow": flow}) for state, flow in flows.items()
    })


def test_unknown_address_gets_no_mail(people, world):
    stranger = people.stranger()
    stranger.call("POST", "/api/forgot-password", {"email": stranger.email})
    # A later mail to somebody else shows that the outbox has moved past it.
    people.signed_up()
    assert world.mailbox.messages(stranger.email) == []
