"""Sessions: cookie, devices, and what ends them; rows 31 to 43 of the security checklist."""

import base64
import json
import re

import pytest

PASSWORD = "a quite different password"


def is_signed_in(person) -> bool:
    answer = person.call("GET", "/api/me")
    assert answer.status in (200, 401)
    return answer.status == 200


def sessions(person) -> list[dict]:
    return person.call("GET", "/api/sessions").json["sessions"]


def session_cookie(person):
    """The name, value and attributes of the cookie that a login sets."""
    body = {"username": person.username, "password": person.password}
    cookie = person.client.anonymous().call("POST", "/api/login", body).cookie("tms_session")
    pair, *attributes = re.split(r"; *", cookie)
    name, value = pair.split("=", 1)
    return name, value, {one.split("=")[0].lower(): one.partition("=")[2] for one in attributes}


def test_cookie_has_the_attributes_of_the_contract(people):
    name, value, attributes = session_cookie(people.signed_up())
    assert name == "tms_session"
    assert attributes["path"] == "/"
    assert attributes["samesite"] == "Strict"
    assert "httponly" in attributes
    assert "domain" not in attributes
    assert len(name) + len(value) < 4096


def test_token_carries_no_personal_data(people):
    person = people.signed_up()
    _, token, _ = session_cookie(person)
    parts = token.split(".")
    if len(parts) != 3:
        pytest.skip("this host's token is no JWT")
    claims = base64.urlsafe_b64decode(parts[1] + "==")
    assert person.username.encode() not in claims
    assert person.email.encode() not in claims
    assert {"iss", "aud", "exp", "iat", "sub", "sid"} <= set(json.loads(claims))


@pytest.mark.parametrize("login", ["username", "email"])
def test_login_by_name_or_address_in_any_case(people, login):
    person = people.signed_up()
    body = {"username": getattr(person, login).upper(), "password": person.password}
    assert person.client.anonymous().call("POST", "/api/login", body).status == 200


def test_login_with_a_wrong_password_is_401_and_sets_no_cookie(people):
    person = people.signed_up()
    body = {"username": person.username, "password": person.password + "x"}
    answer = person.client.anonymous().call("POST", "/api/login", body)
    assert (answer.status, answer.code) == (401, "invalid_credentials")


def test_passwords_that_differ_late_are_different(people):
    person = people.stranger()
    person.password = "long " * 20 + "one"
    flow = people.begin_signup(person)["flow"]
    otp = people.mailbox.code(person.email)
    assert person.call("POST", "/api/verify-otp", {"flow": flow, "otp": otp}).status == 200
    twin = {"username": person.username, "password": "long " * 20 + "two"}
    assert person.call("POST", "/api/login", twin).status == 401
    right = {"username": person.username, "password": person.password}
    assert person.call("POST", "/api/login", right).status == 200


def test_password_works_in_another_unicode_form(people):
    person = people.stranger()
    person.password = "Zürich-Café-Ångström"
    flow = people.begin_signup(person)["flow"]
    otp = people.mailbox.code(person.email)
    assert person.call("POST", "/api/verify-otp", {"flow": flow, "otp": otp}).status == 200
    decomposed = {"username": person.username, "password": "Zu\u0308rich-Cafe\u0301-A\u030angstro\u0308m"}
    assert person.call("POST", "/api/login", decomposed).status == 200


def test_login_ends_the_session_that_this_browser_had(people):
    person = people.signed_up()
    before = person.client.cookie
    body = {"username": person.username, "password": person.password}
    answer = person.call("POST", "/api/login", body)
    person.client.keep_cookie(answer)
    assert len(sessions(person)) == 1
    person.client.cookie = before
    assert not is_signed_in(person)


def test_two_session_cookies_are_refused(people):
    first = people.signed_up()
    second = first.log_in_again()
    answer = first.call("GET", "/api/me", headers={"Cookie": f"{first.client.cookie}; {second.client.cookie}"})
    assert answer.status == 401


