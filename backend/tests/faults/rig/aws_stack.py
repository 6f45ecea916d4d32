"""The AWS stack on this machine (deploy/aws/local): real functions under AWS's emulator, their PostgreSQL."""

import os
import signal
import subprocess
import time
from pathlib import Path

from rig.postgres import Postgres
from rig.server import Server

ROOT = Path(__file__).resolve().parents[4]

# So many calls of one function at a time: on AWS each would have an environment of its own.
ENVIRONMENTS = 3


class AwsStack(Server):
    """In place of `tms serve`. `postgres` is there from the start on."""

    def __init__(self, folder: Path, settings: dict[str, str] | None = None):
        super().__init__(folder, settings={"TMS_AWS_LOCAL_ENVIRONMENTS": str(ENVIRONMENTS), **(settings or {})})
        self.bootstrap = Path(os.environ.get("TMS_BOOTSTRAP", ROOT / "build/lambda/bootstrap")).resolve()
        self.environment["TMS_BOOTSTRAP"] = str(self.bootstrap)
        self.postgres: StackPostgres | None = None
        # PostgreSQL runs as another user.
        folder.chmod(0o755)

    @property
    def database(self) -> str:
        return (self.data_dir / "database_url").read_text()

    def launch(self, *arguments: str) -> subprocess.Popen:
        with self.log.open("ab") as output:
            return subprocess.Popen(
                [str(ROOT / "deploy/aws/local/serve"), *arguments], env=self.environment, cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)

    def start(self, within: float = 120) -> float:
        took = super().start(within)
        self.postgres = StackPostgres(self.data_dir / "postgres", self.database)
        return took

    def programs(self) -> dict[int, str]:
        """The functions' processes that run now, and which function each is."""
        parents = {pid: parent_of(pid) for pid in process_ids()}
        own = [pid for pid, parent in parents.items() if parents.get(parent) == self.process.pid]
        return {pid: handler for pid in own if (handler := handler_of(pid, self.bootstrap))}

    def __exit__(self, *_) -> None:
        if self.postgres:
            self.postgres.__exit__()
        if self.process and self.process.poll() is None:
            self.stop(60)


class StackPostgres(Postgres):
    """The PostgreSQL that the stack has started, with the same command line when it starts again."""

    def __init__(self, folder: Path, url: str):
        self.folder = folder
        self.url = url
        self.process: subprocess.Popen | None = None
        lines = (folder / "data/postmaster.pid").read_text().splitlines()
        self.first, self.port = int(lines[0]), int(lines[3])
        words = Path(f"/proc/{self.first}/cmdline").read_bytes().decode().split("\0")
        self.arguments = words[1:-1]

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command("postgres", *self.arguments), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/")
        self.wait_until_ready()

    def stop(self, how: str = "fast") -> None:
        if self.process:
            super().stop(how)
            return
        # A child of the stack, which does not wait for it.
        os.kill(self.first, self.SIGNALS[how])
        self.wait_until_memory_is_free()

    def __exit__(self, *_) -> None:
        if self.process and self.process.poll() is None:
            super().stop("immediate")


def process_ids() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[1])
    except OSError:
        return 0


def handler_of(pid: int, program: Path) -> str:
    """Which function the process is; nothing when it is none."""
    try:
        if Path(f"/proc/{pid}/exe").readlink() != program:
            return ""
        variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return ""
    return next((one.removeprefix(b"_HANDLER=").decode() for one in variables if one.startswith(b"_HANDLER=")), "")


def kill(pid: int) -> None:
    """With SIGKILL; it may have ended by itself."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    for _ in range(500):
        if not handler_alive(pid):
            return
        time.sleep(0.01)
    raise AssertionError(f"process {pid} outlives SIGKILL")


def handler_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False
