"""One-time codes: once, five tries, for one purpose; rows 1 to 11 of the security checklist."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest


def wrong_codes(right: str, number: int = 5) -> list[str]:
    return [one for one in (f"{value:08}" for value in range(number + 1)) if one != right][:number]


def verify(person, flow: str, otp: str):
    return person.call("POST", "/api/verify-otp", {"flow": flow, "otp": otp})


def in_parallel(work, number: int) -> list:
    """Runs it that many times at once."""
    with ThreadPoolExecutor(max_workers=number) as pool:
        return [one.result() for one in [pool.submit(work) for _ in range(number)]]


def begun(people) -> tuple:
    """A person, the flow of his sign-up and its code."""
    person = people.stranger()
    flow = people.begin_signup(person)["flow"]
    return person, flow, people.mailbox.code(person.email)


def begun_reset(people) -> tuple:
    """A user, the flow of his reset and its code."""
    person = people.signed_up()
    flow = person.client.anonymous().call("POST", "/api/forgot-password", {"email": person.email}).json["flow"]
    return person, flow, people.mailbox.code(person.email, 2)


def reset(person, flow: str, otp: str, password: str):
    body = {"flow": flow, "otp": otp, "new_password": password}
    return person.client.anonymous().call("POST", "/api/reset-password", body)


def test_right_code_signs_the_new_user_in(people):
    person, flow, code = begun(people)
    answer = verify(person, flow, code)
    assert answer.status == 200
    assert answer.json["user"]["username"] == person.username
    person.client.keep_cookie(answer)
    assert person.call("GET", "/api/me").json == answer.json


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", " {0}{1} "])
def test_code_may_be_written_in_groups(people, written):
    person, flow, code = begun(people)
    assert verify(person, flow, written.format(code[:4], code[4:])).status == 200


def test_code_works_once(people):
    person, flow, code = begun(people)
    assert verify(person, flow, code).status == 200
    again = verify(person, flow, code)
    assert (again.status, again.code) == (410, "code_expired")


def test_200_parallel_right_codes_succeed_once(people):
    person, flow, code = begun(people)
    answers = in_parallel(lambda: verify(person, flow, code), 200)
    codes = Counter(one.code for one in answers)
    assert codes[None] == 1
    # A try is counted before its code is compared, so the rest may find the tries spent.
    assert set(codes) <= {None, "code_expired", "code_locked"}


def test_200_parallel_right_reset_codes_succeed_once(people):
    person, flow, code = begun_reset(people)
    answers = in_parallel(lambda: reset(person, flow, code, "a new password, once"), 200)
    codes = Counter(one.code for one in answers)
    assert codes[None] == 1
    # Resets hash: those that find the queue full are told to come back.
    assert set(codes) <= {None, "code_expired", "code_locked", "overloaded"}


def test_wrong_codes_count_down_and_the_sixth_try_fails_even_if_right(people):
    person, flow, code = begun(people)
    answers = [verify(person, flow, one) for one in wrong_codes(code)]
    assert [(one.status, one.code) for one in answers] == [(422, "code_wrong")] * 5
    assert [one.json["attempts_left"] for one in answers] == [4, 3, 2, 1, 0]
    locked = verify(person, flow, code)
    assert (locked.status, locked.code) == (429, "code_locked")


def test_200_parallel_wrong_codes_leave_no_try(people):
    person, flow, code = begun(people)
    (wrong,) = wrong_codes(code, 1)
    answers = in_parallel(lambda: verify(person, flow, wrong), 200)
    assert Counter(one.code for one in answers) == {"code_wrong": 5, "code_locked": 195}
    assert verify(person, flow, code).code == "code_locked"


def test_sixth_try_of_a_reset_fails_even_if_right(people):
    person, flow, code = begun_reset(people)
    for wrong in wrong_codes(code):
        assert reset(person, flow, wrong, "a new password, once").code == "code_wrong"
    assert reset(person, flow, code, "a new password, once").code == "code_locked"


def test_code_of_one_flow_does_not_open_another(people):
    person, flow, code = begun(people)
    _, other_flow, other_code = begun(people)
    if code != other_code:
        assert verify(person, other_flow, code).code == "code_wrong"


def test_sign_up_code_does_not_reset_a_password(people):
    person, flow, code = begun(people)
    assert reset(person, flow, code, "a new password, once").code == "code_expired"
    assert verify(person, flow, code).status == 200, "and it is not used up"


def test_foreign_request_does_not_end_a_flow(people):
    person, flow, code = begun_reset(people)
    person.client.anonymous().call("POST", "/api/forgot-password", {"email": person.email})
    assert reset(person, flow, code, "a new password, once").status == 204


def test_reset_ends_every_other_flow_of_the_account(people):
    person, first, first_code = begun_reset(people)
    anonymous = person.client.anonymous()
    # The mail of a second request may be withheld (its own 60 s per address); its flow ends all the same.
    second = anonymous.call("POST", "/api/forgot-password", {"email": person.email}).json["flow"]
    assert reset(person, first, first_code, "a new password, once").status == 204
    assert reset(person, second, "12345678", "another new password").code == "code_expired"


def test_taken_name_at_confirmation_keeps_the_code(people):
    late, flow, code = begun(people)
    early = people.stranger()
    early.username = late.username.upper()
    early_flow = people.begin_signup(early)["flow"]
    assert verify(early, early_flow, people.mailbox.code(early.email)).status == 200
    refused = verify(late, flow, code)
    assert (refused.status, refused.code) == (409, "username_taken")
    another = people.stranger().username
    answer = late.call("POST", "/api/verify-otp", {"flow": flow, "otp": code, "username": another})
    assert (answer.status, answer.json["user"]["username"]) == (200, another)


def test_first_confirmed_sign_up_of_an_address_wins(people):
    attacker, attacker_flow, attacker_code = begun(people)
    victim = people.stranger()
    victim.email = attacker.email
    victim_flow = people.begin_signup(victim)["flow"]
    answer = verify(attacker, attacker_flow, attacker_code)
    assert answer.status == 200
    late = verify(victim, victim_flow, "12345678")
    # The address's own budget may have withheld the second mail; then its flow knows no right code.
    assert late.code in ("email_taken", "code_wrong", "code_expired")


def test_taken_address_is_told_by_mail_and_gets_no_code(people):
    owner = people.signed_up()
    intruder = people.stranger()
    intruder.email = owner.email
    flow = people.begin_signup(intruder)["flow"]
    notice = people.mailbox.wait_for(owner.email, 2)
    assert "already" in notice.get_body(("plain",)).get_content()
    assert verify(intruder, flow, "12345678").code == "code_wrong"


def test_mail_tells_purpose_life_and_what_to_ignore(people):
    person, _, _ = begun(people)
    text = people.mailbox.wait_for(person.email).get_body(("plain",)).get_content().lower()
    assert "10 minutes" in text
    assert "ignore" in text
