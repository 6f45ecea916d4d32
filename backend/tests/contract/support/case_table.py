"""Cases as a table: who calls what with which body, and what must and must not be in the answer.

A case:

    name: a sentence
    who: anonymous | owner | other | viewer
    call: METHOD /path
    headers: {Name: value}
    json: any | text: a raw body
    expect:
      status: number
      code: the code of a problem
      fields: {field: code or list of codes that will do}
      headers: {Name: regular expression}
      body: a part of the JSON answer
    absent: [strings that must not be in the answer]
    reads: server   (left out on AWS, where API Gateway reads requests and knows the methods)

`<name>` in any string stands for World.value(name). The same tables serve every host.
"""

import re
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "cases"


def load(name: str) -> list[dict]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text())


def run_case(world, case: dict):
    """Sends the case and checks what it expects; the contract is checked with every answer."""
    case = fill_in(world, case)
    method, path = case["call"].split(" ", 1)
    raw = case["text"].encode() if "text" in case else None
    answer = world.client(case["who"]).call(
        method, path, case.get("json"), raw=raw, headers=case.get("headers")
    )
    check(case["expect"], answer)
    for text in case.get("absent", []):
        assert text.encode() not in answer.body, f"{text!r} must not be in {answer.body!r}"
    return answer


def check(expect: dict, answer) -> None:
    assert answer.status == expect["status"], f"{answer.status} {answer.body[:600]!r}"
    assert answer.code == expect.get("code"), answer.body
    for field, codes in expect.get("fields", {}).items():
        allowed = codes if isinstance(codes, list) else [codes]
        assert answer.field_codes.get(field) in allowed, f"{field}: {allowed} expected, {answer.body!r}"
    for name, pattern in expect.get("headers", {}).items():
        assert re.search(pattern, answer.header(name)), f"{name}: {answer.header(name)!r}"
    if "body" in expect:
        missing = difference(expect["body"], answer.json)
        assert not missing, f"{missing} in {answer.body!r}"


def difference(part, whole, path: str = "$") -> str | None:
    """Where `whole` lacks a part: objects may have more members, all else is equal."""
    if isinstance(part, dict) and isinstance(whole, dict):
        for key, value in part.items():
            if key not in whole:
                return f"{path}.{key} is missing"
            if found := difference(value, whole[key], f"{path}.{key}"):
                return found
        return None
    return None if part == whole else f"{path} is {whole!r}, expected {part!r}"


def fill_in(world, value):
    if isinstance(value, dict):
        return {key: fill_in(world, one) for key, one in value.items()}
    if isinstance(value, list):
        return [fill_in(world, one) for one in value]
    if isinstance(value, str):
        return re.sub(r"<(\w+)>", lambda match: str(world.value(match[1])), value)
    return value
