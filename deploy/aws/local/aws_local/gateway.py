"""CloudFront and API Gateway in small: the page, and the routes of template.yaml."""

import gzip
import json
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aws_local.events import BadReply, Call, Reply, proxy_event, read_reply
from aws_local.page import Page
from aws_local.template import Template

LARGEST_BODY = 10 * 1024 * 1024
MOST_HEADER_BYTES = 10_240


class Gateway(ThreadingHTTPServer):
    """`invoke(function, event)` gives the reply of a function as bytes."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, address: tuple[str, int], template: Template, page: Page, invoke, mail_folder: Path):
        # Others look for free ports while the stack starts: the address is taken first.
        super().__init__(address, _Handler, bind_and_activate=False)
        self.server_bind()
        self.template = template
        self.page = page
        self.invoke = invoke
        self.mail_folder = mail_folder
        self.routes = [one for one in template.functions.values() if one.route]

    def open(self) -> None:
        """Answers from now on."""
        self.server_activate()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def answer(self, call: Call) -> Reply:
        begin = time.monotonic()
        reply = self._answer(call)
        if call.path.startswith("/api/"):
            line = {"method": call.method, "route": call.path, "status": reply.status, "ms": round((time.monotonic() - begin) * 1000)}
            self.log(json.dumps(line))
        return reply

    def log(self, line: str) -> None:
        """The access log; never a query, a header or a body."""
        print(line, file=sys.stderr, flush=True)

    def _answer(self, call: Call) -> Reply:
        if call.path in ("/healthz", "/readyz"):  # for whoever waits for this program; not part of the stack
            return _json({"status": "ok"})
        if call.path == "/config.json":
            return _json({"mail_folder": str(self.mail_folder), "version": "local"})
        if call.path == "/api" or call.path.startswith("/api/"):
            return self._compressed(call, self._api(call))
        if call.method not in ("GET", "HEAD"):
            return Reply(403, [("Content-Type", "text/plain")], b"CloudFront takes GET and HEAD here.\n")
        return self.page.answer(call)

    def _api(self, call: Call) -> Reply:
        request_id = str(uuid.uuid4())
        path = call.path.removeprefix("/api")
        for function in self.routes:
            match = function.route.pattern.fullmatch(path)
            if not match or call.method != function.route.method:
                continue
            if sum(len(name) + len(value) for name, value in call.headers) > MOST_HEADER_BYTES:
                return self._own("DEFAULT_4XX", 431, request_id, "Request headers too large")
            if len(call.body) > LARGEST_BODY:
                return self._own("REQUEST_TOO_LARGE", 413, request_id, "Request too long")
            if function.route.takes_object and not _valid(call):
                return self._own("DEFAULT_4XX", 400, request_id, "Invalid request body")
            event = proxy_event(call, function.route.path, match.groupdict(), request_id)
            payload = self.invoke(function.handler, json.dumps(event).encode())
            try:
                return read_reply(payload)
            except BadReply as error:
                self.log(f"{function.handler} gave a bad reply ({error}): {payload[:300]!r}")
                return self._own("DEFAULT_5XX", 502, request_id, "Internal server error")
        return self._own("MISSING_AUTHENTICATION_TOKEN", 403, request_id, "Missing Authentication Token")

    def _own(self, kind: str, status: int, request_id: str, message: str) -> Reply:
        """An answer of the gateway itself, in the words of the template."""
        response = self.template.gateway_responses[kind]
        body = response["ResponseTemplates"]["application/json"]
        body = body.replace("$context.error.messageString", json.dumps(message))
        body = body.replace("$context.requestId", request_id)
        headers = [(name, value.strip("'")) for name, value in response["ResponseParameters"]["Headers"].items()]
        return Reply(int(response.get("StatusCode", status)), headers, body.encode())

    def _compressed(self, call: Call, reply: Reply) -> Reply:
        if len(reply.body) < self.template.compress_from or "gzip" not in (call.header("accept-encoding") or ""):
            return reply
        return Reply(reply.status, [*reply.headers, ("Content-Encoding", "gzip")], gzip.compress(reply.body, 5))


def _json(document: dict) -> Reply:
    headers = [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")]
    return Reply(200, headers, json.dumps(document).encode())


def _valid(call: Call) -> bool:
    """The request validator with the model JsonObject; it looks at JSON alone."""
    if (call.header("content-type") or "application/json").split(";")[0].strip().lower() != "application/json":
        return True
    try:
        return isinstance(json.loads(call.body), dict)
    except (ValueError, RecursionError):
        return False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Gateway

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (ConnectionResetError, BrokenPipeError):
            self.close_connection = True

    def answer(self):
        call = Call(self.command, self.path, list(self.headers.items()), self._read_body(), self.client_address[0])
        reply = self.server.answer(call)
        with_body = self.command != "HEAD" and reply.status not in (204, 304)
        lines = [f"HTTP/1.1 {reply.status} {self.responses.get(reply.status, ('Status',))[0]}"]
        lines += [f"{name}: {value}" for name, value in reply.headers]
        if reply.status != 204:
            lines.append(f"Content-Length: {len(reply.body)}")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        # One write: two would wait for each other's acknowledgement.
        self.wfile.write(head + (reply.body if with_body else b""))

    def __getattr__(self, name: str):
        """Every method, also one that nobody has heard of, gets an answer of the gateway."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def _read_body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return body
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def log_message(self, *_):
        pass
