"""Row 44 of the security checklist: an unsafe call from a browser must come from this site."""

import pytest

from support.case_table import fill_in, load
from support.openapi import Contract

CONTRACT = Contract()
UNSAFE = [one for one in CONTRACT.operations if one.is_unsafe]
SITE = "<site>"
ALLOWED = {
    "same origin": {"Sec-Fetch-Site": "same-origin", "Origin": SITE},
    "an older browser on this site": {"Origin": SITE},
    "no browser": {},
}
REFUSED = {
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "a sister site, whatever its Origin": {"Sec-Fetch-Site": "same-site", "Origin": SITE},
    "an older browser on another site": {"Origin": "https://evil.example"},
    "a sandboxed frame": {"Origin": "null"},
    "this site with another scheme": {"Origin": "<https site>"},
    "a name that begins like this site": {"Origin": SITE + ".evil.example"},
}


def send(world, operation, headers: dict):
    """As the owner, with ids that do not exist and bodies that are refused later, so that little is written."""
    site = world.host.base
    filled = {
        name: value.replace("<site>", site).replace("<https site>", site.replace("http:", "https:"))
        for name, value in headers.items()
    }
    path = operation.path.replace("{task_id}", "none").replace("{session_id}", "none")
    body = fill_in(world, load("bodies")[operation.action]) if operation.has_body else None
    return world.owner.call(operation.method, path, body, headers=filled)


@pytest.mark.parametrize("headers", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("operation", UNSAFE, ids=lambda one: one.action)
def test_call_from_elsewhere_is_refused_and_writes_nothing(world, operation, headers):
    if operation.has_body:
        fill_in(world, load("bodies")[operation.action])  # its people sign up before the measure
    before = world.written()
    answer = send(world, operation, headers)
    assert (answer.status, answer.code) == (403, "cross_origin")
    assert not answer.header_values("Set-Cookie")
    assert world.written() == before


@pytest.mark.parametrize("headers", ALLOWED.values(), ids=ALLOWED.keys())
@pytest.mark.parametrize("operation", UNSAFE, ids=lambda one: one.action)
def test_call_from_this_site_or_no_browser_is_read(people, world, operation, headers):
    if operation.action in ("logout", "end_all_sessions"):
        signed_in = people.signed_up()
        filled = {name: value.replace("<site>", world.host.base) for name, value in headers.items()}
        assert signed_in.call(operation.method, operation.path, headers=filled).status == 204
        return
    assert send(world, operation, headers).code != "cross_origin"


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_no_answer_lets_another_site_read(world, origin):
    answer = world.owner.call("GET", "/api/me", headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"})
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
