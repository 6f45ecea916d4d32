"""Whether a mail server that is away costs those anything who wait for no mail."""

import asyncio
import math
import multiprocessing
import statistics
import time
from concurrent.futures import ProcessPoolExecutor

from judge.http_client import Connection
from judge.people import require
from rig.scene import percentile
from rig.server import Server
from rig.smtp import MailServer
from runs.amounts import amount

TURNS = 10
# The 99th percentile may be this much longer.
FACTOR = 1.1
# Standard deviations: by chance once in 2,000 measurements.
BEYOND_DOUBT = 3.29


async def others_are_calm(server: Server, mails: MailServer, cookie: str, sign_up) -> str:
    """Reads a list again and again, in turns with the mail server up and down, while people sign up.

    Other programs on the machine disturb single turns by far more than a tenth. So it fails only when the median
    turn with the server down is longer by the factor and its turns are the longer ones beyond doubt (rank sum of
    Mann and Whitney), and so again at once: by chance in one of four million runs.
    """
    # The mail server shares our process, so the reader must not: mails that arrive would delay it.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as reader:
        for _ in range(2):
            up, down = await measure(server, mails, cookie, sign_up, reader)
            if statistics.median(down) <= statistics.median(up) * FACTOR or deviations(down, up) < BEYOND_DOUBT:
                break
        else:
            raise AssertionError(f"99th percentile of reads in each turn: {milliseconds(down)} with the mail server "
                                 f"down, {milliseconds(up)} with it up")
    return (f"reads within {milliseconds([statistics.median(down)])} (99th percentile, median of {TURNS} turns), with "
            f"the mail server up {milliseconds([statistics.median(up)])}")


async def measure(server: Server, mails: MailServer, cookie: str, sign_up, reader) -> tuple[list[float], list[float]]:
    """The 99th percentile of each turn, in seconds; the mail server is down at the end."""
    up, down = [], []
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(reader, turn, server.base, cookie)  # the first is slow for other reasons
    for number in range(TURNS):
        # Each is first as often as second, so that neither has the better half.
        for is_up in (True, False) if number % 2 else (False, True):
            if is_up:
                mails.start()
            await sign_up(server)
            (up if is_up else down).append(await loop.run_in_executor(reader, turn, server.base, cookie))
            if is_up:
                mails.stop()
    return up, down


def turn(base: str, cookie: str) -> float:
    return asyncio.run(read_for_a_while(base, cookie))


async def read_for_a_while(base: str, cookie: str) -> float:
    connection, times = Connection(base), []
    end = time.monotonic() + amount(0.2, 2)
    while (began := time.monotonic()) < end:
        require(await connection.call("GET", "/api/tasks", cookie=cookie), 200)
        times.append(time.monotonic() - began)
    connection.close()
    return percentile(times, 0.99)


def deviations(longer: list[float], shorter: list[float]) -> float:
    """How far the rank sum of `longer` lies above that of two samples that differ by chance alone."""
    wins = sum((one > other) + (one == other) / 2 for one in longer for other in shorter)
    pairs = len(longer) * len(shorter)
    return (wins - pairs / 2) / math.sqrt(pairs * (len(longer) + len(shorter) + 1) / 12)


def milliseconds(seconds: list[float]) -> str:
    return ", ".join(f"{1000 * one:.2f}" for one in seconds) + " ms"
