"""Seeded databases: made once, kept, and copied for each use."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runner.processes import ROOT, program, run
from runner.server import clean_environment

PASSWORD = "the password of a benchmark person"


@dataclass(frozen=True)
class Data:
    """A folder with tms.db and secret, and what tms_seed printed."""

    folder: Path

    @property
    def people(self) -> Path:
        return self.folder / "people"

    @property
    def database(self) -> Path:
        return self.folder / "tms.db"

    def tokens(self) -> list[str]:
        return [line.split("\t")[1] for line in self.people.read_text().splitlines()]

    def gets(self, name: str, requests: list[tuple[str, str]]) -> Path:
        """A file of tokens and paths for wrk."""
        file = self.folder / name
        file.write_text("".join(f"{token}\t{path}\n" for token, path in requests))
        return file


def seeded(store: Path, users: int, tasks: int, bcrypt_cost: int) -> Data:
    """That database in the store; made if it is not there, or if the schema or the seed changed."""
    kept = store / f"{users}x{tasks}-{fingerprint()}"
    if not kept.exists():
        store.mkdir(parents=True, exist_ok=True)
        for old in store.glob(f"{users}x{tasks}-*"):
            shutil.rmtree(old)
        growing = store / f"growing-{users}x{tasks}"
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir()
        fill(growing, users, tasks, bcrypt_cost)
        growing.rename(kept)
    return Data(kept)


def fill(folder: Path, users: int, tasks: int, bcrypt_cost: int, **settings: str) -> None:
    environment = clean_environment() | settings | {
        "TMS_DATA_DIR": str(folder), "TMS_BCRYPT_COST": str(bcrypt_cost)}
    people = run(program("tms_seed"), str(users), str(tasks), PASSWORD, within=600, env=environment, cwd=folder)
    (folder / "people").write_text(people)


def fingerprint() -> str:
    sources = [ROOT / "backend/benchmarks/references/seed.cpp", *sorted((ROOT / "backend/db/migrations").iterdir())]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


@contextlib.contextmanager
def copy_of(data: Data, folder: Path) -> Iterator[Data]:
    """A copy to write to, removed at the end. It is on the disk when the block begins, so that writing
    it back does not fall into the measurement."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        for name in ("tms.db", "secret", "people"):
            shutil.copy(data.folder / name, folder / name)
            with (folder / name).open("rb") as file:
                os.fsync(file.fileno())
        yield Data(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
