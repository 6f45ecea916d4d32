"""What a request costs among more and more tasks of others."""

import contextlib
import json
from urllib.parse import quote

from runner.bench import Bench
from runner.data import Data
from runner.measure import Row, take_turns
from runner.server import Server
from runner.wrk import wrk

CALLS = {
    "list": "list of 50 tasks",
    "delta": "empty delta",
    "create": "create a task",
}


def curve(bench: Bench) -> list[Row]:
    """The same calls for as many people in databases of different sizes, each with its own server."""
    amounts = bench.amounts
    people = amounts.sizes[0]
    with contextlib.ExitStack() as stack:
        hosts = []
        for users in amounts.sizes:
            data = stack.enter_context(bench.data(users, f"curve-{users}"))
            hosts.append((data, stack.enter_context(Server(data.folder))))
        rows = []
        for call in CALLS:
            loads = {f"{users * amounts.tasks:,} tasks": prepare(call, *host, people, amounts.curve_seconds)
                     for users, host in zip(amounts.sizes, hosts, strict=True)}
            bench.say(f"{call}: warming up")
            for load in loads.values():
                load(0)
            rates = take_turns(amounts.curve_rounds, loads, lambda text, call=call: bench.say(f"{call}: {text}"))
            rows += to_rows(call, rates)
    return rows


def prepare(call: str, data: Data, server: Server, people: int, seconds: int):
    """Gives what measures the call for the first people of that server, in requests/s."""
    if call == "create":
        few = data.folder / "few-people"
        few.write_text("".join(data.people.read_text().splitlines(keepends=True)[:people]))
        return lambda _: wrk(server.port, "create", few, seconds).rate
    requests = []
    for token in data.tokens()[:people]:
        path = "/api/tasks"
        if call == "delta":
            path += "?since=" + quote(json.loads(server.get(path, token).body)["since"])
        requests.append((token, path))
    file = data.gets(call, requests)
    return lambda _: wrk(server.port, "get", file, seconds).rate


def to_rows(call: str, rates: dict[str, list]) -> list[Row]:
    """Each size beside the smallest."""
    smallest, *larger = rates
    return [Row(f"curve_{call}_{index}", f"{CALLS[call]} at {size} against {smallest}", "requests/s", rates[size], 0.9,
                reference=rates[smallest], reference_name=f"the server at {smallest}")
            for index, size in enumerate(larger, 1)]
