"""Forged and altered session tokens; rows 31 to 33 and 39 of the security checklist."""

import base64
import hashlib
import hmac
import json

import pytest


def encode(value) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(part: str) -> dict:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def signed(header: dict, claims: dict, key: bytes) -> str:
    text = f"{encode(header)}.{encode(claims)}"
    return f"{text}.{encode(hmac.new(key, text.encode(), hashlib.sha256).digest())}"


def flipped(part: str) -> str:
    """The same length, another first character."""
    return ("B" if part[0] == "A" else "A") + part[1:]


FORGED = {
    "with alg none": lambda h, p, s: f"{encode({**decode(h), 'alg': 'none'})}.{p}.",
    "with alg none and the signature": lambda h, p, s: f"{encode({**decode(h), 'alg': 'none'})}.{p}.{s}",
    "with alg in lower case": lambda h, p, s: f"{encode({**decode(h), 'alg': 'hs256'})}.{p}.{s}",
    "with a public-key alg": lambda h, p, s: f"{encode({**decode(h), 'alg': 'RS256'})}.{p}.{s}",
    "with a header that asks for a key": lambda h, p, s: (
        f"{encode({**decode(h), 'jku': 'http://127.0.0.1:1/'})}.{p}.{s}"
    ),
    "with another user": lambda h, p, s: f"{h}.{encode({**decode(p), 'sub': '1'})}.{s}",
    "with a later end": lambda h, p, s: f"{h}.{encode({**decode(p), 'exp': 9_999_999_999})}.{s}",
    "signed with an empty key": lambda h, p, s: signed(decode(h), decode(p), b""),
    "signed with a known key": lambda h, p, s: signed(decode(h), decode(p), b"secret"),
    "with a signature that begins otherwise": lambda h, p, s: f"{h}.{p}.{flipped(s)}",
    "with half a signature": lambda h, p, s: f"{h}.{p}.{s[: len(s) // 2]}",
    "without a signature": lambda h, p, s: f"{h}.{p}.",
    "of two parts": lambda h, p, s: f"{h}.{p}",
    "of four parts": lambda h, p, s: f"{h}.{p}.{s}.{s}",
    "with padding": lambda h, p, s: f"{h}.{p}.{s}=",
    "with the claims twice": lambda h, p, s: f"{h}.{p}{p}.{s}",
    "empty": lambda h, p, s: "",
    "of dots": lambda h, p, s: "..",
}


@pytest.fixture(scope="module")
def person(people):
    return people.signed_up()


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_forged_token_is_401(person, forge):
    name, token = person.client.cookie.split("=", 1)
    parts = token.split(".")
    if len(parts) != 3:
        pytest.skip("this host's token is no JWT")
    answer = person.client.anonymous().call("GET", "/api/me", headers={"Cookie": f"{name}={forge(*parts)}"})
    assert (answer.status, answer.code) == (401, "not_signed_in")


def test_other_spelling_of_an_ended_token_is_401(people):
    person = people.signed_up()
    name, token = person.client.cookie.split("=", 1)
    person.call("POST", "/api/logout")
    # The last character of base64 may carry bits that a lenient reader drops.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for last in alphabet:
        answer = person.client.anonymous().call("GET", "/api/me", headers={"Cookie": f"{name}={token[:-1]}{last}"})
        assert answer.status == 401
