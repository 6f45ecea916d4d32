"""Backups are taken under load; each, restored elsewhere, holds what was acknowledged before it began."""

import asyncio
import shutil
from pathlib import Path

from judge.checker import Verdict, check
from judge.snapshots import read_any
from rig.scene import Scene, progress, scene
from rig.server import Server
from runs.amounts import amount


def backup_sqlite() -> str:
    with scene("sqlite") as one:
        return asyncio.run(back_up_and_restore(one))


def backup_postgres() -> str:
    with scene("postgres") as one:
        return asyncio.run(back_up_and_restore(one))


async def back_up_and_restore(one: Scene) -> str:
    backups = []
    async with one.under_load(writers=16) as load:
        for number in range(int(amount(3, 20))):
            await progress(load, 50)
            before = cut_of_journal(one, f"before-{number}")
            acknowledged = load.acknowledged
            file = one.folder / f"backup-{number}"
            code = await asyncio.to_thread(one.server.launch("backup", str(file)).wait, 60)
            assert code == 0, f"tms backup ended with {code}:\n{one.server.log_tail()}"
            after = cut_of_journal(one, f"after-{number}")
            backups.append((file, before, after, acknowledged))
    assert one.server.stop() == 0
    assert (whole := one.verdict()).clean, str(whole)
    for number, (file, before, after, acknowledged) in enumerate(backups):
        place = restore(one, file, number)
        verdict = judge(before, after, place, one)
        assert verdict.clean and verdict.acknowledged >= acknowledged > 0, str(verdict)
    return f"{len(backups)} backups under load, each restored: holds all {backups[-1][3]} writes acknowledged before it; {whole}"


def cut_of_journal(one: Scene, name: str) -> Path:
    """The journal as far as it has come."""
    copy = one.folder / name
    shutil.copy(one.folder / "journal", copy)
    return copy


def judge(before: Path, after: Path, place: str, one: Scene) -> Verdict:
    """What was answered before the backup began must be in it. What was sent until it ended may be."""
    size = before.stat().st_size
    known = before.read_bytes()
    known = known[:known.rfind(b"\n") + 1]
    # The answers that came later say nothing about the backup: those calls are in doubt.
    later = [line for line in after.read_bytes()[len(known):].splitlines(keepends=True) if b'"do":' in line]
    assert after.stat().st_size >= size
    both = one.folder / "judged"
    both.write_bytes(known + b"".join(later))
    return check(both, read_any(place, one.people))


def restore(one: Scene, file: Path, number: int) -> str:
    """Into a new data folder or database; gives where it is."""
    folder = one.folder / f"restored-{number}"
    folder.mkdir()
    url = ""
    if one.postgres:
        one.postgres.sql(f"create database restored_{number}")
        url = one.postgres.url.removesuffix("/tms") + f"/restored_{number}"
    server = Server(folder, url)
    if one.postgres:
        server.environment["TMS_SECRET"] = one.server.environment["TMS_SECRET"]
    else:
        shutil.copy(one.server.data_dir / "secret", server.data_dir / "secret")
    code = server.launch("restore", str(file)).wait(60)
    assert code == 0, f"tms restore ended with {code}:\n{server.log_tail()}"
    server.start()
    assert server.stop() == 0
    return server.database
