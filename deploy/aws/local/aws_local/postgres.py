"""PostgreSQL with TLS where any login token is right: nobody can check one without AWS."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from aws_local.processes import end, free_port, spawn, wait_for_port

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
OWNER = "postgres"

# Only over TLS, as rds.force_ssl has it. trust: the token is not looked at; roles and their rights are.
HBA = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n"


class Postgres:
    """A server with its data in `folder`; what is there already is used again."""

    def __init__(self, folder: Path, log, settings: dict[str, str] | None = None):
        self.folder = folder
        self.log = log
        self.settings = settings or {}
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self._prefix = _as_other_user() if os.geteuid() == 0 else []

    @property
    def certificate(self) -> Path:
        return self.folder / "server.crt"

    @property
    def url(self) -> str:
        """The owner's, for tests that look behind the API, and take their time."""
        return f"postgresql://{OWNER}@localhost:{self.port}/tms?sslmode=require&options=-cidle_session_timeout%3D0"

    def start(self) -> None:
        if not (self.folder / "data/PG_VERSION").exists():
            self._make()
        self._wait_for_the_last_one()
        self._run()

    def stop(self) -> None:
        """Ends every connection at once."""
        if self.process:
            end(self.process, signal.SIGINT, seconds=30)
            self.process = None

    def sql(self, statement: str, database: str = "tms", role: str = OWNER) -> str:
        """What psql prints."""
        command = [PROGRAMS / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", "localhost", "-p", str(self.port), "-U", role, "-d", database]
        done = subprocess.run([*command, "-c", statement], capture_output=True, text=True, env={"PGSSLMODE": "require", "HOME": "/"})
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout.strip()

    def _make(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", self.folder / "server.key", "-out", self.certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        if self._prefix:
            user = pwd.getpwnam("postgres")
            for path in (self.folder, self.folder / "server.key"):
                os.chown(path, user.pw_uid, user.pw_gid)
        subprocess.run(
            [*self._prefix, PROGRAMS / "initdb", "-D", self.folder / "data", "-U", OWNER, "--auth=trust",
             "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        (self.folder / "data/pg_hba.conf").write_text(HBA)
        self._run()
        self.sql("create database tms", database="postgres")
        self.stop()

    def _run(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "ssl": "on",
            "ssl_cert_file": str(self.certificate),
            "ssl_key_file": str(self.folder / "server.key"),
            "max_connections": "100",
            "shared_buffers": "32MB",
            **self.settings,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = spawn(
            [*self._prefix, str(PROGRAMS / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port), *options],
            on_death=signal.SIGINT, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )
        wait_for_port(self.port, self.process, "PostgreSQL")
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                return self.sql("select 1", database="postgres") and None
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def _wait_for_the_last_one(self) -> None:
        """The server of a host that was killed ends a moment after it."""
        file = self.folder / "data/postmaster.pid"
        deadline = time.monotonic() + 20
        while file.exists() and time.monotonic() < deadline:
            if not Path(f"/proc/{file.read_text().split()[0]}").exists():
                return
            time.sleep(0.05)


def _as_other_user() -> list[str]:
    """PostgreSQL refuses to run as root. The capability lets it into a folder that lies below one of root's
    own; setpriv keeps the signal that comes with this program's death."""
    capability = "+dac_read_search"
    return [
        "setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", f"--inh-caps={capability}",
        f"--ambient-caps={capability}", "--pdeathsig", "INT",
    ]  # fmt: skip
