"""The folder into which the host writes mail (TMS_MAIL_URL=file:)."""

import email
import email.policy
import re
import time
from functools import cache
from pathlib import Path


class Mailbox:
    """Reads mails by recipient. Mail is sent beside the request, so a reader waits for it."""

    WAIT_SECONDS = 10

    def __init__(self, folder: Path):
        self.folder = folder
        # A mail never changes, and there are hundreds.
        self.read = cache(read_mail)

    def count(self) -> int:
        return len(list(self.folder.glob("*.eml")))

    def messages(self, recipient: str) -> list[email.message.EmailMessage]:
        """All mails to that address, oldest first."""
        mails = [self.read(file) for file in sorted(self.folder.glob("*.eml"))]
        return [message for to, message in mails if recipient.lower() in to]

    def wait_for(self, recipient: str, number: int = 1) -> email.message.EmailMessage:
        """The mail of that number to that address."""
        deadline = time.monotonic() + self.WAIT_SECONDS
        while time.monotonic() < deadline:
            found = self.messages(recipient)
            if len(found) >= number:
                return found[number - 1]
            time.sleep(0.02)
        raise AssertionError(f"no mail number {number} to {recipient} within {self.WAIT_SECONDS} s")

    def code(self, recipient: str, number: int = 1) -> str:
        """The one-time code in the mail of that number."""
        return code_in(self.wait_for(recipient, number))


def read_mail(file: Path) -> tuple[str, email.message.EmailMessage]:
    """Recipient, in lower case, and mail."""
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    return str(message["To"]).lower(), message


def code_in(message: email.message.EmailMessage) -> str:
    codes = set(re.findall(r"(?<!\d)\d{8}(?!\d)", text_of(message)))
    assert len(codes) == 1, f"the mail holds {len(codes)} codes of eight digits"
    return codes.pop()


def text_of(message: email.message.EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()
