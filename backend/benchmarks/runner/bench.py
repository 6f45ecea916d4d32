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
        users, tasks = users or self.amounts.users, tasks or self.amounts.tasks
        self.say(f"data: {users:,} people with {tasks} tasks each")
        kept = seeded(self.folder / "seeded", users, tasks, self.amounts.bcrypt_cost)
        with copy_of(kept, self.folder / "work" / name) as data:
            yield data
