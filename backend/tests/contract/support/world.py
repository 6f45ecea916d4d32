"""Everything that a test asks for: the contract, the host, people and a measure of what was written."""

from dataclasses import dataclass
from functools import cached_property

import pytest

from support.client import Client
from support.host import Host
from support.identifiers import uuid7
from support.mailbox import Mailbox
from support.openapi import Contract
from support.people import People, Person


@dataclass
class World:
    contract: Contract
    host: Host

    @cached_property
    def anonymous(self) -> Client:
        return Client(self.host.base, self.contract)

    @cached_property
    def mailbox(self) -> Mailbox:
        return Mailbox(self.host.mail_dir)

    @cached_property
    def people(self) -> People:
        return People(self.anonymous, self.mailbox)

    # People whom tests share: no test may end their sessions or change their passwords.

    @cached_property
    def owner(self) -> Person:
        return self.people.signed_up()

    @cached_property
    def other(self) -> Person:
        return self.people.signed_up()

    @cached_property
    def viewer(self) -> Person:
        """May read the owner's Inbox."""
        if self.host.database is None:
            pytest.skip("a viewer needs TMS_TEST_DATABASE_URL, because no call makes one yet")
        viewer = self.people.signed_up()
        self.host.database.add_member(self.owner_task["list_id"], viewer.user_id, "viewer")
        return viewer

    @cached_property
    def owner_task(self) -> dict:
        return self.owner.create_task("A task of the owner", due_date="2026-03-01")

    @cached_property
    def other_task(self) -> dict:
        return self.other.create_task("A task of the other user")

    @cached_property
    def other_trashed_task(self) -> dict:
        task = self.other.create_task("A task in the trash of the other user")
        self.other.call("DELETE", f"/api/tasks/{task['task_id']}")
        return task

    @cached_property
    def other_session_id(self) -> str:
        return self.other.call("GET", "/api/sessions").json["sessions"][0]["session_id"]

    @cached_property
    def signup_flow(self) -> str:
        """A sign-up that waits for its code."""
        return self.people.begin_signup(self.people.stranger())["flow"]

    @cached_property
    def reset_flow(self) -> str:
        """A reset of the other user that waits for its code."""
        answer = self.anonymous.call("POST", "/api/forgot-password", {"email": self.other.email})
        return answer.json["flow"]

    def client(self, who: str) -> Client:
        """`anonymous`, or the name of a shared person."""
        return self.anonymous if who == "anonymous" else getattr(self, who).client

    def value(self, name: str):
        """What a `<name>` in a case table stands for."""
        known = {
            "owner_task": lambda: self.owner_task["task_id"],
            "owner_list": lambda: self.owner_task["list_id"],
            "owner_name": lambda: self.owner.username,
            "owner_email": lambda: self.owner.email,
            "other_task": lambda: self.other_task["task_id"],
            "other_list": lambda: self.other_task["list_id"],
            "signup_flow": lambda: self.signup_flow,
            "new_signup_flow": lambda: self.people.begin_signup(self.people.stranger())["flow"],
            "reset_flow": lambda: self.reset_flow,
            "new_id": uuid7,
            "new_name": lambda: self.people.stranger().username,
            "new_email": lambda: self.people.stranger().email,
        }
        return known[name]()

    def written(self) -> dict:
        """A measure that every accepted write changes; equal before and after a refused call."""
        measure = {
            path: self.owner.client.send("GET", path).body
            for path in ("/api/tasks?limit=200&sort=-updated", "/api/me", "/api/sessions")
        }
        if self.host.database:
            measure["rows"] = self.host.database.counts()
        else:
            measure["mails"] = self.mailbox.count()
        return measure
