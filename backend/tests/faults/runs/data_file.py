"""The database file goes away, or may no longer be written, under load: SQLite."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from judge.people import sign_up
from rig.scene import Scene, progress, scene, served, since, temporary_folder, wait_for
from rig.server import Server
from runs.amounts import Skipped, amount
from runs.outage import Numbers, Watch, back, end, judge_answers, judge_times

SIZE = 64 << 20
# Nothing is waited for.
REFUSED_WITHIN = 1.0
NOT_READY_WITHIN = 5.0


def moved() -> str:
    """Somebody moves the file away and back: nothing is read from it or written to it meanwhile, and no
    empty one takes its place."""
    with scene("sqlite") as one:
        return asyncio.run(move_away_and_back(one))


async def move_away_and_back(one: Scene) -> str:
    numbers, watch = Numbers(), Watch(one.server.base)
    file, elsewhere = one.server.data_dir / "tms.db", one.folder / "elsewhere.db"
    slowest_no = 0.0
    async with one.under_load(writers=16, readers=4) as load:
        watching = asyncio.create_task(watch.run())
        for _ in range(int(amount(3, 50))):
            await progress(load, 50)
            file.rename(elsewhere)
            slowest_no = max(slowest_no, await not_ready(one))
            gone = time.monotonic()
            await asyncio.sleep(amount(1, 2))
            during = since(load.outcomes, gone)
            assert during and all(outcome.status == 503 for outcome in during), "served without the file"
            assert not file.exists(), "an empty database was made in its place"
            elsewhere.rename(file)
            await back(load, time.monotonic(), numbers)
        await end(one, load, watch, watching, numbers)
    assert one.server.stop() == 0
    return judged(one, numbers, slowest_no)


def read_only() -> str:
    """The file system becomes read-only by itself, as ext4 does when its disk fails: reads go on. When it
    is mended nothing is lost."""
    with temporary_folder() as name, ext4(Path(name) / "disk", Path(name) / "data") as disk:
        server = Server(Path(name), data_dir=disk.folder)
        with server:
            return asyncio.run(fail_and_mend(Scene(Path(name), server), disk))


async def fail_and_mend(one: Scene, disk: "Disk") -> str:
    numbers, watch = Numbers(), Watch(one.server.base)
    slowest_no = 0.0
    one.people = await sign_up(one.server.base, one.server.mails, 4)
    for _ in range(int(amount(1, 20))):
        async with next_load(one) as load:
            await progress(load, 100)
        judge_answers(load, numbers)
        # Between two loads: a sync that is under way while ext4 finds its error may be told a success that
        # is none, without any server, too (Linux 6.18: 1 of 40 errors under fdatasync alone).
        disk.fail()
        async with next_load(one) as load:
            watching = asyncio.create_task(watch.run())
            slowest_no = max(slowest_no, await not_ready(one))
            await asyncio.sleep(amount(2, 3))
            reads = [outcome for outcome in load.outcomes if outcome.kind == "read"]
            writes = [outcome for outcome in load.outcomes if outcome.kind != "read"]
            assert reads and all(served(outcome) for outcome in reads), "a read was refused on a read-only disk"
            # 404: of a task that was never made.
            assert {outcome.status for outcome in writes} in ({503}, {503, 404}), "a write was served on a read-only disk"
            await end(one, load, watch, watching, numbers)
        one.server.stop()
        refused = one.server.launch()
        assert await asyncio.to_thread(refused.wait, 10) != 0, "it starts on a read-only disk"
        disk.mend()
        numbers.back_after.append(await asyncio.to_thread(one.server.start))
        numbers.outages += 1
        watch = Watch(one.server.base)
    assert one.server.stop() == 0
    return judged(one, numbers, slowest_no)


def next_load(one: Scene):
    """In one journal no number and no description may come twice."""
    return one.under_load(writers=16, readers=4, number=one.load.number if one.load else 0)


async def not_ready(one: Scene) -> float:
    """The seconds until /readyz says so."""
    began = time.monotonic()
    await wait_for(lambda: not one.server.ready(), NOT_READY_WITHIN, "/readyz says no")
    return time.monotonic() - began


def judged(one: Scene, numbers: Numbers, slowest_no: float) -> str:
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    measured = f"{numbers}; not ready after {slowest_no:.2f} s; {verdict}"
    print("        " + measured, flush=True)
    judge_times(numbers, refused_within=REFUSED_WITHIN)
    return measured


class Disk:
    """A file system in a file, mounted at `folder`."""

    def __init__(self, image: Path, folder: Path):
        self.image, self.folder = image, folder
        self.device = ""

    def mount(self) -> None:
        done = subprocess.run(["mount", "-o", "loop,errors=remount-ro", str(self.image), str(self.folder)], capture_output=True)
        if done.returncode != 0:
            raise Skipped(f"a file system in a file cannot be mounted: {done.stderr.decode().strip()}")
        found = subprocess.run(["findmnt", "-no", "SOURCE", str(self.folder)], capture_output=True, text=True, check=True)
        self.device = found.stdout.strip()

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=True)

    def fail(self) -> None:
        """ext4 believes that it has found an error, and lets nothing be written any more."""
        assert self.device.startswith("/dev/loop"), f"{self.device} is somebody's disk"
        Path(f"/sys/fs/ext4/{Path(self.device).name}/trigger_fs_error").write_text("a fault of a test")

    def mend(self) -> None:
        self.unmount()
        checked = subprocess.run(["e2fsck", "-fy", str(self.image)], capture_output=True, text=True)
        assert checked.returncode <= 1, f"e2fsck: {checked.stdout[-500:]}{checked.stderr[-500:]}"
        self.mount()


@contextlib.contextmanager
def ext4(image: Path, folder: Path) -> Iterator[Disk]:
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        raise Skipped("a file system in a file can only be made and mounted by root with mkfs.ext4")
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(SIZE)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    disk = Disk(image, folder)
    disk.mount()
    try:
        if not Path(f"/sys/fs/ext4/{Path(disk.device).name}/trigger_fs_error").exists():
            raise Skipped("this kernel cannot be asked to find an error in ext4")
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
