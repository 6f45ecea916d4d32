"""Mails of the SES emulator as files, as `tms serve` with file: writes them."""

import itertools
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path


class MailFolder:
    def __init__(self, folder: Path, mails):
        self.folder = folder
        self._mails = mails
        self._seen: set[str] = set()
        self._since = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._numbers = itertools.count(len(list(folder.glob("*.eml"))) + 1)

    def update(self) -> None:
        """Writes the mails that came since the last time."""
        for mail in self._mails(self._since):
            if mail["messageId"] not in self._seen:
                self._seen.add(mail["messageId"])
                self._since = mail["at"]
                self._write(mail)

    def _write(self, mail: dict) -> None:
        text = mail["body"]["text"].replace("\r\n", "\n").replace("\n", "\r\n")
        lines = [
            f"From: {mail['from']}",
            f"To: {', '.join(mail['destination']['to'])}",
            f"Subject: {mail['subject']}",
            f"Date: {format_datetime(datetime.now(timezone.utc))}",
            f"Message-ID: <{mail['messageId']}@ses.local>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ]
        name = f"{next(self._numbers):06d}.eml"
        # A reader must not find half a mail.
        part = self.folder / f".{name}.part"
        part.write_bytes(("\r\n".join(lines) + "\r\n\r\n" + text).encode())
        part.rename(self.folder / name)
