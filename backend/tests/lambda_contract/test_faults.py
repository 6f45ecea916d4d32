"""A database that goes away under a function: no wrong answer, no lost write, quick recovery."""

import time

import pytest
from aws_local.postgres import Postgres
from support.calls import Answer, event
from support.program import Program

# The promise of the API while the cluster wakes up: an answer after about this long.
WAKE_SECONDS = 8
RECOVERY_SECONDS = 2


@pytest.fixture
def get_tasks(action_variables):
    with Program("get_tasks", action_variables) as program:
        yield program


@pytest.fixture
def create_task(action_variables):
    with Program("create_task", action_variables) as program:
        yield program


def create(program, person, text: str) -> Answer:
    return Answer(program.call(event("POST", "/tasks", {"description": text}, cookie=person.cookie)))


def read(program, person) -> Answer:
    return Answer(program.call(event("GET", "/tasks?limit=200", cookie=person.cookie)))


def descriptions(program, person) -> list[str]:
    answer = read(program, person)
    assert answer.status == 200, (answer.body, program.log)
    return [task["description"] for task in answer.json["tasks"]]


def timed(call):
    begin = time.monotonic()
    return call(), time.monotonic() - begin


@pytest.fixture
def short_sessions(postgres: Postgres):
    """The server cuts connections that were idle for 2 s, as Aurora's does after 60."""
    postgres.sql("alter system set idle_session_timeout = '2s'", database="postgres")
    postgres.sql("select pg_reload_conf()", database="postgres")
    yield
    postgres.sql("alter system reset idle_session_timeout", database="postgres")
    postgres.sql("select pg_reload_conf()", database="postgres")


def connections(postgres) -> str:
    return postgres.sql("select count(*) from pg_stat_activity where usename = 'tms_app'", database="postgres")


def wait_until_cut(postgres):
    deadline = time.monotonic() + 20
    while connections(postgres) != "0":
        assert time.monotonic() < deadline, "the server has cut nothing"
        time.sleep(0.1)


def test_idle_session_cut_is_never_seen(postgres, short_sessions, get_tasks, create_task, person):
    for number in range(3):
        wait_until_cut(postgres)
        created, took = timed(lambda: create(create_task, person, f"after cut {number}"))  # noqa: B023
        assert created.status == 201 and took < RECOVERY_SECONDS, (created.body, took, create_task.log)
        wait_until_cut(postgres)
        listed, took = timed(lambda: descriptions(get_tasks, person))
        assert listed.count(f"after cut {number}") == 1 and took < RECOVERY_SECONDS
    for program in (get_tasks, create_task):
        assert '"level":"error"' not in program.log and '"level":"warn"' not in program.log


def test_restart_between_two_calls_is_never_seen(postgres, get_tasks, create_task, person):
    assert create(create_task, person, "before the restart").status == 201
    assert "before the restart" in descriptions(get_tasks, person)
    postgres.stop()
    postgres.start()
    created, took = timed(lambda: create(create_task, person, "after the restart"))
    assert created.status == 201 and took < RECOVERY_SECONDS, (created.body, took)
    listed = descriptions(get_tasks, person)
    assert listed.count("before the restart") == listed.count("after the restart") == 1


def test_unreachable_database_is_answered_with_waking_and_recovers(postgres, get_tasks, create_task, person):
    acknowledged, refused = [], []
    assert create(create_task, person, "before 15 s of nothing").status == 201
    postgres.stop()
    down = time.monotonic()
    try:
        while time.monotonic() - down < 15:
            text = f"while down {len(refused)}"
            answer, took = timed(lambda: create(create_task, person, text))  # noqa: B023
            assert (answer.status, answer.code) == (503, "database_waking"), answer.body
            assert answer.headers["retry-after"] == ["5"]
            assert took < WAKE_SECONDS + 1
            refused.append(text)
    finally:
        postgres.start()
    answer, took = timed(lambda: create(create_task, person, "awake again"))
    assert answer.status == 201 and took < RECOVERY_SECONDS, (answer.body, took)
    acknowledged += ["before 15 s of nothing", "awake again"]
    listed = descriptions(get_tasks, person)
    assert all(listed.count(text) == 1 for text in acknowledged)
    assert not set(listed) & set(refused), "a refused call wrote"


def test_database_that_wakes_during_the_call_answers_it(postgres, get_tasks, person):
    """What the page's first call after a short pause meets."""
    assert read(get_tasks, person).status == 200
    postgres.stop()
    get_tasks.api.put(event("GET", "/tasks", cookie=person.cookie))
    postgres.start()
    assert Answer(get_tasks.api.outcome()).status == 200


def test_bad_input_is_refused_while_the_database_sleeps(postgres, create_task, get_tasks, person):
    """Nothing that can be refused without the database wakes it."""
    postgres.stop()
    try:
        for program, what, status in (
            (create_task, event("POST", "/tasks", {"description": ""}, cookie=person.cookie), 422),
            (create_task, event("POST", "/tasks", {"description": "x"}, cookie=person.cookie + "x"), 401),
            (create_task, event("POST", "/tasks", {"description": "x"}), 401),
            (create_task, event("POST", "/tasks", {"nothing": 1}, cookie=person.cookie), 422),
            (get_tasks, event("GET", "/tasks?limit=0", cookie=person.cookie), 422),
            (get_tasks, event("GET", "/tasks?since=zzz", cookie=person.cookie), 400),
        ):
            answer, took = timed(lambda: Answer(program.call(what)))  # noqa: B023
            assert answer.status == status and took < 1, (answer.body, took)
    finally:
        postgres.start()
