"""The disk of the data folder is full, and is freed again, under load and without a restart."""

import asyncio
import contextlib
import os
import subprocess
import time
from pathlib import Path

from judge.http_client import Connection
from judge.people import Person, sign_up
from rig.scene import Scene, progress, served, since, temporary_folder
from rig.server import Server
from runs.amounts import Skipped, amount
from runs.outage import Numbers, Watch, back, end, judge_times

SIZE = 48 << 20
# A full disk is known at once; nothing is waited for.
REFUSED_WITHIN = 1.0
BACK_WITHIN = 5.0


def disk_full() -> str:
    with temporary_folder() as name, small_disk(Path(name) / "data") as data_dir:
        with Server(Path(name), data_dir=data_dir) as server:
            return asyncio.run(fill_and_free(Scene(Path(name), server)))


@contextlib.contextmanager
def small_disk(folder: Path):
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        raise Skipped("a small disk can only be mounted by root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


async def fill_and_free(one: Scene) -> str:
    leavers: list[tuple[Person, int]] = []
    numbers, watch = Numbers(), Watch(one.server.base)
    ballast = one.server.data_dir / "ballast"
    async with one.under_load(writers=16, readers=4) as load:
        watching = asyncio.create_task(watch.run())
        for _ in range(int(amount(2, 20))):
            leaver = (await sign_up(one.server.base, one.server.mails, 1))[0]
            await progress(load, 50)
            fill(ballast)
            full = time.monotonic()
            await asyncio.sleep(amount(2, 5))
            during = since(load.outcomes, full + 0.2)
            reads = [outcome for outcome in during if outcome.kind == "read"]
            writes = [outcome for outcome in during if outcome.kind != "read"]
            assert reads and all(served(outcome) for outcome in reads), "a read was refused on a full disk"
            assert any(outcome.status == 503 for outcome in writes), "the disk was never full"
            leavers.append((leaver, await log_out(one, leaver.cookie)))
            ballast.unlink()
            await back(load, time.monotonic(), numbers)
        await end(one, load, watch, watching, numbers)
    assert one.server.stop() == 0
    await asyncio.to_thread(one.server.start)
    await expect_gone(one, leavers)
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    assert numbers.slowest_refusal <= REFUSED_WITHIN, f"refused only after {numbers.slowest_refusal:.1f} s"
    assert max(numbers.back_after) <= BACK_WITHIN, f"back only after {numbers.back_after} s"
    return f"{numbers}; {verdict}"


def fill(ballast: Path) -> None:
    """To the last byte."""
    with ballast.open("wb") as file:
        for size in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while True:
                    os.write(file.fileno(), b"\0" * size)


async def log_out(one: Scene, cookie: str) -> int:
    """Whatever happens, the cookie is cleared."""
    connection = Connection(one.server.base)
    answer = await connection.call("POST", "/api/logout", cookie=cookie)
    connection.close()
    assert answer.status in (204, 503), f"logging out on a full disk was answered {answer.status}"
    cleared = answer.headers.get("set-cookie", "")
    assert "Max-Age=0" in cleared or "01 Jan 1970" in cleared, f"the cookie is not cleared: {answer.status} {answer.headers}"
    return answer.status


async def expect_gone(one: Scene, leavers: list[tuple[Person, int]]) -> None:
    """A session that was told to be ended stays so."""
    connection = Connection(one.server.base)
    for person, told in leavers:
        answer = await connection.call("GET", "/api/me", cookie=person.cookie)
        assert told == 503 or answer.status == 401, "a session that had been ended came back"
    connection.close()
