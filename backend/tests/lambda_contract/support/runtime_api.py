"""A stand-in for the Lambda Runtime API (AWS documentation, "Using the Lambda runtime API for custom
runtimes") that hands out events and judges what the program posts."""

import json
import queue
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BASE = "/2018-06-01/runtime"
REQUEST_ID = "Lambda-Runtime-Aws-Request-Id"
TRACE_ID = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700"
ERROR_TYPE = "Lambda-Runtime-Function-Error-Type"


@dataclass
class Outcome:
    """What the program posted for one event, or at its start."""

    kind: str  # response, error or init
    body: bytes
    error_type: str = ""

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class _Event:
    body: bytes
    deadline_ms: int
    trace_id: str
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))


class RuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self._events: queue.Queue = queue.Queue()
        self.outcomes: queue.Queue = queue.Queue()
        self.asked = threading.Event()
        self.current: _Event | None = None
        self.violations: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def hand_out(self, event, seconds: float = 28, trace_id: str = TRACE_ID) -> Outcome:
        """Gives the program an event and waits for what it makes of it. `event` may be raw bytes."""
        self.put(event, seconds, trace_id)
        return self.outcome()

    def put(self, event, seconds: float = 28, trace_id: str = TRACE_ID) -> None:
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        self._events.put(_Event(body, int((time.time() + seconds) * 1000), trace_id))

    def outcome(self, seconds: float = 40) -> Outcome:
        found = self.outcomes.get(timeout=seconds)
        assert not self.violations, self.violations
        return found

    def take_event(self) -> _Event:
        self.current = self._events.get()
        return self.current

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: RuntimeApi

    def do_GET(self):
        if self.path != f"{BASE}/invocation/next":
            return self._violation(f"GET {self.path}")
        if self.server.current is not None:
            return self._violation("asked for the next event before it answered the last")
        self.server.asked.set()
        event = self.server.take_event()
        # Lambda's own spelling of names differs between versions: a client compares without case.
        self._send(200, event.body, {
            REQUEST_ID.lower(): event.request_id,
            "LAMBDA-RUNTIME-DEADLINE-MS": str(event.deadline_ms),
            "Lambda-Runtime-Trace-Id": event.trace_id,
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:f",
        })

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == f"{BASE}/init/error":
            return self._take(Outcome("init", body, self.headers.get(ERROR_TYPE, "")))
        found = re.fullmatch(rf"{BASE}/invocation/([^/]+)/(response|error)", self.path)
        if not found or self.server.current is None or found[1] != self.server.current.request_id:
            return self._violation(f"POST {self.path} does not belong to the event that is out")
        self.server.current = None
        self._take(Outcome(found[2], body, self.headers.get(ERROR_TYPE, "")))

    def _take(self, outcome: Outcome) -> None:
        if self.headers.get("Content-Type") != "application/json":
            self.server.violations.append(f"Content-Type {self.headers.get('Content-Type')}")
        if outcome.kind != "response":
            self._judge_error(outcome)
        self._send(202, b'{"status":"OK"}', {})
        self.server.outcomes.put(outcome)

    def _judge_error(self, outcome: Outcome) -> None:
        """As the Runtime API documents errors: a type Category.Reason, and a document of three members."""
        if not re.fullmatch(r"(Function|Runtime)\.\w+", outcome.error_type):
            self.server.violations.append(f"error type {outcome.error_type!r}")
        if set(outcome.json) != {"errorMessage", "errorType", "stackTrace"}:
            self.server.violations.append(f"error document {outcome.body!r}")

    def _violation(self, what: str) -> None:
        self.server.violations.append(what)
        self._send(403, b'{"errorType":"InvalidStateTransition"}', {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Content-Type: application/json"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.wfile.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def log_message(self, *_):
        pass
