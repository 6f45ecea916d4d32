"""Signatures against botocore's, byte for byte: no emulator checks one."""

import datetime
import json
import random
import string
import subprocess

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from support.program import ROOT

PROBE = ROOT / "build/lambda/signature_probe"
SERVICES = ["ses", "ssm", "lambda"]
REGIONS = ["us-east-1", "eu-central-1", "ap-southeast-2", "us-gov-west-1"]


def credentials(rng: random.Random) -> dict[str, str]:
    alphabet = string.ascii_letters + string.digits + "/+="
    return {
        "access_key_id": "ASIA" + "".join(rng.choices(string.ascii_uppercase + string.digits, k=16)),
        "secret_access_key": "".join(rng.choices(alphabet, k=40)),
        "session_token": "".join(rng.choices(alphabet, k=rng.choice([0, 100, 700]))),
    }


def header_case(rng: random.Random) -> dict:
    service = rng.choice(SERVICES)
    headers = {"content-type": rng.choice(["application/json", "application/x-amz-json-1.1"])}
    path = {"ses": "/v2/email/outbound-emails", "ssm": "/", "lambda": f"/2015-03-31/functions/f-{rng.randrange(10**6)}/invocations"}
    if service == "ssm":
        headers["x-amz-target"] = "AmazonSSM.GetParameters"
    if service == "lambda":
        headers = {"x-amz-invocation-type": "Event"}
    region = rng.choice(REGIONS)
    return {
        "kind": "headers", "service": service, "region": region, "path": path[service], "headers": headers,
        "host": rng.choice([f"{service}.{region}.api.aws", f"email.{region}.amazonaws.com", "127.0.0.1:8005"]),
        "body": "".join(rng.choices(string.printable + "äö€😀", k=rng.randrange(0, 400))),
        "time": rng.randrange(1_600_000_000, 2_000_000_000), **credentials(rng),
    }  # fmt: skip


def token_case(rng: random.Random) -> dict:
    region = rng.choice(REGIONS)
    return {
        "kind": "rds", "region": region, "port": rng.choice([5432, 5433, 3306]),
        "host": f"tms-{rng.randrange(10**6)}.cluster-{''.join(rng.choices(string.ascii_lowercase, k=12))}.{region}.rds.amazonaws.com",
        "user": rng.choice(["tms_app", "tms_migrate", "postgres", "a-b.c~d", "with space", "a+b/c=d@e"]),
        "time": rng.randrange(1_600_000_000, 2_000_000_000), **credentials(rng),
    }  # fmt: skip


def ours(cases: list[dict]) -> list[dict]:
    text = "".join(json.dumps(case) + "\n" for case in cases)
    done = subprocess.run([PROBE], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def at(monkeypatch, seconds: int):
    """botocore reads the clock by itself."""
    now = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: now.replace(tzinfo=None))


def botocore_credentials(case: dict) -> Credentials:
    return Credentials(case["access_key_id"], case["secret_access_key"], case["session_token"] or None)


def test_signed_headers_are_botocores(monkeypatch):
    rng = random.Random(20261122)
    cases = [header_case(rng) for _ in range(500)]
    for case, found in zip(cases, ours(cases), strict=True):
        at(monkeypatch, case["time"])
        request = AWSRequest("POST", f"https://{case['host']}{case['path']}", headers={**case["headers"], "Host": case["host"]}, data=case["body"].encode())
        SigV4Auth(botocore_credentials(case), case["service"], case["region"]).add_auth(request)
        expected = {name.lower(): value for name, value in request.headers.items()}
        for name in ("authorization", "x-amz-date", "x-amz-security-token"):
            assert found.get(name) == expected.get(name), (case, name)


def test_login_tokens_are_botocores(monkeypatch):
    rng = random.Random(4711)
    cases = [token_case(rng) for _ in range(500)]
    for case, found in zip(cases, ours(cases), strict=True):
        at(monkeypatch, case["time"])
        assert found["token"] == expected_token(case), case


def expected_token(case: dict) -> str:
    """What botocore's generate_db_auth_token makes."""
    import botocore.session
    from botocore.signers import RequestSigner, generate_db_auth_token

    session = botocore.session.get_session()
    client = _clients.get(case["region"])
    if client is None:
        client = _clients[case["region"]] = session.create_client("rds", case["region"], aws_access_key_id="a", aws_secret_access_key="b")
    client._request_signer = RequestSigner(
        client.meta.service_model.service_id, case["region"], "rds", "v4", botocore_credentials(case), session.get_component("event_emitter")
    )
    return generate_db_auth_token(client, case["host"], case["port"], case["user"])


_clients: dict = {}


def test_one_bit_of_difference_is_seen(monkeypatch):
    """The comparison above can fail."""
    case = token_case(random.Random(1))
    at(monkeypatch, case["time"])
    (found,) = ours([{**case, "user": case["user"] + "x"}])
    assert found["token"] != expected_token(case)
