"""Rows 8 and 69 of the security checklist: no code, password or token in a log or in what is stored."""

import re

import pytest

from support.mailbox import code_in, text_of


PASSWORDS = [f"{name} canary 6fd1c0a9e4b7" for name in ("first", "wrong", "second", "third")]


@pytest.fixture(scope="module")
def canaries(people) -> list[str]:
    """Every secret of a person who does all that takes one, well and badly."""
    person = people.stranger()
    person.password, wrong, second, third = PASSWORDS
    anonymous = person.client.anonymous()

    flow = people.begin_signup(person)["flow"]
    sign_up_code = people.mailbox.code(person.email)
    person.client.keep_cookie(person.call("POST", "/api/verify-otp", {"flow": flow, "otp": sign_up_code}))
    first_cookie = person.client.cookie
    device = person.log_in_again()

    anonymous.call("POST", "/api/login", {"username": person.username, "password": wrong})
    anonymous.call("POST", "/api/login", {"username": wrong, "password": wrong})
    anonymous.call("POST", "/api/login", raw=f'{{"password": "{wrong}", '.encode())
    anonymous.call("POST", "/api/login", {"username": "x", "password": wrong, "unknown": wrong})
    person.call("GET", f"/api/tasks?q={second.replace(' ', '+')}")
    change = {"current_password": person.password, "new_password": second}
    person.call("POST", "/api/me/password", change)
    flow = anonymous.call("POST", "/api/forgot-password", {"email": person.email}).json["flow"]
    reset_code = next_code(people, person)
    body = {"flow": flow, "otp": reset_code, "new_password": third}
    assert anonymous.call("POST", "/api/reset-password", body).status == 204

    tokens = [one.split("=", 1)[1] for one in (first_cookie, device.client.cookie)]
    return [person.password, wrong, second, third, sign_up_code, reset_code, *tokens]


def next_code(people, person) -> str:
    """The code after the one of the sign-up; a notice of the changed password may lie between."""
    number = 2
    while True:
        message = people.mailbox.wait_for(person.email, number)
        if any(len(word) == 8 and word.isdigit() for word in text_of(message).split()):
            return code_in(message)
        number += 1


def found(canaries: list[str], text: bytes) -> list[str]:
    return [one for one in canaries if is_in(one, text)]


def is_in(secret: str, text: bytes) -> bool:
    """A code counts only where no digit stands beside it: eight digits occur inside times and ids."""
    at = text.find(secret.encode())
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(secret) : at + len(secret) + 1]
        if not (secret.isdigit() and any(chr(one).isdigit() for one in around)):
            return True
        at = text.find(secret.encode(), at + 1)
    return False


def test_log_holds_no_secret(world, canaries):
    if world.host.log is None:
        pytest.skip("TMS_TEST_LOG is not set")
    log = world.host.log.read_bytes()
    assert re.search(rb"reset.password", log), "this is no log of requests"
    assert found(canaries, log) == []


def test_database_holds_no_secret(world, canaries):
    if world.host.database is None:
        pytest.skip("TMS_TEST_DATABASE_URL is not set")
    somebody = world.owner.username
    stored = world.host.database.dump()
    assert somebody.encode() in stored, "this is no copy of the database"
    assert found(canaries, stored) == []


def test_data_folder_holds_no_secret_outside_mail(world, canaries):
    if world.host.data_dir is None:
        pytest.skip("TMS_TEST_DATA_DIR is not set")
    mail = world.host.mail_dir
    files = [one for one in world.host.data_dir.rglob("*") if one.is_file() and mail not in one.parents]
    if not files:
        pytest.skip("the data folder holds mail alone; PostgreSQL and an explicit secret are elsewhere")
    assert {str(one): hits for one in files if (hits := found(canaries, one.read_bytes()))} == {}


def test_search_finds_a_planted_secret():
    assert found(["12345678"], b"code=12345678;") == ["12345678"]
    assert found(["12345678"], b"at 1712345678901") == []
    assert found(["pw"], b"a pw") == ["pw"]
