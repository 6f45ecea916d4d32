"""A host behind https: the cookie's full attributes, HSTS, and its own name as the only origin."""

import pytest

SITE = "https://tms.example"


@pytest.fixture(scope="module")
def https(start):
    return start({"TMS_PUBLIC_URL": SITE, "TMS_ALLOW_FILE_MAIL": "1"})


@pytest.fixture(scope="module")
def person(https):
    return https.people.signed_up()


def test_cookie_is_bound_to_the_host_and_secure(person):
    body = {"username": person.username, "password": person.password}
    cookie = person.client.anonymous().call("POST", "/api/login", body).cookie("tms_session")
    assert cookie.startswith("__Host-tms_session=")
    attributes = {one.strip().lower().split("=")[0] for one in cookie.split(";")[1:]}
    assert {"secure", "httponly", "samesite", "path"} <= attributes
    assert "domain" not in attributes


def test_cleared_cookie_has_the_same_attributes(person):
    cleared = person.client.anonymous().call("POST", "/api/logout").header("Set-Cookie")
    assert cleared.startswith("__Host-tms_session=;")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= {one.strip() for one in cleared.split(";")}


def test_cookie_of_the_development_mode_is_not_read(person):
    token = person.client.cookie.split("=", 1)[1]
    answer = person.client.anonymous().call("GET", "/api/me", headers={"Cookie": f"tms_session={token}"})
    assert answer.status == 401


def test_browsers_are_told_to_stay_on_https(person):
    value = person.call("GET", "/api/me").header("Strict-Transport-Security")
    age = int(value.split(";")[0].removeprefix("max-age="))
    assert age >= 31_536_000


def test_only_the_public_name_is_this_site(https, person):
    allowed = person.call("POST", "/api/tasks", {"description": "x"}, headers={"Origin": SITE})
    assert allowed.status == 201
    for origin in (https.host.base, "http://tms.example", "https://tms.example:8443", "https://a.tms.example"):
        refused = person.call("POST", "/api/tasks", {"description": "x"}, headers={"Origin": origin})
        assert refused.code == "cross_origin", origin
