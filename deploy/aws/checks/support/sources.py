"""What the C++ headers say, read from their text: the template has to say the same."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[4]
METHODS = {"get": "get", "post": "post", "patch": "patch", "put": "put", "del": "delete"}


class Route(NamedTuple):
    method: str
    path: str
    action: str
    heavy: bool


def routes():
    text = (ROOT / "backend/http/route_table.h").read_text()
    rows = re.findall(r'\bRoute\{\s*Method::(\w+),\s*"([^"]*)",\s*"(\w+)",\s*Cost::(\w+)', text)
    # A row in a form that the expression does not know must not be passed over.
    if not rows or len(rows) != len(re.findall(r"\bRoute\{\s*Method::", text)):
        raise ValueError("backend/http/route_table.h has rows that cannot be read")
    return [Route(METHODS[method], path, action, cost == "heavy") for method, path, action, cost in rows]


def task_list_query_names():
    """What GET /api/tasks takes, from openapi.yaml."""
    import yaml

    contract = yaml.safe_load((ROOT / "openapi.yaml").read_text())
    paths = contract["paths"]
    (path,) = [name for name in paths if name.endswith("/tasks")]
    names = set()
    for parameter in [*paths[path].get("parameters", []), *paths[path]["get"].get("parameters", [])]:
        if "$ref" in parameter:
            parameter = contract["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
        if parameter["in"] == "query":
            names.add(parameter["name"])
    return names


def security_headers():
    """Name and value of each header that pages are sent with."""
    text = (ROOT / "backend/hosts/app/security_headers.h").read_text()
    table = re.search(r"kSecurityHeaders\{(.*?)\n\};", text, re.DOTALL)[1]
    literals = r'((?:"[^"]*"\s*)+)'
    headers = {
        name: joined(value) for name, value in re.findall(rf'HeaderValue\{{\s*"([^"]+)",\s*{literals}\}}', table)
    }
    if len(headers) != table.count("HeaderValue{"):
        raise ValueError("backend/hosts/app/security_headers.h has rows that cannot be read")
    transport = re.search(rf"kStrictTransportWithSubdomains\s*=\s*{literals};", text)[1]
    return {**headers, "Strict-Transport-Security": joined(transport)}


def joined(literals):
    """Neighbouring string literals are one."""
    return "".join(re.findall(r'"([^"]*)"', literals))
