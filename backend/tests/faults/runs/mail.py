"""The mail server is down, slow, refuses, or breaks off; the API goes on, and the mails arrive."""

import asyncio
import re
import secrets
import time

from judge.http_client import Answer, Connection
from judge.people import PASSWORD, require, session_cookie
from rig.scene import scene, wait_for
from rig.server import Server, free_port
from rig.smtp import MailServer
from runs.amounts import amount
from runs.mail_calm import others_are_calm

# Sign-ups answer as quickly as with a mail server that works; the hash takes most of it.
ANSWER_WITHIN = 1.0
# The first pauses between two tries are 5 s and 10 s (docs/operations.md).
ARRIVES_WITHIN = 17.0
PEOPLE = 4


def mail_server_away() -> str:
    return asyncio.run(fail_and_recover(["down"])) + "; " + asyncio.run(stay_calm())


def mail_server_misbehaves() -> str:
    return asyncio.run(fail_and_recover(["slow", "later", "cut"]))


def mail_refused() -> str:
    return asyncio.run(refused_for_good())


def mail_server(settings: dict[str, str]) -> MailServer:
    mails = MailServer(free_port())
    settings |= {"TMS_MAIL_URL": f"smtp://127.0.0.1:{mails.port}?starttls=off", "TMS_MAIL_FROM": "tms@mail.example"}
    return mails


async def fail_and_recover(manners: list[str]) -> str:
    settings: dict[str, str] = {}
    mails = mail_server(settings)
    measured = []
    with scene("sqlite", settings=settings) as one:
        for manner in manners:
            measured.append(await one_failure(one.server, mails, manner, kill=manner == "down"))
        assert one.server.stop() == 0
    return "; ".join(measured)


async def one_failure(server: Server, mails: MailServer, manner: str, kill: bool) -> str:
    """People sign up while the mail server misbehaves; then it is well again."""
    mails.manner = manner
    if manner != "down":
        mails.start()
    people, slowest = [], 0.0
    for _ in range(PEOPLE):
        flow, address, took = await begin_signup(server)
        people.append((flow, address))
        slowest = max(slowest, took)
    await asyncio.sleep(amount(1, 30))
    if kill:
        server.kill()
        await asyncio.to_thread(server.start)
    mails.manner = "good"
    if manner == "down":
        mails.start()
    well = time.monotonic()
    await wait_for(lambda: all(mails.to(address) for _, address in people), amount(60, 400), "the mails")
    arrived = max(mails.to(address)[0][0] for _, address in people) - well
    await asyncio.sleep(0.5)
    copies = [len(mails.to(address)) for _, address in people]
    for flow, address in people:
        await confirm(server, flow, code_in(mails.to(address)[-1][1]))
    mails.stop()
    assert slowest <= ANSWER_WITHIN, f"sign-up answered only after {slowest:.1f} s with a mail server that is {manner}"
    assert copies == [1] * PEOPLE, f"mails arrived {copies} times"
    twice = f", {len(mails.taken_without_a_word)} of them taken once before without a word" if manner == "cut" else ""
    limit = amount(ARRIVES_WITHIN, 330)
    assert arrived <= limit, f"the mails arrived only {arrived:.1f} s after the mail server was well"
    return (f"{manner}: {PEOPLE} sign-ups answered within {slowest:.2f} s, {PEOPLE} mails arrived within "
            f"{arrived:.1f} s after the end{twice}, each code works")


async def stay_calm() -> str:
    """Those who wait for no mail notice nothing."""
    # As many sign-ups as there are turns, all from here.
    settings = {"TMS_THROTTLE_MAIL_SOURCE_HOUR": "1000/1h"}
    mails = mail_server(settings)
    mails.start()
    with scene("sqlite", settings=settings) as one:
        flow, address, _ = await begin_signup(one.server)
        await wait_for(lambda: mails.to(address), 10, "the mail of the reader")
        cookie = session_cookie(await confirm(one.server, flow, code_in(mails.to(address)[0][1])))
        mails.stop()
        measured = await others_are_calm(one.server, mails, cookie, begin_signup)
        assert one.server.stop() == 0
    return measured


async def refused_for_good() -> str:
    """550: kept as failed, never tried again, and nobody else has to wait."""
    settings: dict[str, str] = {}
    mails = mail_server(settings)
    mails.manner = "never"
    mails.start()
    with scene("sqlite", settings=settings) as one:
        await begin_signup(one.server)
        await wait_for(lambda: mails.attempts > 0, 10, "the first try")
        mails.manner = "good"
        flow, address, _ = await begin_signup(one.server)
        await wait_for(lambda: mails.to(address), 10, "the mail of the next person")
        await asyncio.sleep(6)
        assert len(mails.mails) == 1 and mails.attempts == 2, "a mail refused for good was tried again"
        await confirm(one.server, flow, code_in(mails.to(address)[0][1]))
        assert one.server.stop() == 0
    return "refused with 550: tried once; the next person's mail arrives"


async def begin_signup(server: Server) -> tuple[str, str, float]:
    username = "mail-" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(12))
    address = f"{username}@mail.example"
    connection = Connection(server.base)
    began = time.monotonic()
    answer = await connection.call(
        "POST", "/api/signup", {"username": username, "email": address, "password": PASSWORD})
    took = time.monotonic() - began
    connection.close()
    return require(answer, 202).json["flow"], address, took


async def confirm(server: Server, flow: str, code: str) -> Answer:
    connection = Connection(server.base)
    answer = require(await connection.call("POST", "/api/verify-otp", {"flow": flow, "otp": code}), 200)
    connection.close()
    return answer


def code_in(message) -> str:
    return re.search(r"(?<!\d)\d{8}(?!\d)", message.get_body(("plain",)).get_content())[0]
