"""Functions under AWS's own runtime interface emulator."""

import http.client
import queue
import subprocess
import threading
from importlib.util import find_spec
from pathlib import Path

from aws_local.processes import end, free_port, spawn, wait_for_port

INVOKE = "/2015-03-31/functions/function/invocations"


def emulator() -> Path:
    """aws-lambda-rie, as the SAM CLI brings it."""
    (folder,) = find_spec("samcli").submodule_search_locations
    return Path(folder) / "local/rapid/aws-lambda-rie-x86_64"


class EmulatedFunction:
    """One environment of a function. The emulator starts the program with the first call and, like an
    environment, has one call at a time; a second one beside it may end it (its issue 97)."""

    def __init__(self, bootstrap: Path, handler: str, variables: dict[str, str], timeout: int, log):
        self.port = free_port()
        self._lock = threading.Lock()
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout + 30)
        self.process = spawn(
            [
                str(emulator()),
                "--log-level", "warn",
                "--runtime-api-address", f"127.0.0.1:{free_port()}",
                "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
                str(bootstrap), handler,
            ],
            env={"AWS_LAMBDA_FUNCTION_TIMEOUT": str(timeout), "AWS_LAMBDA_FUNCTION_NAME": handler, **variables},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )

    def wait(self) -> None:
        wait_for_port(self.port, self.process, "the runtime interface emulator")

    def invoke(self, event: bytes) -> bytes:
        """What the function answers, or the error that it ended with, as JSON text."""
        with self._lock:
            try:
                return self._post(event)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # The emulator closes what lies idle.
                self._connection.close()
                return self._post(event)

    def _post(self, event: bytes) -> bytes:
        self._connection.request("POST", INVOKE, event, {"Content-Type": "application/json"})
        return self._connection.getresponse().read()

    def stop(self) -> None:
        end(self.process)


class Environments:
    """Those of one function. A call takes one that is idle, the last one used first, as on AWS; where AWS
    would make one more it waits here."""

    def __init__(self, all_of_them: list[EmulatedFunction]):
        self._all = all_of_them
        self._idle: queue.LifoQueue[EmulatedFunction] = queue.LifoQueue()
        for one in all_of_them:
            self._idle.put(one)

    def wait(self) -> None:
        for one in self._all:
            one.wait()

    def invoke(self, event: bytes) -> bytes:
        one = self._idle.get()
        try:
            return one.invoke(event)
        finally:
            self._idle.put(one)

    def stop(self) -> None:
        for one in self._all:
            one.stop()
