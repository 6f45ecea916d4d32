"""Hooks of schemathesis: it runs as a signed-in user, and calls that end sessions get one of their own."""

import atexit
import json
import os
from collections import Counter
from pathlib import Path

import schemathesis

from support.client import Client
from support.mailbox import Mailbox
from support.openapi import Contract
from support.people import People, Person

CONTRACT = Contract()
PEOPLE = People(
    Client(os.environ["TMS_TEST_BASE_URL"], CONTRACT), Mailbox(Path(os.environ["TMS_TEST_MAIL_DIR"]))
)
ENDS_SESSIONS = {"logout", "end_session", "end_all_sessions", "change_password", "login"}


class Cookies:
    """One person for the whole run and one whose sessions may end."""

    def __init__(self):
        self.lasting: Person = PEOPLE.signed_up()
        self.lasting.create_task("A task that is there from the start", due_date="2026-04-01")
        self.ending: Person = PEOPLE.signed_up()

    def cookie_for(self, action: str) -> str:
        person = self.ending.log_in_again() if action in ENDS_SESSIONS else self.lasting
        return person.client.cookie


COOKIES = Cookies()


@schemathesis.auth(refresh_interval=None)
class SessionAuth:
    """Logs in by the calls of the API itself."""

    def get(self, case, context):
        return COOKIES.cookie_for(case.operation.definition.raw["operationId"])

    def set(self, case, data, context):
        name, value = data.split("=", 1)
        case.cookies = {**(case.cookies or {}), name: value}


ANSWERED: dict[str, Counter] = {}


@schemathesis.hook
def after_call(context, case, response):
    """Counts the statuses of each call, so that a run that was refused everywhere does not count as good."""
    action = case.operation.definition.raw["operationId"]
    ANSWERED.setdefault(action, Counter())[response.status_code] += 1


@atexit.register
def write_statuses():
    Path(os.environ["TMS_TEST_STATUSES"]).write_text(json.dumps(ANSWERED))
