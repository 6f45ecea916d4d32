"""Programs that end with this one."""

import contextlib
import ctypes
import random
import signal
import socket
import subprocess
import threading
import time

_PR_SET_PDEATHSIG = 1


def spawn(command, *, on_death=signal.SIGKILL, **options) -> subprocess.Popen:
    """Starts a program that gets `on_death` when this one ends, in whatever way. The kernel looks at the
    thread that started it, so only the main thread may."""
    assert threading.current_thread() is threading.main_thread()
    libc = ctypes.CDLL(None)
    return subprocess.Popen(command, preexec_fn=lambda: libc.prctl(_PR_SET_PDEATHSIG, on_death), **options)


def end(process: subprocess.Popen, by: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    if process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


# Below those that the kernel gives to outgoing connections: between the look and the use of a port it
# would be gone.
_PORTS = range(10_240, 20_000)
_given: set[int] = set()


def free_port() -> int:
    """One that nobody listens on and that was not given before."""
    while True:
        port = random.choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port


def wait_for_port(port: int, process: subprocess.Popen, what: str, seconds: float = 60) -> None:
    """Until something listens there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{what} ended with {process.returncode} at its start")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"{what} does not listen after {seconds:.0f} s")
