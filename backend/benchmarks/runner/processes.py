"""Programs that end when the runner ends, however it ends."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


class Failed(Exception):
    """A program did not do what the measurement needs."""


def program(name: str) -> str:
    """One of backend/benchmarks/references, or the server (`tms`)."""
    folder = os.environ.get("TMS_BENCHMARK_PROGRAMS")
    if name == "tms":
        return os.environ.get("TMS_TEST_BINARY", str(ROOT / "build/release/tms"))
    return str(Path(folder or ROOT / "build/release/backend/benchmarks/references") / name)


def run(*command: str, within: float, **options) -> str:
    """Standard output of a program that ends by itself within so many seconds."""
    try:
        done = subprocess.run(command, timeout=within, text=True, capture_output=True,
                              preexec_fn=die_with_parent, **options)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{Path(command[0]).name} took longer than {within:.0f} s") from error
    if done.returncode:
        raise Failed(f"{Path(command[0]).name} ended with {done.returncode}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


class Running:
    """A program in the background, ended at the end of the block."""

    def __init__(self, *command: str, log: Path, **options):
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output,
                                            stderr=subprocess.STDOUT, preexec_fn=die_with_parent, **options)

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait_until(self, is_ready, within: float = 30) -> None:
        """Ends the program when it is not ready by then."""
        deadline = time.monotonic() + within
        while not is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Failed(f"{self.process.args[0]} is not ready: {self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.002)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=20)
        if self.process.poll() is None:
            self.process.kill()
        return self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.stop()


def die_with_parent() -> None:
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    """Somebody accepts connections there."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
