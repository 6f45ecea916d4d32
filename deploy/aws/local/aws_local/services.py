"""Emulators of AWS services: moto for the Parameter Store, aws-ses-v2-local for SES."""

import http.client
import json
import subprocess
import sys
from pathlib import Path

from aws_local.processes import end, free_port, spawn, wait_for_port

HERE = Path(__file__).resolve().parents[1]

# What the emulators take for a signature; they check none.
ANY_SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"
)


class Service:
    """A program that listens on a port of its own."""

    name = ""

    def __init__(self, log):
        self.port = free_port()
        self.process = spawn(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def command(self) -> list[str]:
        raise NotImplementedError

    def wait(self) -> None:
        wait_for_port(self.port, self.process, self.name)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        end(self.process)

    def ask(self, method: str, path: str, body: dict | None = None, headers: dict | None = None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, json.dumps(body) if body is not None else None, headers or {})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{self.name} answered {answer.status} to {path}: {text[:300]!r}")
        return json.loads(text or b"null")


class Moto(Service):
    """The Parameter Store (and SES with its refusals, which tests want)."""

    name = "moto"

    def command(self) -> list[str]:
        return [str(Path(sys.executable).parent / "moto_server"), "-H", "127.0.0.1", "-p", str(self.port)]

    def put_parameter(self, name: str, value: str) -> None:
        self.ask(
            "POST", "/", {"Name": name, "Value": value, "Type": "SecureString", "Overwrite": True},
            {
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": "AmazonSSM.PutParameter",
                "Authorization": ANY_SIGNATURE.format("ssm"),
            },
        )


class SesLocal(Service):
    """Takes every mail and keeps it."""

    name = "aws-ses-v2-local"

    def command(self) -> list[str]:
        program = HERE / "node_modules/.bin/aws-ses-v2-local"
        return ["node", str(program), "--host", "127.0.0.1", "--port", str(self.port)]

    def mails(self, since: int = 0) -> list[dict]:
        """Those of that second (Unix time) and later."""
        return self.ask("GET", f"/store?since={since}" if since else "/store")["emails"]
