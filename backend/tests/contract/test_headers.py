"""Rows 47 to 49 of the security checklist: headers of every kind of answer."""

import pytest

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'; trusted-types tms-sw"
)
EVERYWHERE = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cache-Control": "no-store",
}
ANSWERS = {
    "200": ("owner", "GET", "/api/me"),
    "204": ("anonymous", "POST", "/api/logout"),
    "400": ("owner", "GET", "/api/tasks?since=zzzz"),
    "401": ("anonymous", "GET", "/api/tasks"),
    "404": ("anonymous", "GET", "/api/nothing"),
    "405": ("anonymous", "PUT", "/api/tasks"),
    "415": ("anonymous", "POST", "/api/login"),
    "422": ("owner", "GET", "/api/tasks?limit=0"),
    "a probe": ("anonymous", "GET", "/healthz"),
}


# What API Gateway answers itself gets its headers from CloudFront.
SERVER_ONLY = {"404", "405", "a probe"}


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(sent, id=name, marks=[pytest.mark.server_reads] if name in SERVER_ONLY else [])
        for name, sent in ANSWERS.items()
    ],
)
def test_answer_has_the_security_headers(world, sent):
    who, method, path = sent
    raw = b"x" if path == "/api/login" else None
    headers = {"Content-Type": "text/plain"} if raw else None
    answer = world.client(who).call(method, path, raw=raw, headers=headers)
    for name, value in EVERYWHERE.items():
        assert answer.header_values(name) == [value], name
    assert answer.header("Permissions-Policy")
    assert not any(digit in answer.header("Server") for digit in "0123456789"), "no version"


@pytest.mark.server_reads
def test_head_answers_like_get_without_a_body(world):
    get = world.owner.call("GET", "/api/me")
    head = world.owner.client.send("HEAD", "/api/me")
    assert (head.status, head.body) == (get.status, b"")
    assert head.header("Content-Type") == get.header("Content-Type")


@pytest.mark.server_reads
@pytest.mark.parametrize("header", [("X-Long", "x" * 9000), ("Cookie", "a=" + "b" * 9000)])
def test_headers_over_the_limit_are_431(world, header):
    name, value = header
    answer = world.anonymous.send("GET", "/api/me", headers={name: value})
    assert answer.status == 431


@pytest.mark.server_reads
def test_more_than_64_header_fields_are_431(world):
    many = {f"X-Number-{number}": "1" for number in range(70)}
    assert world.anonymous.send("GET", "/api/me", headers=many).status == 431


@pytest.mark.server_reads
@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PROPFIND"])
def test_other_methods_are_refused(world, method):
    assert world.anonymous.send(method, "/api/tasks").status in (400, 405, 501)
