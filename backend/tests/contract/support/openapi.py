"""openapi.yaml as the judge of every answer."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = Path(__file__).resolve().parents[4]
URI = "urn:tms:openapi"


@dataclass(frozen=True)
class Operation:
    """One call of the contract."""

    method: str
    path: str
    action: str
    spec: dict

    @property
    def has_body(self) -> bool:
        return "requestBody" in self.spec

    @property
    def needs_session(self) -> bool:
        return self.spec["x-access"] == "session"

    @property
    def is_unsafe(self) -> bool:
        return self.method not in ("GET", "HEAD")

    @property
    def path_parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)


class Contract:
    """Finds the call that an answer belongs to and says where the two differ."""

    def __init__(self, file: Path = ROOT / "openapi.yaml"):
        self.document = absolute_references(yaml.safe_load(file.read_text()))
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self.registry = Registry().with_resource(URI, resource)
        self.operations = [
            Operation(method.upper(), path, spec["operationId"], spec)
            for path, methods in self.document["paths"].items()
            for method, spec in methods.items()
            if method != "parameters"
        ]

    def operation(self, action: str) -> Operation:
        return next(one for one in self.operations if one.action == action)

    def violations(self, method: str, path: str, answer) -> list[str]:
        """Everything in the answer that the contract does not say; empty when it keeps the contract."""
        response = self.documented_response(method, path, answer.status)
        if response is None:
            return [f"status {answer.status} is not documented for {method} {path}"]
        return [*self.wrong_headers(response, answer), *self.wrong_body(response, answer)]

    def documented_response(self, method: str, path: str, status: int) -> dict | None:
        same_path = [one for one in self.operations if matches(one.path, path)]
        shared = self.document["components"]["responses"]
        if not same_path:
            return {404: shared["NotFound"], 400: shared["MalformedRequest"]}.get(status)
        found = [one for one in same_path if one.method == method]
        if not found:
            return shared["MethodNotAllowed"] if status == 405 else None
        return self.resolve(found[0].spec["responses"].get(str(status)))

    def wrong_headers(self, response: dict, answer) -> list[str]:
        wrong = []
        documented = response.get("headers", {})
        for name, header in documented.items():
            header = self.resolve(header)
            for value in answer.header_values(name):
                typed = int(value) if header["schema"].get("type") == "integer" and value.isdigit() else value
                wrong += [f"header {name}: {one}" for one in self.errors(header["schema"], typed)]
            if header.get("required") and not answer.header_values(name):
                wrong.append(f"header {name} is missing")
        if "Set-Cookie" not in documented and answer.header_values("Set-Cookie"):
            wrong.append("sets a cookie, which the contract does not say")
        return wrong

    def wrong_body(self, response: dict, answer) -> list[str]:
        content = response.get("content")
        if content is None:
            return [f"has a body, none is documented: {answer.body[:80]!r}"] if answer.body else []
        media_type = answer.media_type
        if media_type not in content:
            return [f"content type {media_type!r} is not documented"]
        if answer.header("Content-Type").replace(" ", "").lower() != f"{media_type};charset=utf-8":
            return [f"content type {answer.header('Content-Type')!r} does not name utf-8"]
        return [f"body: {one}" for one in self.errors(content[media_type]["schema"], answer.json)]

    def errors(self, schema: dict, value) -> list[str]:
        validator = Draft202012Validator(
            schema, registry=self.registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(value)]

    def resolve(self, value: dict | None) -> dict | None:
        """The value itself, or what its $ref names."""
        if value is None or "$ref" not in value:
            return value
        return self.registry.resolver().lookup(value["$ref"]).contents


def absolute_references(value):
    """The document with every local $ref made absolute, so that a part of it can be used alone."""
    if isinstance(value, dict):
        return {
            key: URI + one if key == "$ref" else absolute_references(one) for key, one in value.items()
        }
    if isinstance(value, list):
        return [absolute_references(one) for one in value]
    return value


def matches(template: str, path: str) -> bool:
    pattern = re.sub(r"{\w+}", "[^/]+", template)
    return re.fullmatch(pattern, path.split("?")[0]) is not None
