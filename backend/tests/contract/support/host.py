"""The host under test: one that runs already, or one that the tests start."""

import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from open_throttles import OPEN_THROTTLES

from support.database import Database, PostgresDatabase, SqliteDatabase, database_from_url

# The tests make more people and send more from one address than anybody would. TMS_CODE_RESEND_WAIT
# stays: 429 before resend_at is tested. test_throttles.py runs with the defaults.
RAISED_LIMITS = {
    "TMS_MAX_CONNECTIONS_PER_ADDRESS": "1000",
    # A machine that also builds is slow: 200 calls at once shall be answered late rather than refused.
    "TMS_WORKER_MAX_WAIT_MS": "60000",
    "TMS_REQUEST_TIMEOUT": "60s",
    "TMS_DATABASE_TIMEOUT_MS": "60000",
    **OPEN_THROTTLES,
    "TMS_THROTTLE_LOGIN_FREE_FAILURES": "100000",
    "TMS_THROTTLE_LOGIN_ACCOUNT_FAILURES": "100000/24h",
    "TMS_THROTTLE_PASSWORD_CHANGE_ACCOUNT": "100000/15m",
}


@dataclass
class Host:
    """Where it listens, and the folders that a test may look into (when it runs on this machine)."""

    base: str
    mail_dir: Path
    log: Path | None = None
    data_dir: Path | None = None
    database: Database | None = None
    process: subprocess.Popen | None = None
    program: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    cleanup: list = field(default_factory=list)

    def start(self) -> None:
        """Starts the server on the data that is there, and waits until it is ready."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.program, env=self.environment, stdout=output, stderr=subprocess.STDOUT,
                cwd=self.data_dir,
            )
        wait_until_ready(self)
        address = self.data_dir / "database_url"
        if address.exists():  # the AWS stack brings a database of its own
            self.database = PostgresDatabase(address.read_text())

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ends the server, keeps its data, and gives its exit code."""
        self.process.send_signal(by)
        return self.process.wait(timeout=20)

    def remove(self) -> None:
        """Ends a server that the tests started, if it still runs, and takes its data away."""
        code = self.end() if self.process and self.process.poll() is None else 0
        for one in self.cleanup:
            one()
        assert code == 0, f"the server ended with {code} after SIGTERM"


def running_host(base: str) -> Host:
    """A host that somebody else started."""
    def folder(name: str) -> Path | None:
        return Path(os.environ[name]) if os.environ.get(name) else None

    mail_dir = folder("TMS_TEST_MAIL_DIR")
    assert mail_dir, "TMS_TEST_MAIL_DIR must name the folder into which the host writes mail"
    data_dir = folder("TMS_TEST_DATA_DIR")
    database = database_from_url(os.environ.get("TMS_TEST_DATABASE_URL"))
    return Host(base.rstrip("/"), mail_dir, folder("TMS_TEST_LOG"), data_dir, database)


def started_host(engine: str, settings: dict[str, str] = RAISED_LIMITS) -> Host:
    """Starts the program of `engine` on a free port with a new data folder and, on PostgreSQL, a new database."""
    folder = tempfile.TemporaryDirectory(prefix="tms-contract-")
    data_dir = Path(folder.name) / "data"
    data_dir.mkdir()
    log = Path(folder.name) / "log"
    base = f"http://127.0.0.1:{free_port()}"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TMS_")},
        "TMS_LISTEN": base.removeprefix("http://"),
        "TMS_PUBLIC_URL": base,
        "TMS_DATA_DIR": str(data_dir),
        "TMS_BCRYPT_COST": "4",
        "TMS_LOG_LEVEL": "debug",
        **settings,
    }
    host = Host(
        base, data_dir / "mail", log, data_dir, program=program(engine), environment=environment,
        cleanup=[folder.cleanup],
    )
    if engine == "postgres":
        database = PostgresDatabase.create(os.environ["TMS_TEST_POSTGRES_URL"])
        environment |= {"TMS_DATABASE_URL": database.url, "TMS_SECRET": f"contract:{secrets.token_hex(32)}"}
        host.cleanup.insert(0, database.drop)
        host.database = database
    elif engine == "sqlite":
        host.database = SqliteDatabase(data_dir)
    host.start()
    return host


def program(engine: str) -> list[str]:
    """The server, or the AWS stack on this machine, which takes the same settings."""
    if engine == "lambda":
        return [str(Path(__file__).resolve().parents[4] / "deploy/aws/local/serve")]
    return [os.environ.get("TMS_TEST_BINARY", "build/release/tms"), "serve"]


def wait_until_ready(host: Host, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert host.process.poll() is None, f"the server ended at start:\n{host.log.read_text()[-4000:]}"
        try:
            if httpx.get(f"{host.base}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not ready within {seconds} s:\n{host.log.read_text()[-4000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
