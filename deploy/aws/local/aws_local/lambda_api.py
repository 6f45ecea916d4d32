"""The part of the Lambda API that functions call: asynchronous invocation."""

import json
import queue
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Lambda waits one and two minutes; nobody here wants to.
PAUSES = (0.5, 1.0)
LARGEST_EVENT = 1_048_576


class AsynchronousCalls:
    """Takes events, runs them one after the other, twice more when the function fails."""

    def __init__(self, invoke, after_each):
        self._invoke = invoke
        self._after_each = after_each
        self._events: queue.Queue = queue.Queue()
        self.failed: list[tuple[str, bytes]] = []
        threading.Thread(target=self._work, daemon=True).start()

    def put(self, function: str, event: bytes) -> None:
        self._events.put((function, event))

    def wait(self) -> None:
        """Until everything that came in has been run."""
        self._events.join()

    def _work(self) -> None:
        while True:
            function, event = self._events.get()
            if not self._run(function, event):
                self.failed.append((function, event))
            self._after_each()
            self._events.task_done()

    def _run(self, function: str, event: bytes) -> bool:
        for pause in (*PAUSES, None):
            answer = json.loads(self._invoke(function, event) or b"{}")
            if "errorType" not in answer:
                return True
            if pause is not None:
                time.sleep(pause)
        return False


class LambdaApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, functions, calls: AsynchronousCalls):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.functions = functions
        self.calls = calls
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: LambdaApi

    def do_POST(self):
        event = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status = self._judge(event)
        if status == 202:
            self.server.calls.put(self._function(), event)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _judge(self, event: bytes) -> int:
        scope = r"AWS4-HMAC-SHA256 Credential=[^/]+/\d{8}/[a-z0-9-]+/lambda/aws4_request, SignedHeaders="
        if not re.match(scope, self.headers.get("Authorization", "")):
            return 403
        if self._function() not in self.server.functions:
            return 404
        if self.headers.get("X-Amz-Invocation-Type") != "Event":
            return 400
        return 413 if len(event) > LARGEST_EVENT else 202

    def _function(self) -> str:
        found = re.fullmatch(r"/2015-03-31/functions/([A-Za-z0-9_-]+)/invocations", self.path)
        return found[1] if found else ""

    def log_message(self, *_):
        pass
