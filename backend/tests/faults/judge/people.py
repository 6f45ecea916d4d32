"""Signs people up as a person does, by the code in the mail."""

import asyncio
import email
import email.policy
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from judge.http_client import Connection

PASSWORD = "the password of a test person"


@dataclass(frozen=True)
class Person:
    user_id: int
    username: str
    cookie: str


async def sign_up(base: str, mails: Path, count: int) -> list[Person]:
    connection = Connection(base)
    people = [await sign_up_one(connection, mails) for _ in range(count)]
    connection.close()
    return people


async def sign_up_one(connection: Connection, mails: Path) -> Person:
    username = "judge-" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(12))
    address = f"{username}@mail.example"
    body = {"username": username, "email": address, "password": PASSWORD}
    flow = require(await connection.call("POST", "/api/signup", body), 202).json["flow"]
    code = await code_for(mails, address)
    answer = require(await connection.call("POST", "/api/verify-otp", {"flow": flow, "otp": code}), 200)
    return Person(answer.json["user"]["user_id"], username, session_cookie(answer))


def session_cookie(answer) -> str:
    cookies = [line.split(";")[0] for line in answer.headers["set-cookie"].splitlines()]
    return next(cookie for cookie in cookies if "tms_session=" in cookie)


async def code_for(mails: Path, address: str, seconds: float = 20) -> str:
    """The code in the first mail to that address."""
    for _ in range(int(seconds / 0.02)):
        for file in sorted(mails.glob("*.eml"), reverse=True):
            message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if address in str(message["To"]):
                return re.search(r"(?<!\d)\d{8}(?!\d)", message.get_body(("plain",)).get_content())[0]
        await asyncio.sleep(0.02)
    raise AssertionError(f"no mail to {address} within {seconds} s")


def require(answer, status: int):
    assert answer.status == status, f"{answer.status} instead of {status}: {answer.body[:500]!r}"
    return answer
