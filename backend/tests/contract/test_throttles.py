"""The throttles as they are by default; rows 5, 9, 14 and 25 to 30 of the security checklist."""

import pytest

WRONG = "a wrong password 123"


@pytest.fixture(scope="module")
def people(start):
    """Of a host with the default throttles."""
    return start({}).people


def log_in(person, name: str, password: str):
    return person.client.anonymous().call("POST", "/api/login", {"username": name, "password": password})


def forgot(people, email: str):
    return people.anonymous.call("POST", "/api/forgot-password", {"email": email})


def test_sixth_failure_of_a_name_waits_whether_it_exists_or_not(people):
    existing, missing = people.signed_up(), people.stranger()
    for person in (existing, missing):
        codes = [log_in(person, person.username, WRONG).code for _ in range(6)]
        assert codes == ["invalid_credentials"] * 5 + ["too_many_requests"]
    refused = log_in(existing, existing.username.upper(), existing.password)
    assert (refused.status, refused.code) == (429, "too_many_requests")
    assert 1 <= int(refused.header("Retry-After")) <= 30


def test_second_mail_within_a_minute_is_withheld_silently(people):
    person = people.signed_up()  # its code was the first mail of this minute
    before = len(people.mailbox.messages(person.email))
    answer = forgot(people, person.email)
    assert answer.status == 202
    # The next person's mail shows that the outbox has moved past it.
    people.signed_up()
    assert len(people.mailbox.messages(person.email)) == before
    body = {"flow": answer.json["flow"], "otp": "12345678", "new_password": "a new password, once"}
    assert people.anonymous.call("POST", "/api/reset-password", body).code == "code_wrong"


def test_logins_from_one_source_are_limited(people):
    codes = [log_in(person, person.username, WRONG).code for person in (people.stranger() for _ in range(25))]
    assert codes[-1] == "too_many_requests"


def test_mails_for_one_source_are_limited(people):
    answers = [forgot(people, people.stranger().email) for _ in range(25)]
    assert answers[-1].status == 429
    assert int(answers[-1].header("Retry-After")) >= 1


def test_forwarding_headers_of_a_stranger_give_him_no_other_source(start):
    """CVE-2026-29794: a forged header evaded the limit. No proxy is trusted by default."""
    people = start({}).people
    names = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP")
    codes = []
    for number in range(25):
        address = f"203.0.113.{number}"
        headers = {name: f"for={address}" if name == "Forwarded" else address for name in names}
        body = {"username": people.stranger().username, "password": WRONG}
        codes.append(people.anonymous.call("POST", "/api/login", body, headers=headers).code)
    assert codes[:20] == ["invalid_credentials"] * 20
    assert codes[20:] == ["too_many_requests"] * 5
