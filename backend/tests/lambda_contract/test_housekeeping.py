"""What has ended goes without a server that runs all the time: `me` cleans up once its reply is out."""

import time

import pytest
from aws_local.postgres import Postgres
from support.calls import Answer, event
from support.program import Program

DAY = 24 * 3600


def micros(days_ago: float) -> int:
    return int((time.time() - days_ago * DAY) * 1_000_000)


@pytest.fixture
def ended(postgres: Postgres, person):
    """A session that ended, a sign-up that nobody confirmed, a mail that left, a task 31 days in the trash;
    beside them a task 29 days in the trash."""
    session(postgres, "ended-1")
    postgres.sql("insert into pending_signups (flow, username, username_folded, email, email_folded, password_hash, created_at)"
                 f" values ('ended', 'x', 'x', 'x@example.org', 'x@example.org', 'x', {micros(2)})")
    postgres.sql("insert into outbox (kind, generation, recipient, username, state, attempts, next_attempt_at, expires_at, created_at)"
                 f" values ('welcome', 1, 'x@example.org', 'x', 'sent', 1, {micros(3)}, {micros(2)}, {micros(3)})")
    for number, days in enumerate((31, 29), start=1):
        postgres.sql("insert into tasks (list_id, task_id, user_id, description, description_folded, status,"
                     " created_at, updated_at, deleted_at, version, seq)"
                     f" select inbox_list_id, gen_random_uuid(), user_id, 'trash {days}', 'trash {days}', 'pending',"
                     f" {micros(40)}, {micros(days)}, {micros(days)}, 1, {number} from users limit 1")


def session(postgres: Postgres, name: str) -> None:
    postgres.sql("insert into sessions (session_id, user_id, created_at, last_seen, expires_at, user_agent, address)"
                 f" select '{name}', user_id, {micros(91)}, {micros(1)}, {micros(1)}, '', '' from users limit 1")


def left(postgres: Postgres) -> list[str]:
    return postgres.sql(
        "select 'session ' || session_id from sessions where session_id like 'ended%'"
        " union all select 'sign-up ' || flow from pending_signups where flow = 'ended'"
        " union all select 'mail ' || kind from outbox where recipient = 'x@example.org'"
        " union all select description from tasks where description like 'trash %'").split("\n")


def call(program: Program, person) -> Answer:
    return Answer(program.call(event("GET", "/me", cookie=person.cookie)))


def test_me_cleans_up_after_its_reply_and_once_a_day(postgres, action_variables, person, ended):
    assert len(left(postgres)) == 5
    with Program("me", action_variables) as me:
        assert call(me, person).status == 200
        # The next call is asked for when the cleaning is done.
        assert call(me, person).status == 200
        assert left(postgres) == ["trash 29"]
        session(postgres, "ended-2")
        assert call(me, person).status == 200
        assert call(me, person).status == 200
        assert left(postgres) == ["session ended-2", "trash 29"]
        assert '"level":"warn"' not in me.log and '"level":"error"' not in me.log
    postgres.sql("delete from sessions where session_id = 'ended-2'")
    postgres.sql("delete from tasks where description like 'trash %'")


def test_other_functions_leave_what_has_ended(postgres, action_variables, person):
    session(postgres, "ended-3")
    with Program("get_tasks", action_variables) as get_tasks:
        for _ in range(2):
            assert Answer(get_tasks.call(event("GET", "/tasks", cookie=person.cookie))).status == 200
    assert "session ended-3" in left(postgres)
    postgres.sql("delete from sessions where session_id = 'ended-3'")


def test_a_database_that_is_away_costs_a_line_in_the_log_and_no_reply(no_database, keys, person):
    with Program("me", {**no_database, "TMS_PUBLIC_URL": "http://localhost"}) as me:
        assert call(me, person).status == 503
        assert call(me, person).status == 503
        assert me.log.count("housekeeping failed") == 1
