"""Clients that log in, again and again, and wait as Retry-After says."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field

LOGGED_IN, UNAVAILABLE = 200, 503


@dataclass
class Tally:
    moments: list[float] = field(default_factory=list)
    """When each login was answered."""
    refused: int = 0
    """503; the client came again."""

    def rate(self) -> float:
        """Logins a second, from the first answer to the last: what was begun and not ended does not count."""
        if len(self.moments) < 3:
            raise RuntimeError(f"only {len(self.moments)} logins: too few to say a rate")
        return (len(self.moments) - 1) / (self.moments[-1] - self.moments[0])


async def log_in_for(port: int, clients: int, seconds: float, password: str, users: int) -> Tally:
    """Ends after that time, or early when its task is cancelled; either way it gives its tally."""
    tally = Tally()
    numbers = itertools.count(1)
    tasks = [asyncio.create_task(client(port, tally, numbers, password, users)) for _ in range(clients)]
    try:
        done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    except asyncio.CancelledError:
        done = {task for task in tasks if task.done()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()  # a client never ends but by an error
    return tally


async def client(port: int, tally: Tally, numbers, password: str, users: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while True:
            name = f"person{next(numbers) % users + 1}"
            status, headers = await post_login(reader, writer, name, password)
            if status == LOGGED_IN:
                tally.moments.append(time.monotonic())
            elif status == UNAVAILABLE:
                tally.refused += 1
                await asyncio.sleep(float(headers["retry-after"]))
            else:
                raise RuntimeError(f"a login was answered with {status}")
            if headers.get("connection") == "close":
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
    finally:
        writer.close()


async def post_login(reader, writer, name: str, password: str) -> tuple[int, dict[str, str]]:
    body = json.dumps({"username": name, "password": password})
    writer.write((f"POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  f"Content-Length: {len(body)}\r\n\r\n{body}").encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    await reader.readexactly(int(headers.get("content-length", "0")))
    return int(head[0].split()[1]), headers
