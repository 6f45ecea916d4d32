"""A real SMTP server (aiosmtpd) whose manners change while it runs. It has a thread of its own."""

import asyncio
import email
import email.policy
import threading
import time

from aiosmtpd.smtp import SMTP


class MailServer:
    """`manner`: good; slow: every answer takes `delay` seconds; later: 451; never: 550; cut: takes
    the mail and breaks off before it says so. Accepted mails are kept with the time of arrival."""

    def __init__(self, port: int):
        self.port = port
        self.manner = "good"
        self.delay = 2.0
        self.mails: list[tuple[float, email.message.EmailMessage]] = []
        self.taken_without_a_word: list[str] = []
        self.attempts = 0
        self.loop = asyncio.new_event_loop()
        self.server = None
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def start(self) -> None:
        asyncio.run_coroutine_threadsafe(self.listen(), self.loop).result()

    def stop(self) -> None:
        """Nobody listens any more: connections are refused."""
        asyncio.run_coroutine_threadsafe(self.close(), self.loop).result()

    async def listen(self) -> None:
        self.server = await self.loop.create_server(
            lambda: SMTP(self, hostname="localhost", loop=self.loop), "127.0.0.1", self.port)

    async def close(self) -> None:
        self.server.close()

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.attempts += 1
        if self.manner == "slow":
            await asyncio.sleep(self.delay)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = {"later": "451 4.3.0 try again later", "never": "550 5.1.1 no such person"}.get(self.manner)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        if self.manner == "cut":
            self.taken_without_a_word.append(envelope.rcpt_tos[0])
            server.transport.abort()
            return "421 gone"
        self.mails.append((time.monotonic(), message))
        return "250 OK"

    def to(self, address: str) -> list[tuple[float, email.message.EmailMessage]]:
        return [mail for mail in self.mails if address in str(mail[1]["To"])]
