"""get_tasks in Python, as somebody would write it on awslambdaric: the token is checked, the same statement
runs over a connection that is kept, the rows become JSON. For comparison only."""

import base64
import json
import os

import psycopg
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

PUBLIC_KEY = load_der_public_key(base64.b64decode(os.environ["TMS_TOKEN_PUBLIC_KEYS"].split(":", 1)[1]))
CALL = json.loads(os.environ["BENCHMARK_CALL"])  # what the C++ function sent to PostgreSQL
HEADERS = {"Content-Type": ["application/json; charset=utf-8"], "Cache-Control": ["no-store"]}
_connection = None


def connection():
    global _connection
    if _connection is None:
        _connection = psycopg.connect(os.environ["BENCHMARK_DATABASE"], autocommit=True, cursor_factory=psycopg.RawCursor)
    return _connection


def check(token: str) -> dict:
    head, body, signature = token.split(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    pair = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    PUBLIC_KEY.verify(pair, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(base64.urlsafe_b64decode(body + "=="))


def handle(event, _context):
    cookie = next(part for part in event["headers"]["Cookie"].split("; ") if part.startswith("tms_session="))
    check(cookie.split("=", 1)[1])
    cursor = connection().execute(CALL["statement"], CALL["parameters"], prepare=True)
    names = [column.name for column in cursor.description]
    rows = [{name: str(value) if value is not None else None for name, value in zip(names, row)} for row in cursor]
    body = json.dumps({"tasks": rows, "next_cursor": None})
    return {"statusCode": 200, "multiValueHeaders": HEADERS, "body": body, "isBase64Encoded": False}
