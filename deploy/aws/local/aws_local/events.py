"""HTTP requests as REST proxy events (format 1.0), and replies of functions as HTTP answers."""

import base64
import json
import time
import uuid
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

STAGE = "api"


@dataclass(frozen=True)
class Call:
    """What a browser sent."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    client: str

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


def proxy_event(call: Call, resource: str, parameters: dict[str, str], request_id: str | None = None) -> dict:
    """As API Gateway sends it behind CloudFront, which adds its own address to the forwarded ones and, by
    a function, the host that the browser asked for."""
    headers = _headers_behind_cloudfront(call)
    many: dict[str, list[str]] = {}
    for name, value in headers:
        many.setdefault(name, []).append(value)
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(call.target).query, keep_blank_values=True):
        query.setdefault(name, []).append(value)
    body, encoded = _body(call.body)
    path = call.path.removeprefix(f"/{STAGE}")
    request_id = request_id or str(uuid.uuid4())
    return {
        "resource": resource,
        "path": path,
        "httpMethod": call.method,
        "headers": {name: values[-1] for name, values in many.items()},
        "multiValueHeaders": many,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "httpMethod": call.method,
            "identity": {"sourceIp": "130.176.0.1", "userAgent": call.header("user-agent")},
            "path": f"/{STAGE}{path}",
            "protocol": "HTTP/1.1",
            "requestId": request_id,
            "requestTimeEpoch": int(time.time() * 1000),
            "resourcePath": resource,
            "stage": STAGE,
        },
        "body": body,
        "isBase64Encoded": encoded,
    }


def _headers_behind_cloudfront(call: Call) -> list[tuple[str, str]]:
    left_out = {"host", "x-forwarded-for", "x-tms-host", "content-length", "transfer-encoding", "connection"}
    headers = [(name, value) for name, value in call.headers if name.lower() not in left_out]
    claimed = [value for name, value in call.headers if name.lower() == "x-forwarded-for"]
    headers.append(("X-Forwarded-For", ", ".join([*claimed, call.client, "130.176.0.1"])))
    headers.append(("Host", "local.execute-api.us-east-1.amazonaws.com"))
    headers.append(("x-tms-host", call.header("host") or ""))
    return headers


def _body(body: bytes) -> tuple[str | None, bool]:
    if not body:
        return None, False
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True


@dataclass(frozen=True)
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class BadReply(ValueError):
    """API Gateway answers such a reply with 502."""


def read_reply(payload: bytes) -> Reply:
    """The answer that a function's reply means."""
    try:
        reply = json.loads(payload)
    except ValueError as error:
        raise BadReply("no JSON") from error
    if not isinstance(reply, dict) or not isinstance(reply.get("statusCode"), int):
        raise BadReply("no status code")
    body = reply.get("body", "")
    if not isinstance(body, str):
        raise BadReply("the body is no text")
    headers = [(name, value) for name, values in reply.get("multiValueHeaders", {}).items() for value in values]
    headers += list(reply.get("headers", {}).items())
    data = base64.b64decode(body) if reply.get("isBase64Encoded") else body.encode()
    return Reply(reply["statusCode"], headers, data)
