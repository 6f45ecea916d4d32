"""What every measurement is given."""

import contextlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from runner.amounts import Amounts
from runner.data import Data, copy_of, seeded


@dataclass
class Bench:
    amounts: Amounts
    folder: Path
    """build/benchmarks: results, seeded databases, and the folders of running programs."""
    began: float = field(default_factory=time.monotonic)
    row: str = ""
    copied: float = float("-inf")
    """When the last database was copied or filled."""
    early: dict[str, Data] = field(default_factory=dict)
    """Copies by their names that are there until the end of the run."""

    def say(self, text: str) -> None:
        passed = int(time.monotonic() - self.began)
        print(f"{passed // 60:2}:{passed % 60:02}  {self.row:12}  {text}", file=sys.stderr, flush=True)

    def work_folder(self, name: str) -> Path:
        folder = self.folder / "work" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextlib.contextmanager
    def data(self, users: int = 0, name: str = "data", tasks: int = 0) -> Iterator[Data]:
        """A copy of the database with so many people and tasks for each; of the large one by default."""
        if name in self.early:
            yield self.early[name]
            return
        users, tasks = users or self.amounts.users, tasks or self.amounts.tasks
        self.say(f"data: {users:,} people with {tasks} tasks each")
        kept = seeded(self.folder / "seeded", users, tasks, self.amounts.bcrypt_cost)
        with copy_of(kept, self.folder / "work" / name) as data:
            self.copied = time.monotonic()
            yield data

    @contextlib.contextmanager
    def copied_early(self, names: list[str]) -> Iterator[None]:
        """Makes these copies of the large database now, so that the disk rests while rows that only read are measured."""
        with contextlib.ExitStack() as stack:
            for name in names:
                copy = stack.enter_context(self.data(name=name))
                self.early[name] = copy
            yield

    def rest(self) -> None:
        """Waits until the disk has come to rest after the last copy: before durable writes are measured."""
        missing = self.copied + self.amounts.disk_rests - time.monotonic()
        if missing > 0:
            self.say(f"{missing:.0f} s until the disk has come to rest")
            time.sleep(missing)
