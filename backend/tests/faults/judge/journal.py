"""The notes of the load client: lines of JSON, each on the disk before anybody acts on it."""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path


class Journal:
    """Appends from one event loop. Lines that come while the disk is busy share its next flush."""

    def __init__(self, file: Path):
        self.descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.waiting: list[tuple[bytes, asyncio.Future]] = []
        self.flushing: asyncio.Task | None = None
        # Seconds that the disk took for a flush, at most: on a busy machine many.
        self.slowest = 0.0

    async def write(self, record: dict) -> None:
        """Returns when the record is on the disk."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self.waiting.append((json.dumps(record, separators=(",", ":")).encode() + b"\n", done))
        if self.flushing is None:
            self.flushing = loop.create_task(self.flush())
        await done

    async def flush(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self.waiting:
                batch, self.waiting = self.waiting, []
                await loop.run_in_executor(None, self.append, b"".join(line for line, _ in batch))
                for _, done in batch:
                    if not done.done():
                        done.set_result(None)
        finally:
            self.flushing = None

    def append(self, data: bytes) -> None:
        began = time.monotonic()
        while data:
            data = data[os.write(self.descriptor, data):]
        os.fdatasync(self.descriptor)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def close(self) -> None:
        os.close(self.descriptor)


def read_journal(file: Path) -> Iterator[dict]:
    """Its records; a last line without its end was never on the disk as a whole and never counted."""
    with file.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield json.loads(line)
