"""Row 26 of the security checklist: strangers who fail at an account do not lock its owner out."""

import re

import pytest

from support.host import RAISED_LIMITS

WRONG = "a wrong password 123"


@pytest.fixture(scope="module")
def people(start):
    """Of a host that throttles names and accounts as by default, whatever a source does."""
    defaults = ("TMS_THROTTLE_LOGIN_FREE_FAILURES", "TMS_THROTTLE_LOGIN_ACCOUNT_FAILURES")
    return start({name: value for name, value in RAISED_LIMITS.items() if name not in defaults}).people


def log_in(person, password: str, device: str | None = None):
    browser = person.client.anonymous()
    browser.device = device
    return browser.call("POST", "/api/login", {"username": person.username, "password": password})


def device_of(answer) -> str:
    return answer.cookie("tms_device").split(";")[0]


@pytest.fixture
def attacked(people) -> tuple:
    """Somebody at whose name strangers have failed until it waits, and the device that he used before."""
    person = people.signed_up()
    device = device_of(log_in(person, person.password))
    for _ in range(6):
        log_in(person, WRONG)
    assert log_in(person, person.password).code == "too_many_requests"
    return person, device


def test_known_device_logs_in_while_strangers_attack(attacked):
    person, device = attacked
    assert log_in(person, person.password, device).status == 200
    assert log_in(person, WRONG, device).status == 401


def test_device_of_another_account_waits(people, attacked):
    person, _ = attacked
    mallory = people.signed_up()
    other = device_of(log_in(mallory, mallory.password))
    assert log_in(person, person.password, other).code == "too_many_requests"


@pytest.mark.parametrize("forge", [
    lambda value: value[:-1] + ("A" if value[-1] != "A" else "E"),
    lambda value: re.sub(r"=\d+", "=9999999999", value),
    lambda value: value.split(".")[0] + ".AAAAAAAAAAAAAAAAAAAAAA." + value.split(".")[2],
    lambda value: f"{value}; {value}",
    lambda value: value.split("=")[0] + "=",
], ids=["another signature", "another time", "another device", "there twice", "empty"])
def test_forged_device_waits(attacked, forge):
    person, device = attacked
    assert log_in(person, person.password, forge(device)).code == "too_many_requests"


def test_device_from_before_a_password_change_waits(attacked):
    person, device = attacked
    browser = person.client
    change = {"current_password": person.password, "new_password": "another password, once"}
    assert browser.call("POST", "/api/me/password", change).status == 204
    assert log_in(person, "another password, once", device).code == "too_many_requests"


def test_device_cookie_has_the_attributes_of_the_session_cookie(people):
    person = people.signed_up()
    cookie = log_in(person, person.password).cookie("tms_device")
    pair, *attributes = re.split(r"; *", cookie)
    assert set(attributes) == {"Path=/", "Max-Age=31536000", "HttpOnly", "SameSite=Strict"}
    assert person.username not in pair


def test_device_alone_opens_no_session(attacked):
    person, device = attacked
    browser = person.client.anonymous()
    browser.device = device
    assert browser.call("GET", "/api/me").status == 401
