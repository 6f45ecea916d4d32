"""Every way in which a right JSON body is spoiled, and what the contract says to it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

JSON = "application/json"

# One character (or byte, for passwords) more than openapi.yaml allows.
TOO_LONG = {
    "username": "u" * 33,
    "email": "e" * 243 + "@mail.example",
    "password": "p" * 1025,
    "new_password": "p" * 1025,
    "current_password": "p" * 1025,
    "flow": "f" * 65,
    "otp": "1" * 65,
    "description": "d" * 2001,
    "due_date": "2026-02-03T00:00:00Z",
    "status": "pending" * 50,
    "task_id": "0" * 300,
    "list_id": "0" * 300,
}
LOGIN_NAME_TOO_LONG = "u" * 255

# Fields that belong to a row but to no body (ASVS 15.3.3), and one that belongs to nothing.
UNKNOWN = ["user_id", "owner", "created_at", "version", "verified", "role", "nonsense"]
IMPOSSIBLE_DATES = [
    "2026-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
    "10000-01-01", "2026-1-1", "20260101", "2026-01-01 ", "٢٠٢٦-٠١-٠١", "-001-01-01", "",
]


@dataclass(frozen=True)
class Spoiled:
    """A body (bytes) that must be refused, and how."""

    name: str
    raw: bytes
    status: int
    code: str
    fields: dict = field(default_factory=dict)
    content_type: str | None = JSON


def spoiled_bodies(action: str, right: dict, required: list[str], nullable: list[str]) -> Iterator[Spoiled]:
    yield from wrong_fields(action, right, required, nullable)
    yield from wrong_json(right)
    yield from wrong_types(right)
    yield from too_large(right)


def wrong_fields(action, right, required, nullable) -> Iterator[Spoiled]:
    for name in required:
        missing = {key: value for key, value in right.items() if key != name}
        yield invalid(f"without {name}", missing, {name: ["required"]})
    for name in right:
        wrong = [("a number", 7), ("a boolean", True), ("an array", ["x"]), ("an object", {"x": "y"})]
        for what, value in wrong if name in nullable else [*wrong, ("null", None)]:
            yield invalid(f"with {name} as {what}", {**right, name: value}, {name: ["type"]})
        long = LOGIN_NAME_TOO_LONG if (action, name) == ("login", "username") else TOO_LONG[name]
        yield invalid(f"with {name} too long", {**right, name: long}, {name: ["too_long", "invalid"]})
        for what, text in [("NUL", "spoiled\u0000 text"), ("a control character", "spoiled\u0007 text")]:
            yield invalid(f"with {what} in {name}", {**right, name: text}, {name: ["invalid"]})
    for name in UNKNOWN:
        if name not in right:
            yield invalid(f"with an unknown {name}", {**right, name: "x"}, {name: ["unknown"]})
    if "due_date" in right:
        for date in IMPOSSIBLE_DATES:
            yield invalid(f"due on {date!r}", {**right, "due_date": date}, {"due_date": ["invalid", "out_of_range"]})
    if "description" in right:
        blank = "\ufeff \u3000\u2029\t\n"
        yield invalid("with a blank description", {**right, "description": blank}, {"description": ["required", "too_short"]})
        # 2,001 code points, of which JavaScript counts 4,002 and UTF-8 8,004.
        yield invalid("with 2,001 milk glasses", {**right, "description": "🥛" * 2001}, {"description": ["too_long"]})


def wrong_json(right) -> Iterator[Spoiled]:
    text = json.dumps(right)
    name, value = next(iter(right.items()))
    malformed = {
        "empty": b"",
        "white space": b" \n",
        "cut off": text[:-1].encode(),
        "followed by more": text.encode() + b"{}",
        "with a trailing comma": text[:-1].encode() + b",}",
        "with a comment": b"/* hello */" + text.encode(),
        "with single quotes": text.replace('"', "'").encode(),
        "with a byte order mark": b"\xef\xbb\xbf" + text.encode(),
        "with NaN": text[:-1].encode() + b', "nonsense": NaN}',
        "with a duplicate key": f'{{"{name}": {json.dumps(value)}, {text[1:]}'.encode(),
        "with an escaped duplicate key": (
            f'{{"\\u{ord(name[0]):04x}{name[1:]}": {json.dumps(value)}, {text[1:]}'.encode()
        ),
        "with a byte that is no UTF-8": f'{{"{name}": "'.encode() + b'\xff"}',
        "with an overlong sequence": f'{{"{name}": "'.encode() + b'\xc0\xaf"}',
        "with a surrogate in UTF-8": f'{{"{name}": "'.encode() + b'\xed\xa0\x80"}',
        "with a lone surrogate": f'{{"{name}": "\\ud800"}}'.encode(),
        "with a raw NUL": f'{{"{name}": "a'.encode() + b'\x00b"}',
        "with a raw line break in a string": f'{{"{name}": "a\nb"}}'.encode(),
        "33 levels deep": nested(text, 33),
        "20,000 levels deep": nested(text, 20_000),
        "an array": b"[]",
        "a string": b'"x"',
        "null": b"null",
        "a number": b"7",
    }
    for what, raw in malformed.items():
        yield Spoiled(f"{what}", raw, 400, "malformed_request")


def wrong_types(right) -> Iterator[Spoiled]:
    text = json.dumps(right)
    types = {
        "as a form": "application/x-www-form-urlencoded",
        "as plain text": "text/plain",
        "as multipart": "multipart/form-data; boundary=x",
        "as utf-16": "application/json; charset=utf-16",
        "as JSON of another kind": "application/jsonp",
        "as nothing": None,
    }
    for what, content_type in types.items():
        yield Spoiled(what, text.encode(), 415, "unsupported_media_type", content_type=content_type)


def too_large(right) -> Iterator[Spoiled]:
    text = json.dumps(right)
    for size in (65_537, 1_100_000):
        yield Spoiled(f"of {size:,} bytes", (text + " " * (size - len(text))).encode(), 413, "too_large")


def nested(text: str, levels: int) -> bytes:
    """The body with a member so that arrays and objects stand `levels` deep."""
    return f'{text[:-1]}, "nonsense": {"[" * (levels - 1)}{"]" * (levels - 1)}}}'.encode()


def invalid(name: str, body: dict, fields: dict) -> Spoiled:
    return Spoiled(name, json.dumps(body).encode(), 422, "validation_failed", fields)
