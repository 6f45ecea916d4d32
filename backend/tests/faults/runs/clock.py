"""The clock of the machine jumps, forwards and backwards, under load (libfaketime)."""

import asyncio
import secrets
import time
from pathlib import Path

from judge.http_client import Connection
from judge.people import PASSWORD, code_for, require, sign_up_one
from rig.scene import Scene, scene, served, since, wait_for
from runs.amounts import Skipped

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
# Seconds off the true time: at first, when those sign up who stay signed in (a token that seems to
# come from the future is refused), and then one after the other.
BEGIN = "-200000"
STEPS = ["+1", "-1", "+600", "-600", "-86400", "+0", "+34560000", "+0"]
SERVED_WITHIN = 3.0
# TMS_THROTTLE_LOGIN_LONGEST_WAIT
LONGEST_WAIT = 900


def clock_steps() -> str:
    if not LIBRARY.exists():
        raise Skipped("the package libfaketime is missing")
    with scene("sqlite", start=False) as one:
        offset = one.folder / "offset"
        offset.write_text(BEGIN)
        # The monotonic clock does not jump on a real machine either.
        one.server.environment |= {
            "LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}
        one.server.start()
        return asyncio.run(step(one, offset))


async def step(one: Scene, offset: Path) -> str:
    connection = Connection(one.server.base)
    gone = await ended_session(one, connection)
    used = await used_code(one, connection)
    victim = (await sign_up_one(connection, one.server.mails)).username
    async with one.under_load(writers=8, readers=1) as load:
        for seconds in STEPS:
            await asyncio.sleep(0.3)
            offset.write_text(seconds)
            stepped = time.monotonic()
            if abs(int(seconds)) > 90 * 86400:
                # Every session is over; nobody may be let in by one.
                await asyncio.sleep(0.5)
                assert not any(served(outcome) for outcome in since(load.outcomes, stepped + 0.2)), "an old session lives"
            else:
                await wait_for(lambda: any(served(outcome) for outcome in since(load.outcomes, stepped)),
                               SERVED_WITHIN, f"a call after a step to {seconds} s")
            await expect_dead(connection, gone, used, seconds)
            # A stuck timer would keep this mail back, or refuse the log-in.
            person = await sign_up_one(connection, one.server.mails)
            await log_in(connection, person.username)
            await guess(connection, victim)
    wait = await log_in_after_guesses(connection, victim)
    connection.close()
    assert one.server.stop() == 0
    verdict = one.verdict()
    assert verdict.clean, str(verdict)
    return (f"steps to {', '.join(STEPS)} s: no ended session or used code came back, mail and log-in at every time, "
            f"a name that was guessed at waits {wait} s in the end; {verdict}")


async def ended_session(one: Scene, connection: Connection) -> str:
    person = await sign_up_one(connection, one.server.mails)
    require(await connection.call("POST", "/api/logout", cookie=person.cookie), 204)
    return person.cookie


async def used_code(one: Scene, connection: Connection) -> dict[str, str]:
    name = "clock-" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(12))
    address = f"{name}@mail.example"
    body = {"username": name, "email": address, "password": PASSWORD}
    flow = require(await connection.call("POST", "/api/signup", body), 202).json["flow"]
    right = {"flow": flow, "otp": await code_for(one.server.mails, address)}
    require(await connection.call("POST", "/api/verify-otp", right), 200)
    return right


async def expect_dead(connection: Connection, cookie: str, used: dict[str, str], seconds: str) -> None:
    answer = await connection.call("GET", "/api/me", cookie=cookie)
    assert answer.status == 401, f"an ended session lives at {seconds} s: {answer.status}"
    answer = await connection.call("POST", "/api/verify-otp", used)
    assert answer.status == 410, f"a used code works at {seconds} s: {answer.status}"


async def guess(connection: Connection, username: str) -> None:
    """So often that the name has to wait: from the time of the step, whatever that is."""
    for _ in range(7):
        await connection.call("POST", "/api/login", {"username": username, "password": PASSWORD + "?"})


async def log_in_after_guesses(connection: Connection, username: str) -> int:
    """What was guessed at a time that has not come yet must not lock the owner out until then."""
    answer = await connection.call("POST", "/api/login", {"username": username, "password": PASSWORD})
    wait = int(answer.headers.get("retry-after", 0))
    assert answer.status == 200 or wait <= LONGEST_WAIT, f"locked out for {wait} s"
    return wait


async def log_in(connection: Connection, username: str) -> None:
    wrong = await connection.call("POST", "/api/login", {"username": username, "password": PASSWORD + "!"})
    assert wrong.status == 401, f"a wrong password is answered {wrong.status}"
    require(await connection.call("POST", "/api/login", {"username": username, "password": PASSWORD}), 200)
