"""`tms serve` on a free port."""

import http.client
import os
import time
from dataclasses import dataclass
from pathlib import Path

from runner.processes import Running, free_port, program

# One address makes the whole load here. The log has a line for every request otherwise, and nginx's
# is off, too. Everything else is as shipped.
SETTINGS = {
    "TMS_LOG_LEVEL": "warn",
    "TMS_MAX_CONNECTIONS_PER_ADDRESS": "0",
    "TMS_THROTTLE_LOGIN_SOURCE_MINUTE": "1000000/1m",
}


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Server(Running):
    """Ready when constructed; `ready_after` is how long that took, in seconds."""

    def __init__(self, data_dir: Path, **settings: str):
        self.port = free_port()
        environment = clean_environment() | SETTINGS | settings | {
            "TMS_LISTEN": f"127.0.0.1:{self.port}",
            "TMS_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "TMS_DATA_DIR": str(data_dir),
        }
        began = time.monotonic()
        super().__init__(program("tms"), "serve", log=data_dir / "log", cwd=data_dir, env=environment)
        self.wait_until(lambda: is_ready(self.port))
        self.ready_after = time.monotonic() - began

    def get(self, path: str, token: str, port: int = 0) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Cookie": f"tms_session={token}"})
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def memory(self) -> float:
        """Resident memory in MB (Rss of smaps_rollup: shared libraries and the WAL's index count too)."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Rss:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise AssertionError("no Rss in smaps_rollup")


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TMS_")}


def is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
