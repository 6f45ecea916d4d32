"""The real program as a function under the stand-in of the Runtime API."""

import os
import subprocess
import tempfile
from pathlib import Path

from aws_local.processes import end
from support.runtime_api import Outcome, RuntimeApi

ROOT = Path(__file__).resolve().parents[4]
BOOTSTRAP = Path(os.environ.get("TMS_BOOTSTRAP", ROOT / "build/lambda/bootstrap"))
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "AKIATEST", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"}


class Program:
    """One environment of a function. `wrap` is a command that the program is started by."""

    def __init__(self, handler: str, variables: dict[str, str], wrap: list[str] | None = None, program: str | None = None):
        self.api = RuntimeApi()
        self._log = tempfile.TemporaryFile()
        environment = {
            "_HANDLER": handler, "AWS_LAMBDA_RUNTIME_API": self.api.address, "AWS_REGION": "us-east-1",
            **CREDENTIALS, **variables,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [*(wrap or []), program or str(BOOTSTRAP)], env=environment, stdin=subprocess.DEVNULL,
            stdout=self._log, stderr=self._log,
        )

    def call(self, event, seconds: float = 28) -> Outcome:
        return self.api.hand_out(event, seconds)

    def init_failure(self) -> Outcome:
        """What it told the Runtime API before it ended."""
        outcome = self.api.outcome()
        assert outcome.kind == "init", outcome
        assert self.process.wait(timeout=10) != 0
        return outcome

    @property
    def log(self) -> str:
        self._log.seek(0)
        return self._log.read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)
        self.api.close()
        self._log.close()
