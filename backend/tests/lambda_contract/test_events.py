"""Every shape that a REST proxy event takes. What the function understood shows in its answer."""

import base64
import json

import pytest
from support.calls import Answer, event
from support.people import PASSWORD
from support.program import Program

TASK = {"description": "from an event", "due_date": "2026-03-01"}


@pytest.fixture(scope="module")
def create_task(action_variables):
    with Program("create_task", action_variables) as program:
        yield program


@pytest.fixture(scope="module")
def get_tasks(action_variables):
    with Program("get_tasks", action_variables) as program:
        yield program


def create(person, **changes) -> dict:
    return {**event("POST", "/tasks", TASK, cookie=person.cookie), **changes}


def with_headers(person, headers: dict[str, list[str]], **changes) -> dict:
    """The event with these headers alone, besides cookie and content type."""
    many = {"Cookie": [person.cookie], "Content-Type": ["application/json"], **headers}
    single = {name: values[-1] for name, values in many.items()}
    return create(person, headers=single, multiValueHeaders=many, **changes)


def status(program, what: dict) -> int:
    return Answer(program.call(what)).status


def test_event_as_the_gateway_sends_it(create_task, person):
    answer = Answer(create_task.call(create(person)))
    assert answer.status == 201, answer.body
    assert answer.json["task"]["description"] == TASK["description"]
    assert answer.headers["etag"] == ['"1"']
    assert answer.headers["location"] == [f"/api/tasks/{answer.json['task']['task_id']}"]


@pytest.mark.parametrize("name", ["cookie", "COOKIE", "cOOkIE"])
def test_names_of_headers_have_any_case(create_task, person, name):
    what = create(person)
    for headers in (what["headers"], what["multiValueHeaders"]):
        headers[name] = headers.pop("Cookie")
    assert status(create_task, what) == 201


def test_single_value_headers_alone_are_understood(create_task, person):
    assert status(create_task, create(person, multiValueHeaders=None)) == 201
    what = create(person)
    del what["multiValueHeaders"]
    assert status(create_task, what) == 201


def test_event_without_a_host_is_answered_unless_a_browser_names_an_origin(create_task, person):
    assert status(create_task, with_headers(person, {})) == 201
    answer = Answer(create_task.call(with_headers(person, {"Origin": ["https://tasks.example"]})))
    assert (answer.status, answer.code) == (403, "cross_origin")


def test_host_that_cloudfront_passes_on_counts_and_not_the_gateways(create_task, person):
    def answer(origin):
        headers = {"Host": ["x.execute-api.us-east-1.amazonaws.com"], "X-Tms-Host": ["tasks.example"], "Origin": [origin]}
        return Answer(create_task.call(with_headers(person, headers))).status

    assert answer("http://tasks.example") == 201
    assert answer("http://x.execute-api.us-east-1.amazonaws.com") == 403
    assert answer("http://evil.example") == 403


def test_several_origins_are_refused(create_task, person):
    both = {"X-Tms-Host": ["tasks.example"], "Origin": ["http://tasks.example", "http://evil.example"]}
    assert status(create_task, with_headers(person, both)) == 403


def test_several_cookie_headers_are_one_list(create_task, person):
    assert status(create_task, with_headers(person, {"Cookie": ["theme=dark", person.cookie, "a=b; c=d"]})) == 201
    assert status(create_task, with_headers(person, {"Cookie": [f"theme=dark; {person.cookie}; c=d"]})) == 201


def test_two_session_cookies_are_none(create_task, person):
    forged = "tms_session=x"
    assert status(create_task, with_headers(person, {"Cookie": [f"{forged}; {person.cookie}"]})) == 401
    assert status(create_task, with_headers(person, {"Cookie": [person.cookie, forged]})) == 401


@pytest.mark.parametrize("path", ["/tasks", "/api/tasks"], ids=["without stage", "with stage"])
def test_stage_in_the_path_is_understood(create_task, person, path):
    assert status(create_task, create(person, path=path)) == 201


