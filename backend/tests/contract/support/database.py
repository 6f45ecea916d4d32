"""A look behind the API: what a call wrote, and memberships, which no call makes yet."""

import secrets
import sqlite3
import subprocess
import uuid
from abc import ABC, abstractmethod
from contextlib import closing
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

# What a refused call must leave alone. Not throttles: counting a refusal is their work.
COUNTS = """
select (select count(*) from users), (select count(*) from pending_signups),
       (select count(*) from code_flows), (select coalesce(sum(failures), 0) from code_flows),
       (select coalesce(sum(generation), 0) from code_flows), (select count(*) from sessions),
       (select count(*) from lists), (select coalesce(sum(seq), 0) from lists),
       (select count(*) from tasks), (select coalesce(sum(version), 0) from tasks),
       (select count(*) from outbox)
"""


class Database(ABC):
    """The database of the host under test."""

    @abstractmethod
    def counts(self) -> tuple:
        """Rows and counters that change with every accepted write."""

    @abstractmethod
    def add_member(self, list_id: str, user_id: int, role: str) -> None:
        """Lets the user into the list."""

    @abstractmethod
    def lock_user(self, user_id: int) -> None:
        """What `tms user lock` writes; that command needs the server stopped."""

    @abstractmethod
    def dump(self) -> bytes:
        """Everything that is stored, for a search."""


class SqliteDatabase(Database):
    def __init__(self, data_dir: Path):
        self.data_dir = data_dir

    def connect(self, mode: str) -> sqlite3.Connection:
        """`ro` reads; `rw` writes and never checkpoints, because SQLite 3.40.1 can corrupt a database
        that two connections checkpoint."""
        connection = sqlite3.connect(f"{(self.data_dir / 'tms.db').as_uri()}?mode={mode}", uri=True, timeout=10)
        connection.execute("pragma wal_autocheckpoint = 0")
        return connection

    def counts(self) -> tuple:
        with closing(self.connect("ro")) as connection:
            return connection.execute(COUNTS).fetchone()

    def add_member(self, list_id: str, user_id: int, role: str) -> None:
        with closing(self.connect("rw")) as connection, connection:
            connection.execute(
                "insert into list_members (list_id, user_id, role) values (?, ?, ?)",
                (uuid.UUID(list_id).bytes, user_id, role),
            )

    def lock_user(self, user_id: int) -> None:
        with closing(self.connect("rw")) as connection, connection:
            connection.execute("update users set locked_at = 1 where user_id = ?", (user_id,))

    def dump(self) -> bytes:
        return b"".join(
            file.read_bytes()
            for file in self.data_dir.rglob("*")
            if file.is_file() and "mail" not in file.relative_to(self.data_dir).parts
        )


class PostgresDatabase(Database):
    def __init__(self, url: str, admin_url: str | None = None):
        self.url = url
        self.admin_url = admin_url

    @classmethod
    def create(cls, admin_url: str) -> "PostgresDatabase":
        """A new database on that server."""
        name = f"tms_contract_{secrets.token_hex(6)}"
        with psycopg.connect(admin_url, autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return cls(urlsplit(admin_url)._replace(path=f"/{name}").geturl(), admin_url)

    @cached_property
    def connection(self) -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True)

    def drop(self) -> None:
        self.connection.close()
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(f"drop database {urlsplit(self.url).path[1:]} with (force)")

    def counts(self) -> tuple:
        return self.connection.execute(COUNTS).fetchone()

    def add_member(self, list_id: str, user_id: int, role: str) -> None:
        self.connection.execute(
            "insert into list_members (list_id, user_id, role) values (%s, %s, %s)",
            (uuid.UUID(list_id), user_id, role),
        )

    def lock_user(self, user_id: int) -> None:
        self.connection.execute("update users set locked_at = 1 where user_id = %s", (user_id,))

    def dump(self) -> bytes:
        return subprocess.run(["pg_dump", "--data-only", self.url], check=True, capture_output=True).stdout


def database_from_url(url: str | None) -> Database | None:
    """A postgresql:// URL, the data folder of an SQLite host, or nothing."""
    if not url:
        return None
    return PostgresDatabase(url) if url.startswith("postgres") else SqliteDatabase(Path(url))
