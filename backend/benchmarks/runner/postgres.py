"""A PostgreSQL of the runner's own, and a way to count round trips to it."""

import contextlib
import os
import select
import socket
import subprocess
import threading
import time
from urllib.parse import urlsplit

from runner.processes import ROOT, Failed

STARTED_WITHIN = 60


class Postgres:
    """scripts/with-postgres; it ends when its input does, so also when the runner is killed."""

    def __enter__(self) -> "Postgres":
        self.process = subprocess.Popen(
            [str(ROOT / "scripts/with-postgres"), "sh", "-c", 'echo "$TMS_TEST_POSTGRES_URL"; exec cat >/dev/null'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        readable, _, _ = select.select([self.process.stdout], [], [], STARTED_WITHIN)
        self.url = self.process.stdout.readline().strip() if readable else ""
        if not self.url:
            self.__exit__()
            raise Failed("PostgreSQL does not start")
        return self

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait(timeout=30)

    def environment(self) -> dict[str, str]:
        """For libpq's programs."""
        url = urlsplit(self.url)
        return os.environ | {"PGHOST": url.hostname, "PGPORT": str(url.port), "PGUSER": url.username,
                             "PGPASSWORD": url.password, "PGDATABASE": url.path.lstrip("/")}


class SlowPostgres:
    """A relay to PostgreSQL whose answers are late by DELAY, as if it were far away: how long a request
    takes then tells how many answers it waited for, one after the other."""

    DELAY = 0.05

    def __init__(self, url: str):
        self.target = urlsplit(url)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = url.replace(f":{self.target.port}/", f":{self.listener.getsockname()[1]}/")
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.relay, args=(client,), daemon=True).start()

    def relay(self, client: socket.socket) -> None:
        server = socket.create_connection((self.target.hostname, self.target.port))
        is_answered = True
        with client, server, contextlib.suppress(OSError):
            while True:
                for end in select.select([client, server], [], [])[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    if end is server and not is_answered:
                        time.sleep(self.DELAY)
                    is_answered = end is server
                    (server if end is client else client).sendall(data)

    def __enter__(self) -> "SlowPostgres":
        return self

    def __exit__(self, *_) -> None:
        self.listener.close()
