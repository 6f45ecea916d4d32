"""Row 12 of the security checklist: no answer tells whether an account exists (the one exception, the
taken user name of a sign-up, is documented)."""

import re

import pytest

PASSWORD = "a wrong password 123"


def masked(answer) -> tuple:
    """What an observer can compare: status, header names and values, every byte but ids and times."""
    body = re.sub(rb'("(?:flow|request_id)":\s*")([^"]*)', lambda m: m[1] + b"x" * len(m[2]), answer.body)
    body = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]{15}Z", b"<instant>", body)
    varying = ("date", "x-request-id", "retry-after")
    headers = [(name, "" if name.lower() in varying else value) for name, value in answer.headers]
    return answer.status, headers, body, len(answer.body)


@pytest.fixture(scope="module")
def states(people) -> dict:
    """Somebody in every state that an account can have."""
    existing, pending = people.signed_up(), people.stranger()
    people.begin_signup(pending)
    # Names and addresses of one length, so that an echo would show and a length would not.
    return {"missing": people.stranger(), "existing": existing, "pending": pending}


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
