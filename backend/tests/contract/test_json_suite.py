"""Row 54 of the security checklist: JSONTestSuite against the parser of the running server.

Each text is sent as it is, and as the value of a member that no call knows: then syntax that is right
is 422 and not 400. Two texts that are right by RFC 8259 hold a name twice, which we refuse.
"""

import time

import pytest

from support.data_sets import DAMAGED, json_texts

pytestmark = pytest.mark.server_reads
TEXTS = json_texts()
TWICE = {"y_object_duplicated_key", "y_object_duplicated_key_and_value"}


def named(kind: str) -> list[str]:
    return [name for name in TEXTS if name.startswith(kind)]


def answer_to(world, raw: bytes) -> tuple[int, str]:
    answer = world.anonymous.call("POST", "/api/login", raw=raw)
    return answer.status, answer.code


def wrapped(name: str) -> bytes:
    return b'{"nonsense": ' + TEXTS[name] + b"}"


def test_all_cases_are_there():
    assert [len(named(kind)) for kind in "yni"] == [95, 188, 35]
    assert len(DAMAGED) == 25
    assert not [name for name, text in TEXTS.items() if "\ufffd".encode() in text]


@pytest.mark.parametrize("name", named("y"))
def test_right_json_is_read(world, name):
    refused = name in TWICE
    assert answer_to(world, wrapped(name)) == ((400, "malformed_request") if refused else (422, "validation_failed"))
    # By itself it is a body only when it is an object.
    status, _ = answer_to(world, TEXTS[name])
    assert status == (422 if TEXTS[name].strip().startswith(b"{") and not refused else 400)


@pytest.mark.parametrize("name", named("n"))
def test_wrong_json_is_refused(world, name):
    assert answer_to(world, TEXTS[name])[0] in (400, 413)
    assert answer_to(world, wrapped(name))[0] in (400, 413)


@pytest.mark.parametrize("name", named("i"))
def test_doubtful_json_does_no_harm(world, name):
    assert answer_to(world, TEXTS[name])[0] == 400
    assert answer_to(world, wrapped(name))[0] in (400, 422)


# 64 KB with as many short names as fit.
MANY = b",".join(b'"%x":0' % number for number in range(7500))


@pytest.mark.parametrize("members", [b'{"nonsense": {' + MANY + b"}}", b"{" + MANY + b"}"], ids=["inside", "outside"])
def test_thousands_of_members_take_no_longer_than_their_bytes(world, members):
    """Neither names that come twice nor wrong fields are looked for by comparing each with each."""
    assert 60_000 < len(members) < 65_536
    plain = b'{"nonsense": "' + b"x" * (len(members) - 16) + b'"}'
    fastest = [min(seconds_of(world, raw) for _ in range(9)) for raw in (plain, members)]
    print(f"one text {fastest[0] * 1000:.1f} ms, 7,500 members {fastest[1] * 1000:.1f} ms")
    # The comparing took 80 ms and more.
    assert fastest[1] < fastest[0] + 0.030


def seconds_of(world, raw: bytes) -> float:
    begin = time.perf_counter()
    answer = world.anonymous.send("POST", "/api/login", raw=raw)
    assert (answer.status, answer.code) == (422, "validation_failed")
    return time.perf_counter() - begin


def test_answer_to_thousands_of_unknown_names_is_short(world):
    for answer in (
        world.anonymous.call("POST", "/api/login", raw=b"{" + MANY + b"}"),
        world.owner.call("GET", "/api/tasks?" + "&".join(f"{number:x}" for number in range(1500))),
    ):
        assert (answer.status, answer.code) == (422, "validation_failed")
        assert 10 < len(answer.json["errors"]) <= 64
        assert len(answer.body) < 10_000