def test_logout_ends_the_session_and_clears_the_cookie(people):
    person = people.signed_up()
    answer = person.call("POST", "/api/logout")
    assert answer.status == 204
    cleared = answer.header("Set-Cookie")
    assert cleared.startswith("tms_session=;")
    assert "max-age=0" in cleared.lower() or "1970" in cleared
    assert not is_signed_in(person), "a copy of the cookie is worth nothing"


def test_logout_leaves_the_other_devices(people):
    person = people.signed_up()
    other_device = person.log_in_again()
    person.call("POST", "/api/logout")
    assert is_signed_in(other_device)


def test_list_shows_every_device_and_marks_this_one(people):
    person = people.signed_up()
    person.log_in_again()
    listed = sessions(person)
    assert len(listed) == 2
    assert [one["current"] for one in listed].count(True) == 1
    assert {one["address"] for one in listed} == {"127.0.0.1"}
    assert all(one["user_agent"].startswith("python-httpx") for one in listed)
    token = person.client.cookie.split("=", 1)[1]
    assert all(token not in json.dumps(one) for one in listed)


def test_one_device_can_be_ended(people):
    person = people.signed_up()
    lost = person.log_in_again()
    (lost_id,) = [one["session_id"] for one in sessions(lost) if one["current"]]
    assert person.call("DELETE", f"/api/sessions/{lost_id}").status == 204
    assert not is_signed_in(lost)
    assert is_signed_in(person)
    assert person.call("DELETE", f"/api/sessions/{lost_id}").status == 404


def test_this_device_can_be_ended(people):
    person = people.signed_up()
    (here,) = [one["session_id"] for one in sessions(person)]
    assert person.call("DELETE", f"/api/sessions/{here}").status == 204
    assert not is_signed_in(person)


def test_all_devices_can_be_ended(people):
    person = people.signed_up()
    devices = [person, *(person.log_in_again() for _ in range(4))]
    assert person.call("DELETE", "/api/sessions").status == 204
    assert [is_signed_in(one) for one in devices] == [False] * 5


def test_password_change_ends_the_other_sessions_and_keeps_this_one(people):
    person = people.signed_up()
    others = [person.log_in_again() for _ in range(4)]
    body = {"current_password": person.password, "new_password": PASSWORD}
    answer = person.call("POST", "/api/me/password", body)
    assert answer.status == 204
    assert is_signed_in(person)
    assert [is_signed_in(one) for one in others] == [False] * 4
    old = {"username": person.username, "password": person.password}
    assert person.client.anonymous().call("POST", "/api/login", old).status == 401
    person.password = PASSWORD
    assert is_signed_in(person.log_in_again())


def test_password_change_wants_the_current_password(people):
    person = people.signed_up()
    body = {"current_password": "not the password", "new_password": PASSWORD}
    answer = person.call("POST", "/api/me/password", body)
    assert (answer.status, answer.code) == (422, "wrong_password")
    assert is_signed_in(person.log_in_again())


def test_password_change_refuses_the_account_names(people):
    person = people.signed_up()
    for new in (person.username, person.email.upper()):
        body = {"current_password": person.password, "new_password": new}
        assert person.call("POST", "/api/me/password", body).field_codes == {"new_password": "same_as_account"}


def test_reset_ends_every_session_and_signs_nobody_in(people):
    person = people.signed_up()
    other_device = person.log_in_again()
    anonymous = person.client.anonymous()
    flow = anonymous.call("POST", "/api/forgot-password", {"email": person.email}).json["flow"]
    code = people.mailbox.code(person.email, 2)

    own_name = {"flow": flow, "otp": code, "new_password": person.username}
    refused = anonymous.call("POST", "/api/reset-password", own_name)
    assert refused.field_codes == {"new_password": "same_as_account"}, "the code stays good"
    answer = anonymous.call("POST", "/api/reset-password", {"flow": flow, "otp": code, "new_password": PASSWORD})

    assert answer.status == 204
    assert not is_signed_in(person)
    assert not is_signed_in(other_device)
    old = {"username": person.username, "password": person.password}
    assert anonymous.call("POST", "/api/login", old).status == 401
    person.password = PASSWORD
    assert is_signed_in(person.log_in_again())
