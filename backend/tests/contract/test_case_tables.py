"""The tables in cases/: every call as it is meant, and what it refuses."""

import pytest

from support.case_table import fill_in, load, run_case


def cases(name: str) -> list:
    """A case with `reads: server` is about what API Gateway does on AWS."""
    return [
        pytest.param(case, id=case["name"], marks=[pytest.mark.server_reads] if case.get("reads") == "server" else [])
        for case in load(name)
    ]


@pytest.mark.parametrize("case", cases("happy"))
def test_call_works(world, case):
    run_case(world, case)


@pytest.mark.parametrize("case", cases("refused"))
def test_call_is_refused_and_writes_nothing(world, case):
    case = fill_in(world, case)
    world.client(case["who"])  # the people of the case are there before the measure
    before = world.written()
    run_case(world, case)
    assert world.written() == before


def test_every_call_of_the_contract_has_a_case(contract):
    tables = [*load("happy"), *load("refused")]
    called = {one["call"].split("?")[0] for one in tables}
    named = {
        one.action
        for one in contract.operations
        if any(call.split(" ")[0] == one.method and matches_template(one, call) for call in called)
    }
    # These end sessions or use codes up: test_sessions.py and test_tasks.py.
    elsewhere = {"end_session", "end_all_sessions"}
    assert {one.action for one in contract.operations} - named <= elsewhere


def matches_template(operation, call: str) -> bool:
    ours, theirs = operation.path.split("/"), call.split(" ")[1].split("/")
    return len(ours) == len(theirs) and all(
        a == b or a.startswith("{") for a, b in zip(ours, theirs, strict=True)
    )
