"""A real SMTP server (aiosmtpd) for the tests of mail, on a free loopback port.

Prints "PORT n" when it listens. Accepted mails are written to FOLDER as they arrived, numbered.
The local part of a recipient scripts the answer: refused@ 550, later@ 451, dropped@ closes the
connection after DATA. --tls none|starttls|implicit; with TLS --cert and --key name PEM files.
--login NAME:PASSWORD asks for it.
"""

import argparse
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local == "refused":
            return "550 5.1.1 no such person"
        if local == "later":
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("dropped@"):
            server.transport.abort()
            return "421 gone"
        self.count += 1
        text = b"X-From: %s\r\nX-To: %s\r\nX-Tls: %s\r\nX-Login: %s\r\n" % (
            envelope.mail_from.encode(),
            ",".join(envelope.rcpt_tos).encode(),
            b"yes" if session.ssl else b"no",
            b"yes" if session.authenticated else b"no",
        )
        unfinished = self.folder / f"{self.count:04}.part"
        unfinished.write_bytes(text + envelope.original_content)
        unfinished.rename(self.folder / f"{self.count:04}.eml")
        return "250 OK"


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--login")
    options = parser.parse_args()

    context = None
    if options.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)
    login = {}
    if options.login:
        name, password = options.login.split(":")

        def authenticate(server, session, envelope, mechanism, data):
            good = isinstance(data, LoginPassword) and data == LoginPassword(name.encode(), password.encode())
            return AuthResult(success=good)

        login = {"authenticator": authenticate, "auth_required": True, "auth_require_tls": options.tls == "starttls"}

    handler = Handler(options.folder)

    def session():
        starttls = {"tls_context": context, "require_starttls": True} if options.tls == "starttls" else {}
        return SMTP(handler, hostname="localhost", **starttls, **login)

    implicit = context if options.tls == "implicit" else None
    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0, ssl=implicit)
    print("PORT", server.sockets[0].getsockname()[1], flush=True)
    # The parent holds our standard input open; its end is ours.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
