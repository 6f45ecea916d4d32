"""People of the tests: each signs up as a person does, by the code in the mail."""

import itertools
import secrets
from dataclasses import dataclass
from string import ascii_lowercase

from support.client import Answer, Client
from support.mailbox import Mailbox

numbers = itertools.count(1)
# One that is known to pass: the filter of common passwords takes one random password in a thousand
# for a common one.
PASSWORD = "the password of a test person"


@dataclass
class Person:
    """A user with a signed-in client."""

    client: Client
    username: str
    email: str
    password: str
    user_id: int = 0

    def call(self, *args, **kwargs) -> Answer:
        return self.client.call(*args, **kwargs)

    def create_task(self, description: str = "Water the plants", **fields) -> dict:
        answer = self.call("POST", "/api/tasks", {"description": description, **fields})
        assert answer.status == 201, answer.body
        return answer.json["task"]

    def log_in_again(self) -> "Person":
        """The same user on another device."""
        device = Person(self.client.anonymous(), self.username, self.email, self.password, self.user_id)
        answer = device.call("POST", "/api/login", {"username": self.username, "password": self.password})
        assert answer.status == 200, answer.body
        device.client.keep_cookie(answer)
        return device


class People:
    """Makes people; their names are new in every run, because a host may keep its data."""

    def __init__(self, anonymous: Client, mailbox: Mailbox):
        self.anonymous = anonymous
        self.mailbox = mailbox

    def stranger(self) -> Person:
        """Somebody with name, address and password who has no account."""
        # Letters, so that a mail that greets by name holds no eight digits but the code.
        letters = "".join(secrets.choice(ascii_lowercase) for _ in range(12))
        name = f"u{next(numbers):04}-{letters}"
        return Person(self.anonymous.anonymous(), name, f"{name}@mail.example", PASSWORD)

    def begin_signup(self, person: Person) -> dict:
        """The answer's flow, expires_at and resend_at."""
        body = {"username": person.username, "email": person.email, "password": person.password}
        answer = person.call("POST", "/api/signup", body)
        assert answer.status == 202, answer.body
        return answer.json

    def signed_up(self) -> Person:
        person = self.stranger()
        flow = self.begin_signup(person)["flow"]
        answer = person.call("POST", "/api/verify-otp", {"flow": flow, "otp": self.mailbox.code(person.email)})
        assert answer.status == 200, answer.body
        person.client.keep_cookie(answer)
        person.user_id = answer.json["user"]["user_id"]
        return person
