"""`tms serve` on a free port with a data folder of its own."""

import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from open_throttles import OPEN_THROTTLES

# A judge sends more from one address than anybody would. Everything else is as shipped.
RAISED_LIMITS = {
    "TMS_BCRYPT_COST": "4",
    "TMS_MAX_CONNECTIONS_PER_ADDRESS": "5000",
    **OPEN_THROTTLES,
}


class Server:
    """The program with its data; it can be ended and started again on the same data and port.

    `database_url` empty: SQLite. `wrapper` stands before the command line, such as prlimit.
    """

    def __init__(self, folder: Path, database_url: str = "", settings: dict[str, str] | None = None,
                 wrapper: list[str] | None = None, data_dir: Path | None = None):
        self.folder = folder
        self.data_dir = data_dir or folder / "data"
        self.data_dir.mkdir(exist_ok=True)
        self.log = folder / "log"
        self.wrapper = wrapper or []
        self.base = f"http://127.0.0.1:{free_port()}"
        self.process: subprocess.Popen | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TMS_")},
            **RAISED_LIMITS,
            "TMS_LISTEN": self.base.removeprefix("http://"),
            "TMS_PUBLIC_URL": self.base,
            "TMS_DATA_DIR": str(self.data_dir),
            "TMS_LOG_LEVEL": "warn",
            **(settings or {}),
        }
        self.database_url = database_url
        if database_url:
            self.environment |= {"TMS_DATABASE_URL": database_url, "TMS_SECRET": f"fault:{secrets.token_hex(32)}"}

    @property
    def mails(self) -> Path:
        return self.data_dir / "mail"

    @property
    def database(self) -> str:
        """Where the judge reads."""
        return self.database_url or str(self.data_dir / "tms.db")

    def launch(self, *arguments: str) -> subprocess.Popen:
        """Starts the program and does not wait."""
        with self.log.open("ab") as output:
            return subprocess.Popen(
                [*self.wrapper, binary(), *(arguments or ["serve"])], env=self.environment, cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)

    def start(self, within: float = 20) -> float:
        """Starts it and gives the seconds until it was ready."""
        began = time.monotonic()
        self.process = self.launch()
        while time.monotonic() < began + within:
            assert self.process.poll() is None, f"the server ended with {self.process.returncode}:\n{self.log_tail()}"
            if self.ready():
                return time.monotonic() - began
            time.sleep(0.01)
        raise AssertionError(f"not ready within {within} s:\n{self.log_tail()}")

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.base + "/readyz", timeout=2) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, within: float = 20) -> int:
        """Ends it with SIGTERM and gives its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=within)

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        if self.process and self.process.poll() is None:
            self.kill()


def binary() -> str:
    return os.path.abspath(os.environ.get("TMS_TEST_BINARY", "build/release/tms"))


def temporary_folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="tms-fault-")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
