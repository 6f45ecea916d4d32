"""A small HTTP client that holds a session cookie by hand and judges every answer by the contract."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from support.openapi import Contract


@dataclass(frozen=True)
class Answer:
    """Status, headers as they came, and the bytes of the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header_values(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str:
        return next(iter(self.header_values(name)), "")

    def cookie(self, name: str) -> str:
        """The one Set-Cookie of that name, with or without __Host- in front."""
        (value,) = (one for one in self.header_values("Set-Cookie") if f"{name}=" in one)
        return value

    @property
    def media_type(self) -> str:
        return self.header("Content-Type").split(";")[0].strip().lower()

    @cached_property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """The code of a problem, or nothing for another answer."""
        return self.json["code"] if self.media_type == "application/problem+json" else None

    @property
    def field_codes(self) -> dict[str, str]:
        return {one["field"]: one["code"] for one in self.json.get("errors", [])}


@dataclass
class Client:
    """One browser-like caller; `cookie` is its session, `device` that of a known device; several threads may use it while its cookie does not change."""

    base: str
    contract: Contract
    cookie: str | None = None
    device: str | None = None
    http: httpx.Client = field(default=None)

    def __post_init__(self):
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
        self.http = self.http or httpx.Client(
            base_url=self.base, timeout=90, limits=limits, cookies=jar_that_keeps_nothing()
        )

    def anonymous(self) -> "Client":
        return Client(self.base, self.contract, http=self.http)

    def call(self, method: str, path: str, body=None, *, raw: bytes | None = None, headers=None) -> Answer:
        """Sends it and fails the test when the answer breaks the contract. `body` goes as JSON."""
        answer = self.send(method, path, body, raw=raw, headers=headers)
        violations = self.contract.violations(method, path, answer)
        assert not violations, f"{method} {path}: {violations}\n{answer.status} {answer.body[:600]!r}"
        return answer

    def send(self, method: str, path: str, body=None, *, raw: bytes | None = None, headers=None) -> Answer:
        """Sends it without a judgement."""
        sent = {}
        if body is not None:
            raw = json.dumps(body).encode()
        if raw is not None:
            sent["Content-Type"] = "application/json"
        if self.cookie or self.device:
            sent["Cookie"] = "; ".join(one for one in (self.cookie, self.device) if one)
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        request = self.http.build_request(method, path, content=raw, headers=sent)
        got = self.http.send(request)
        return Answer(got.status_code, tuple(got.headers.multi_items()), got.content)

    def keep_cookie(self, answer: Answer) -> None:
        """The session's; that of a known device is kept by those tests that are about it."""
        self.cookie = answer.cookie("tms_session").split(";")[0]


def jar_that_keeps_nothing() -> CookieJar:
    """The connection pool is shared by many people, so it must not hold anybody's cookie."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
