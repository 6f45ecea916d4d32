"""Load by wrk."""

import json
from dataclasses import dataclass
from pathlib import Path

from runner.amounts import CONNECTIONS
from runner.processes import Failed, run

THREADS = 2


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    bytes: int
    errors: int
    p50: float
    p99: float
    most: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def wrk(port: int, what: str, file: Path, seconds: int, round_number: int = 1,
        connections: int = CONNECTIONS, errors_allowed: bool = False) -> Load:
    """See wrk.lua for `what`. Every answer must be below 400."""
    text = run("wrk", f"-t{THREADS}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
               "-s", str(Path(__file__).with_name("wrk.lua")), f"http://127.0.0.1:{port}/",
               "--", what, str(file), str(THREADS), str(round_number), within=seconds + 60)
    result = [line for line in text.splitlines() if line.startswith("RESULT ")]
    if not result:
        raise Failed(f"wrk printed no result: {text[-1000:]}")
    load = Load(**json.loads(result[0].removeprefix("RESULT ")))
    if load.requests == 0 or (load.errors and not errors_allowed):
        raise Failed(f"{load.errors} of {load.requests} requests failed")
    return load
