"""Reads beside nginx that serves the same bytes."""

import json
from urllib.parse import quote

from runner.bench import Bench
from runner.data import Data
from runner.measure import Row, take_turns
from runner.nginx import Nginx
from runner.processes import Failed
from runner.server import Server
from runner.wrk import wrk


def list_hot(bench: Bench) -> list[Row]:
    what = f"list of 50 tasks, full body, a hot set of {bench.amounts.hot} users"
    return lists(bench, "list_hot", what, bench.amounts.hot, 0.5)


def list_uniform(bench: Bench) -> list[Row]:
    what = f"the same, uniform over all {bench.amounts.users:,} users"
    return lists(bench, "list_uniform", what, bench.amounts.users, 0.15)


def lists(bench: Bench, name: str, what: str, people: int, target: float) -> list[Row]:
    with bench.data() as data, Server(data.folder) as server:
        tokens = data.tokens()[:people]
        return [beside_nginx(bench, name, what, target, data, server, [(token, "/api/tasks") for token in tokens])]


def empty_delta(bench: Bench) -> list[Row]:
    with bench.data() as data, Server(data.folder) as server:
        requests = []
        for token in data.tokens()[:bench.amounts.hot]:
            since = json.loads(server.get("/api/tasks", token).body)["since"]
            requests.append((token, f"/api/tasks?since={quote(since)}"))
        if json.loads(server.get(requests[0][1], requests[0][0]).body)["tasks"]:
            raise Failed("the delta is not empty")
        return [beside_nginx(bench, "delta", "empty delta (`since`)", 0.7, data, server, requests)]


def beside_nginx(bench: Bench, name: str, what: str, target: float, data: Data, server: Server,
                 requests: list[tuple[str, str]]) -> Row:
    token, path = requests[0]
    answer = server.get(path, token)
    if answer.status != 200:
        raise Failed(f"GET {path} answered {answer.status}")
    file = data.gets(name, requests)
    with Nginx(bench.work_folder("nginx"), answer) as nginx:
        same = server.get(path, token, nginx.port)
        if same.body != answer.body:
            raise Failed("nginx serves something else")

        def load(port: int, seconds: int) -> float:
            return wrk(port, "get", file, seconds).rate

        bench.say("warming up")
        load(server.port, 1)
        load(nginx.port, 1)
        rates = take_turns(bench.amounts.rounds, {
            "server": lambda _: load(server.port, bench.amounts.seconds),
            "nginx": lambda _: load(nginx.port, bench.amounts.seconds),
        }, bench.say)
    return Row(name, what, "requests/s", rates["server"], target, reference=rates["nginx"],
               reference_name="nginx, same bytes", note=f"{len(answer.body):,} bytes of body")
