"""A PostgreSQL of our own that can be stopped, killed and started again. Durable as shipped: fsync on."""

import os
import pwd
import signal
import subprocess
import time
from pathlib import Path

from judge.snapshots import psql
from rig.server import free_port

BIN = Path("/usr/lib/postgresql/15/bin")


class Postgres:
    SIGNALS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill": signal.SIGKILL}

    def __init__(self, folder: Path, **settings: str):
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.settings = {"max_connections": "100", "shared_buffers": "64MB", **settings}
        self.url = f"postgresql://tms:tms@127.0.0.1:{self.port}/tms"
        (folder / "password").write_text("tms")
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            folder.parent.chmod(0o755)
        self.run("initdb", "-D", str(folder / "data"), "-U", "tms", "--auth=scram-sha-256", "--pwfile",
                 str(folder / "password"), "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        psql(self.url.removesuffix("/tms") + "/postgres", "create database tms")

    def command(self, name: str, *arguments: str) -> list[str]:
        # PostgreSQL refuses to run as root.
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        return [*(as_postgres if os.geteuid() == 0 else []), str(BIN / name), *arguments]

    def run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(self.command(name, *arguments), capture_output=True, text=True, cwd="/")
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"

    def start(self) -> None:
        """Returns when it takes connections."""
        options = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command("postgres", "-D", str(self.folder / "data"), "-p", str(self.port),
                             "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}",
                             *options),
                stdout=log, stderr=log, cwd="/")
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = 30) -> None:
        for _ in range(int(seconds / 0.02)):
            assert self.process.poll() is None, (self.folder / "server.log").read_text()[-2000:]
            if subprocess.run([str(BIN / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0:
                return
            time.sleep(0.02)
        raise AssertionError("PostgreSQL does not start")

    def stop(self, how: str = "fast") -> None:
        """fast: ends the sessions. immediate: ends without a checkpoint. kill: SIGKILL to the
        postmaster, whose children then end by themselves."""
        self.process.send_signal(self.SIGNALS[how])
        self.process.wait(timeout=30)
        self.wait_until_memory_is_free()

    def wait_until_memory_is_free(self) -> None:
        """After SIGKILL the next postmaster refuses to start while an old child lives."""
        marker = str(self.folder / "data").encode()
        for _ in range(500):
            if not any(marker in command_line(process) or parent_folder(process) == self.folder / "data"
                       for process in Path("/proc").glob("[0-9]*")):
                return
            time.sleep(0.02)
        raise AssertionError("PostgreSQL's processes do not end")

    def sql(self, text: str) -> str:
        return psql(self.url, text)

    def __enter__(self) -> "Postgres":
        return self

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.stop("immediate")


def command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def parent_folder(process: Path) -> Path | None:
    """The working directory; that of every process of a cluster is its data folder."""
    try:
        return (process / "cwd").readlink()
    except OSError:
        return None