@pytest.mark.parametrize("path", ["/tasks/a b", "/tasks/a%20b", "/api/tasks/%C3%A4"])
def test_space_or_umlaut_in_the_path_is_an_id_that_is_none(action_variables, person, path):
    with Program("get_task", action_variables) as program:
        answer = Answer(program.call(event("GET", path.removeprefix("/api"), cookie=person.cookie) | {"path": path}))
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("path", ["/tasks/%00", "/tasks/%ff", "/tasks/%zz", "/tasks/%"])
def test_path_that_cannot_be_decoded_is_the_clients_mistake(no_database, path):
    with Program("get_task", no_database) as program:
        answer = Answer(program.call(event("GET", "/tasks/x") | {"path": path}))
    assert (answer.status, answer.code) == (400, "malformed_request")


def test_base64_body_is_the_same_body(create_task, person):
    encoded = base64.b64encode(json.dumps(TASK).encode()).decode()
    assert status(create_task, create(person, body=encoded, isBase64Encoded=True)) == 201
    # Without the flag the same text is no JSON.
    assert status(create_task, create(person, body=encoded, isBase64Encoded=False)) == 400


@pytest.mark.parametrize("bad", [b"\xff\xfe", b'{"description": "\xc3"}'], ids=["no UTF-8", "cut off UTF-8"])
def test_bytes_that_are_no_utf8_are_refused(create_task, person, bad):
    answer = Answer(create_task.call(create(person, body=base64.b64encode(bad).decode(), isBase64Encoded=True)))
    assert (answer.status, answer.code) == (400, "malformed_request")


@pytest.mark.parametrize("how", ["null", "absent", "empty"])
def test_null_absent_and_empty_body_are_none(create_task, action_variables, person, how):
    def bare(what: dict) -> dict:
        if how == "absent":
            return {name: value for name, value in what.items() if name not in ("body", "isBase64Encoded")}
        return {**what, "body": None if how == "null" else ""}

    assert status(create_task, bare(create(person))) == 400
    with Program("restore_task", action_variables) as program:
        path = "/tasks/01a2052a-3346-7008-ad91-cd6f0bb17101/restore"
        assert status(program, bare(event("POST", path, cookie=person.cookie))) == 404


def test_query_that_names_something_twice_is_refused(get_tasks, person):
    def answer(many, single=None):
        what = event("GET", "/tasks", cookie=person.cookie)
        what |= {"multiValueQueryStringParameters": many, "queryStringParameters": single}
        return Answer(get_tasks.call(what))

    twice = answer({"limit": ["1", "2"]}, {"limit": "2"})
    assert twice.status == 422 and twice.json["errors"][0]["field"] == "limit"
    assert len(answer({"limit": ["1"], "sort": ["-created"]}).json["tasks"]) == 1
    # Only the single-value map, as some emulators send it.
    assert len(answer(None, {"limit": "1"}).json["tasks"]) == 1


def test_query_arrives_decoded_and_is_not_decoded_again(get_tasks, create_task, person):
    create_task.call(create(person, body=json.dumps({"description": "50%41 off & more"})))
    for wanted, number in (("50%41 off & more", 1), ("50A off & more", 0)):
        what = event("GET", "/tasks", cookie=person.cookie) | {"multiValueQueryStringParameters": {"q": [wanted]}}
        assert len(Answer(get_tasks.call(what)).json["tasks"]) == number, wanted


def test_several_cookies_leave_as_a_list(key_variables, person):
    assert any("HttpOnly" in cookie for cookie in person.set_cookies)
    with Program("login", key_variables) as login:
        answer = Answer(login.call(event("POST", "/login", {"username": "anna", "password": PASSWORD})))
    assert answer.status == 200
    assert all(isinstance(cookie, str) and cookie.count("=") for cookie in answer.headers["set-cookie"])


def test_client_address_is_the_second_last_hop(action_variables, key_variables, postgres, person):
    """What a client claims stands further left; the last hop is CloudFront's."""
    what = event("POST", "/login", {"username": "anna", "password": PASSWORD})
    what["multiValueHeaders"]["X-Forwarded-For"] = ["1.1.1.1, 198.51.100.77, 130.176.0.1"]
    with Program("login", key_variables) as login:
        cookie = Answer(login.call(what)).headers["set-cookie"][0].split(";")[0]
    with Program("list_sessions", action_variables) as program:
        answer = Answer(program.call(event("GET", "/sessions", cookie=cookie)))
    current = next(one for one in answer.json["sessions"] if one["current"])
    assert "198.51.100" in json.dumps(current)
