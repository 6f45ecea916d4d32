"""A server, its database and a load on it: what nearly every fault begins with."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from judge.checker import Verdict, check
from judge.journal import Journal
from judge.load import Load, Outcome
from judge.people import sign_up
from judge.snapshots import read_any
from rig.postgres import Postgres
from rig.server import Server, temporary_folder


class Scene:
    """One server under one load."""

    def __init__(self, folder: Path, server: Server, postgres: Postgres | None = None):
        self.folder = folder
        self.server = server
        self.postgres = postgres
        self.load: Load | None = None
        self.people = []

    @contextlib.asynccontextmanager
    async def under_load(self, people: int = 4, **options) -> AsyncIterator[Load]:
        """Signs people up and writes until the block ends."""
        if not self.people:
            self.people = await sign_up(self.server.base, self.server.mails, people)
        journal = Journal(self.folder / "journal")
        self.load = Load(self.server.base, self.people, journal, **options)
        self.load.start()
        try:
            yield self.load
        finally:
            await self.load.stop()
            journal.close()

    def verdict(self, place: str = "") -> Verdict:
        """What the judge says of the database, or of another one."""
        return check(self.folder / "journal", read_any(place or self.server.database, self.people))


@contextlib.contextmanager
def scene(engine: str = "sqlite", wrapper: list[str] | None = None, settings: dict[str, str] | None = None,
          postgres_settings: dict[str, str] | None = None, start: bool = True) -> Iterator[Scene]:
    """A running server, unless `start` is false, on a new database of that engine."""
    with temporary_folder() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        postgres = None
        if engine == "postgres":
            (folder / "postgres").mkdir()
            postgres = stack.enter_context(Postgres(folder / "postgres", **(postgres_settings or {})))
        server = Server(folder, postgres.url if postgres else "", settings, wrapper)
        stack.push(server)
        if start:
            server.start()
        yield Scene(folder, server, postgres)


async def wait_for(what, seconds: float, text: str) -> float:
    """Waits until `what()` is true, and gives how long that took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() < began + seconds, f"not within {seconds} s: {text}"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


async def progress(load: Load, writes: int) -> None:
    """Waits until so many more writes are acknowledged, however slow the machine is."""
    wanted = load.acknowledged + writes
    await wait_for(lambda: load.acknowledged >= wanted, 60, f"{writes} more writes")


def since(outcomes: list[Outcome], moment: float) -> list[Outcome]:
    """Those that began after it."""
    return [one for one in outcomes if one.began >= moment]


def served(outcome: Outcome) -> bool:
    return 200 <= outcome.status < 300


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else 0.0
